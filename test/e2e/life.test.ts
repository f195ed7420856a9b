/** examples/life as a reader runs it: it ends well, and shows what its words promise. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the life of a change plays to its end', { timeout: 180_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['examples/life/life.mjs'], {
    env: { PATH: process.env.PATH ?? '' },
    maxBuffer: 1e8,
  });
  const acts = stdout.split(/^== /m).slice(1);
  const act = (title: string) => acts.find((one) => one.startsWith(title)) ?? '';
  expect(acts).toHaveLength(10);
  expect(act('It is reviewed and merged')).toMatch(
    /michal\.kozlowski@example\.com: Billing +unreviewed/,
  );
  expect(act('At night')).toContain('Drift: 0 added, 1 changed, 0 removed on the platform.');
  expect(act('At night')).toContain('No drift. Live skills match what was applied.');
  expect(act('The next pull request')).toContain('Refused by guards');
  expect(act('It is meant')).toContain('Plan: 0 to add, 0 to change, 6 to destroy.');
  const rescue = act('On another machine');
  expect(rescue).toContain('In doubt: 6 people');
  expect(rescue).toContain('error[run-begun]');
  expect(rescue).toContain('Applied 6 people: 0 added, 0 changed, 6 removed.');
  expect(rescue).toContain('No changes. Live skills match the files.');
  expect(act('It was a mistake')).toContain('rolled-back');
  expect(act('Everything')).toContain('allowed removals: the refunds desk closes');
  expect(act('Everything')).toContain('No changes. Live skills match the files.');
});
