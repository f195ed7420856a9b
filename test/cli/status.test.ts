/** How an org stands after all that can happen to it, by the real command. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Status } from '../../src/report/status/status.ts';
import { tempFolder } from '../support/shell.ts';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

const AMIT = 'amit.saxena@example.com';

let org: OrgInGit;
beforeEach(async () => {
  org = await orgInGit();
});
afterEach(() => org.close());

async function status(world: Parameters<OrgInGit['run']>[1] = {}): Promise<Status> {
  const ran = await org.run(['status', '--format', 'json'], world);
  expect(ran.code, ran.stderr).toBe(0);
  return JSON.parse(ran.stdout);
}

test('before and after the first apply it is calm, and costs no request', async () => {
  expect(await status()).toMatchObject({
    calm: true,
    next: 'muster plan',
    ledger: true,
    last: null,
    applied: null,
    head: { relation: 'ahead' },
    open: [],
  });
  await org.run(['apply', '--yes']);
  org.sandbox.clearRequests();
  const after = await status();
  expect(after).toMatchObject({
    calm: true,
    last: { kind: 'apply', outcomes: { applied: 7 }, end: 'finished' },
    applied: { commit: org.git('rev-parse', 'HEAD'), day: '2026-11-23' },
    head: { relation: 'same' },
  });
  expect(org.sandbox.requests).toEqual([]);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: novice');
  expect((await status()).head?.relation).toBe('ahead');
  org.git('checkout', '-q', '--orphan', 'other');
  org.commit();
  expect((await status()).head?.relation).toBe('apart');
});

test('of a run that was killed it tells who reads how, and what to type', async () => {
  const plan = await org.plan();
  await org.begun(plan);
  const amit = plan.users[org.id(AMIT)];
  org.sandbox.edit(
    org.id(AMIT),
    Object.entries(amit?.after.skill ?? {}).map(([skillId, value]) => ({
      skillId,
      proficiency: Number(value),
    })),
  );
  org.edit('layla.khoury@example.com', 'Billing', 1);
  const found = await status();
  expect(found).toMatchObject({
    calm: false,
    next: 'muster apply --resume killed-run',
    run: { id: 'killed-run', by: 'ci@runner', people: 7, undecided: 7 },
    last: null,
  });
  expect(found.doubt).toHaveLength(7);
  const reads = found.doubt.map((one) => one.reads).sort();
  expect(reads).toEqual([
    'as-before',
    'as-before',
    'as-before',
    'as-before',
    'as-before',
    'as-planned',
    'neither',
  ]);
  const text = await org.run(['status']);
  expect(text.stdout).toContain('1 reads as planned, 5 read as before, 1 reads as neither.');
  expect(text.stderr).not.toContain('@');

  const blind = await status({ env: { ...org.env, MUSTER_TOKEN: '' } });
  expect(blind).toMatchObject({ unread: expect.stringContaining('credentials') });
  expect(blind.doubt[0]).not.toHaveProperty('reads');
  await org.sandbox.close();
  expect((await status()).unread).toBeTruthy();
});

test('where the journal is at hand, whom it has decided is in no doubt', async () => {
  const remote = join(org.git('remote', 'get-url', 'origin'));
  const ran = await org.run(['apply', '--yes'], {
    onStderr: (text) => {
      if (text.includes('[7/7]')) org.git('remote', 'set-url', 'origin', `${remote}.gone`);
    },
  });
  expect(ran.code).toBe(4);
  org.git('remote', 'set-url', 'origin', remote);
  expect(await status()).toMatchObject({ doubt: [], run: { undecided: 0 }, calm: false });
  await rm(join(org.folder.path, '.muster'), { recursive: true });
  expect((await status()).doubt).toHaveLength(7);
  expect((await org.run(['apply', '--take-over', '--user', AMIT, '--yes'])).code).toBe(0);
  const left = await status();
  expect(left).toMatchObject({ calm: false, next: 'muster plan', run: null });
  expect(left.doubt).toHaveLength(6);
  expect(left.doubt[0]).toMatchObject({ since: '2026-11-23' });
  expect(new Set(left.open.map(({ why }) => why))).toContain('in-doubt');
});

test('skills are looked at under the coverage they should have, level or not, and what is not there is told', async () => {
  const coverage =
    '[{ skill: Billing, users: 1000, atLeast: skilled }, { skill: Chat, users: 1 }, { skill: Chat, users: 1, atLeast: 5 }, { skill: Nothing, users: 1 }]';
  const guards = `    guards: { coverage: ${coverage} }\n`;
  await org.change('muster.yaml', /$/, guards);
  const found = await status();
  expect(found.coverage).toMatchObject([
    { skill: 'Billing', atLeast: 'skilled', needed: 1000 },
    { skill: 'Chat' },
    { skill: 'Chat', atLeast: '5' },
    { skill: 'Nothing', holders: null },
  ]);
  expect(found.calm).toBe(false);
  const blind = await status({ env: { ...org.env, MUSTER_TOKEN: '' } });
  expect(blind).toMatchObject({ calm: false, coverage: [], unread: expect.any(String) });
  const enough = guards.replace('1000', '1').replace(', { skill: Nothing, users: 1 }', '');
  await org.change('muster.yaml', guards, enough);
  await org.run(['apply', '--yes']);
  expect((await status()).calm).toBe(true);
});

test('people who were never verified are open', async () => {
  await org.run(['apply', '--user', AMIT, '--yes']);
  const { open, applied } = await status();
  expect(applied).toBeNull();
  expect(open).toMatchObject([{ key: AMIT, why: 'verified-apart' }]);
});

test('who was applied from files that no commit has is open and in no doubt, until a run leaves him in doubt', async () => {
  await org.run(['apply', '--yes']);
  const roster = await org.folder.read(ROSTER);
  await org.folder.write(ROSTER, roster.replace('Spanish: expert', 'Spanish: novice'));
  await org.run(['apply', '--yes']);
  const left = await status();
  expect(left).toMatchObject({ calm: true, doubt: [] });
  expect(left.open).toMatchObject([{ why: 'uncommitted', since: '2026-11-23' }]);
  const { stdout } = await org.run(['status']);
  expect(stdout).toContain('  applied on 2026-11-23 from files that are in no commit');
  await org.folder.write(ROSTER, roster.replace('Spanish: expert', 'Spanish: skilled'));
  await org.begun(await org.plan());
  await org.run(['apply', '--take-over', '--user', 'layla.khoury@example.com', '--yes']);
  const doubtful = await status();
  expect(doubtful).toMatchObject({ calm: false, doubt: [{ since: '2026-11-23' }] });
  expect(doubtful.open).toMatchObject([{ why: 'in-doubt' }]);
});

test('whose drift was not asked for, and who was undone in part, is open and in no doubt', async () => {
  await org.run(['apply', '--yes']);
  org.edit(AMIT, 'Chat', 3);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: novice');
  expect((await org.run(['apply', '--cause', 'git', '--yes'])).code).toBe(0);
  const left = await status();
  expect(left).toMatchObject({ calm: true, doubt: [] });
  expect(left.open).toMatchObject([{ key: AMIT, why: 'in-part', since: '2026-11-23' }]);

  await org.run(['apply', '--yes']);
  await org.change(ROSTER, 'Spanish: novice', 'Spanish: skilled\n      English: 3');
  await org.run(['apply', '--yes']);
  org.edit(AMIT, 'English', 4);
  expect((await org.run(['rollback', '--last', '--yes'])).code).toBe(4);
  const undone = await status();
  expect(undone).toMatchObject({ calm: true, doubt: [] });
  expect(undone.open).toMatchObject([{ key: AMIT, why: 'rolled-back' }]);
});

test('outside git there is no ledger; wrong files are told', async () => {
  const outside = await tempFolder({}, 'examples/quickstart');
  const at = { cwd: outside.path };
  expect(await status(at)).toMatchObject({ ledger: false, calm: true, head: null, last: null });
  expect((await org.run(['status'], at)).stdout).toContain('there is no ledger');
  const config = await outside.read('muster.yaml');
  const guards = '    guards: { coverage: [{ skill: Chat, users: 1 }] }\n';
  await outside.write(
    'muster.yaml',
    config.replace('http://127.0.0.1:8787', org.sandbox.url) + guards,
  );
  expect((await status(at)).coverage).toMatchObject([{ skill: 'Chat', needed: 1 }]);
  await outside.write('muster.yaml', 'version: 1\norgs: {}\nwrong: 1\n');
  expect((await org.run(['status'], at)).code).toBe(1);
  expect((await org.run(['status', '--format', 'html'], at)).code).toBe(64);
  await outside.remove();
});

test('an interruption ends it', async () => {
  await org.begun(await org.plan());
  const ran = await org.run(['status'], { signal: AbortSignal.abort() });
  expect(ran.code).toBe(130);
});
