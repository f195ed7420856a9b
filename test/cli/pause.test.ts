/** Pausing and unpausing an org, as people and other machines see it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../support/shell.ts';
import { type OrgInGit, orgInGit } from './org-in-git.ts';

let org: OrgInGit;
beforeEach(async () => {
  org = await orgInGit();
});
afterEach(() => org.close());

test('a paused org is not applied, and whoever tries is told who paused it and why', async () => {
  const ran = await org.run(['pause', '--reason', 'platform migration']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('Paused sandbox');
  const refused = await org.run(['apply', '--yes']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('error[org-paused]');
  expect(refused.stderr).toMatch(/ana@\S+ 1 min ago: platform\s+migration/);
  expect((await org.run(['rollback', '--last', '--yes'])).stderr).toContain('error[org-paused]');
  expect(org.sandbox.counters.byMethod.POST).toBeUndefined();

  const ended = await org.run(['unpause']);
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('platform migration') });
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
});

test('a second reason replaces the first, and what was never paused is not unpaused', async () => {
  expect(await org.run(['unpause'])).toMatchObject({
    code: 0,
    stdout: 'sandbox is not paused.\n',
  });
  await org.run(['pause', '--reason', 'one']);
  const again = await org.run(['pause', '--reason', 'two']);
  expect(again.stdout).toMatch(/It had been paused by ana@\S+: one\n/);
  expect((await org.run(['status'])).stdout).toMatch(/By ana@\S+ since 2026-11-23T10:03Z: two/);
});

test('a pause leaves a run that is under way to be gone on with, and stays after it', async () => {
  await org.begun(await org.plan());
  const ran = await org.run(['pause', '--reason', 'wait']);
  expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('killed-run') });
  const { run, paused } = JSON.parse((await org.run(['status', '--format', 'json'])).stdout);
  expect(run).toMatchObject({ id: 'killed-run', people: 7, undecided: 7 });
  expect(paused).toMatchObject({ reason: 'wait' });
  expect((await org.run(['unpause'])).stderr).toContain('killed-run');
  const resumed = await org.run(['apply', '--resume', 'killed-run', '--yes']);
  expect(resumed.code, resumed.stderr).toBe(0);
  const { runs } = JSON.parse((await org.run(['history', '--format', 'json'])).stdout);
  expect(runs).toHaveLength(1);
});

test('a reason is needed, and a ledger', async () => {
  expect((await org.run(['pause'])).code).toBe(64);
  expect((await org.run(['pause', '--reason', ' '])).code).toBe(64);
  const outside = await tempFolder({}, 'examples/quickstart');
  const ran = await org.run(['pause', '--reason', 'x'], { cwd: outside.path });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('error[no-ledger]') });
  expect((await org.run(['unpause'], { cwd: outside.path })).code).toBe(1);
  await outside.write('muster.yaml', 'version: 1\norgs: {}\nwrong: 1\n');
  expect((await org.run(['pause', '--reason', 'x'], { cwd: outside.path })).code).toBe(1);
  expect((await org.run(['unpause'], { cwd: outside.path })).code).toBe(1);
  await outside.remove();
});

test('rosters that are wrong do not stop a pause', async () => {
  await org.folder.write(
    'rosters/b.yaml',
    'version: 1\nusers: { a@b.c: { skills: { X: 101 } } }\n',
  );
  expect((await org.run(['pause', '--reason', 'broken files'])).code).toBe(0);
  expect((await org.run(['unpause'])).code).toBe(0);
});

test('of several orgs one must be named', async () => {
  const config = await org.folder.read('muster.yaml');
  const second =
    '  other:\n    platform: genesys\n    region: mypurecloud.ie\n    rosters: [x/*.yaml]\n';
  await org.folder.write('muster.yaml', `${config}    rosters: [rosters/*.yaml]\n${second}`);
  const ran = await org.run(['pause', '--reason', 'x']);
  expect(ran).toMatchObject({ code: 64, stderr: expect.stringContaining('--org sandbox') });
  expect((await org.run(['pause', '--reason', 'x', '--org', 'sandbox'])).code).toBe(0);
  expect((await org.run(['status', '--org', 'sandbox'])).stdout).toContain(
    'Next: muster unpause --org sandbox',
  );
});

test('a pause and a run that are at it together both come to their end', async () => {
  let pausing: ReturnType<OrgInGit['run']> | undefined;
  const ran = await org.run(['apply', '--yes'], {
    onStderr: (text) => {
      if (text.includes('queued')) pausing ??= org.run(['pause', '--reason', 'meanwhile']);
    },
  });
  expect(await pausing).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain('Applied 7 people');
  const found = JSON.parse((await org.run(['status', '--format', 'json'])).stdout);
  expect(found.paused).toMatchObject({ reason: 'meanwhile' });
});
