/** The night's workflow: what it runs is there, and asks for more than every change is put to. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Night {
  readonly jobs: Record<
    string,
    { readonly steps: readonly { readonly run?: string; readonly env?: Record<string, unknown> }[] }
  >;
}

const night = parse(readFileSync('.github/workflows/nightly.yml', 'utf8')) as Night;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Record<string, string>;
};

test('laws, chaos and mutants are each a script of this package', () => {
  const steps = Object.values(night.jobs).flatMap((job) => job.steps);
  const run = steps.flatMap(({ run = '' }) => /^npm run (\S+)$/.exec(run)?.[1] ?? []);
  expect(run).toEqual(['laws', 'chaos', 'mutation']);
  for (const name of run) expect(scripts, name).toHaveProperty(name);
});

test('each law is tried in 20,000 cases', () => {
  const step = night.jobs.laws?.steps.find(({ run }) => run === 'npm run laws');
  expect(step?.env).toEqual({ MUSTER_TEST_RUNS: 20_000 });
});
