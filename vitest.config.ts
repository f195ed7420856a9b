import { defineConfig } from 'vitest/config';

const whole = { branches: 100, functions: 100, lines: 100, statements: 100 };

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // The entrance runs as a process of its own, in test/e2e and test/cli/shell.test.ts.
      exclude: ['src/cli/main.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        branches: 90,
        'src/{apply,cli,http,ledger,providers,pull,rosters,sandbox}/**': { branches: 90 },
        'src/model/**': whole,
        'src/desired/**': { branches: 100 },
        'src/diff/**': whole,
        'src/plan/**': whole,
        'src/report/**': { branches: 100 },
      },
    },
  },
});
