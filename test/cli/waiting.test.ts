/** A run that waits for another to end plans anew once the way is free; nobody's turn is dropped. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

let org: OrgInGit;
beforeEach(async () => {
  org = await orgInGit({ jobs: { delayMs: 300 } });
});
afterEach(() => org.close());

test('three applies that begin together with --wait all end well, and one of them writes', async () => {
  const apply = () => org.run(['apply', '--yes', '--wait', '30'], { speed: 200 });
  const ran = await Promise.all([apply(), apply(), apply()]);
  expect(ran.map(({ code, stderr }) => [code, code === 0 ? '' : stderr])).toEqual(
    ran.map(() => [0, '']),
  );
  expect(ran.filter(({ stdout }) => stdout.includes('Applied 7 people'))).toHaveLength(1);
  expect(
    ran.filter(({ stderr }) => stderr.includes('Waiting for it, 30 min')).length,
  ).toBeGreaterThan(0);
  const { runs } = JSON.parse((await org.run(['history', '--format', 'json'])).stdout);
  expect(runs).toHaveLength(1);
});

test('who waits in vain is refused as before, and a pause is not waited for', async () => {
  await org.begun(await org.plan());
  const ran = await org.run(['apply', '--yes', '--wait', '1'], { speed: 2_000 });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[run-begun]');
  await org.run(['apply', '--yes', '--resume', 'killed-run']);
  await org.run(['pause', '--reason', 'not now']);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: 60');
  const paused = await org.run(['apply', '--yes', '--wait', '600']);
  expect(paused.stderr).toContain('error[org-paused]');
});

test('waiting ends when it is interrupted, and needs --yes and no saved plan', async () => {
  await org.begun(await org.plan());
  const abort = new AbortController();
  const ran = await org.run(['apply', '--yes', '--wait', '600'], {
    signal: abort.signal,
    onStderr: (text) => void (text.includes('Waiting for it') && abort.abort()),
  });
  expect(ran.code).toBe(130);
  expect((await org.run(['apply', '--wait', '5'], { answers: ['yes'] })).code).toBe(64);
  expect((await org.run(['apply', 'plan.json', '--yes', '--wait', '5'])).code).toBe(64);
  expect((await org.run(['apply', '--yes', '--wait', 'long'])).code).toBe(64);
});
