/** What was done, by the real command. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

let org: OrgInGit;
beforeEach(async () => {
  org = await orgInGit();
});
afterEach(() => org.close());

const json = async (...args: readonly string[]) =>
  JSON.parse((await org.run(['history', ...args, '--format', 'json'])).stdout);

test('runs are listed once each, newest first, whatever steps they took', async () => {
  expect((await org.run(['history'])).stdout).toBe('The ledger of sandbox has no runs yet.\n');
  await org.run(['apply', '--yes']);
  await org.run(['rollback', '--last', '--yes']);
  await org.run(['pause', '--reason', 'x']);
  await org.run(['unpause']);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: novice');
  const allow = ['--allow', 'removals', '--reason', 'site closed'];
  await org.run(['apply', '--yes', ...allow]);
  await org.begun(await org.plan());
  const { runs, more } = await json();
  expect(more).toBe(false);
  expect(runs).toMatchObject([
    { id: 'killed-run', end: 'not-ended', ended: null, outcomes: {} },
    {
      kind: 'apply',
      outcomes: { applied: 1 },
      overrides: [{ guard: 'removals', reason: 'site closed' }],
    },
    { kind: 'rollback', outcomes: { applied: 7 }, undoes: expect.any(String) },
    { kind: 'apply', outcomes: { applied: 7 } },
  ]);
  expect(runs[2].undoes).toBe(runs[3].id);
  expect(await json('--limit', '1')).toMatchObject({ runs: [{ id: 'killed-run' }], more: true });
  expect((await org.run(['history'])).stdout).toContain('allowed removals: site closed');
});

test('one run is told person by person, with the names of the files', async () => {
  await org.run(['apply', '--yes']);
  const [{ id }] = (await json()).runs;
  const ran = await org.run(['history', id]);
  expect(ran.stdout).toContain('amit.saxena@example.com  applied\n');
  expect(ran.stdout).toMatch(/~ Billing +90 -> 60\n/);
  const { run, users } = await json(id);
  expect(run).toMatchObject({ id, point: { commit: org.git('rev-parse', 'HEAD') }, scope: null });
  expect(users).toHaveLength(7);
  expect(users[0].changes[0]).toHaveProperty('name');
});

test('a run that is not there, a limit that is none, and wrong files', async () => {
  expect((await org.run(['history', 'none'])).stderr).toContain('error[run-unknown]');
  expect((await org.run(['history', 'none', '--limit', '2'])).code).toBe(64);
  expect((await org.run(['history', '--limit', '0'])).code).toBe(64);
  await org.folder.write('muster.yaml', 'version: 1\norgs: {}\nwrong: 1\n');
  expect((await org.run(['history'])).code).toBe(1);
});
