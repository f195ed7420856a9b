/** The tests that decide on a mutant of the differ or the planner: few cases each, for there are thousands of mutants. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{diff,plan,corpus,property}/**/*.test.ts'],
    env: { MUSTER_TEST_RUNS: '100' },
    testTimeout: 30_000,
    silent: true,
  },
});
