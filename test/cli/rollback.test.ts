/** Undoing runs with the real command: what is restored, what is kept, who is held, and what the next plan knows. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { tempFolder } from '../support/shell.ts';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

const AMIT = 'amit.saxena@example.com';
const MICHAL = 'michal.kozlowski@example.com';
const LAYLA = 'layla.khoury@example.com';

let org: OrgInGit;
beforeEach(async () => {
  org = await orgInGit();
});
afterEach(() => org.close());

const back = (...args: readonly string[]) => org.run(['rollback', ...args, '--yes']);
const heldBy = ({ held }: Plan) => new Set(held.map(({ reason }) => reason));
const ids = async (): Promise<string[]> => {
  const { runs } = JSON.parse((await org.run(['history', '--format', 'json'])).stdout);
  return runs.map(({ id }: { id: string }) => id);
};
const sorted = (skills: readonly { readonly skillId: string }[]) =>
  skills.map((entry) => JSON.stringify(entry)).sort();

test('it restores every key the run changed, carries the others, and holds these people from then on', async () => {
  const before = org.everybody();
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  org.edit(AMIT, 'VIP', 33);
  const ran = await back('--last');
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('Applied 7 people: 2 added, 9 changed, 5 removed.');
  org.edit(AMIT, 'VIP', undefined);
  for (const [email, list] of Object.entries(org.everybody())) {
    expect(sorted(list), email).toEqual(sorted(before[email] ?? []));
  }

  await org.change(ROSTER, 'Nabil Nasser', 'Nabil N.');
  const plan = await org.plan();
  expect(plan.totals).toMatchObject({ people: 0, held: 7 });
  expect(heldBy(plan)).toEqual(new Set(['rolled-back']));
  expect((await org.run(['apply', '--yes'])).code).toBe(4);
  const allowed = ['--allow', 'rolled-back', '--reason', 'it was right'];
  const again = await org.run(['apply', '--yes', ...allowed]);
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toContain('Applied 7 people');
  expect((await org.plan()).totals).toMatchObject({ people: 0, held: 0 });
});

test('once the files change, the plan compares with the base of before the run: removals are not forgotten', async () => {
  await org.run(['apply', '--yes']);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: expert\n      VIP: expert');
  await org.run(['apply', '--yes']);
  expect(org.skills(AMIT)).toMatchObject({ VIP: 90, Spanish: 90 });
  await back('--last');
  expect(org.skills(AMIT).VIP).toBeUndefined();
  org.edit(AMIT, 'VIP', 20);
  await org.change(ROSTER, '      Spanish: expert\n      VIP: expert\n', '');
  const { users } = await org.plan();
  const changes = users[org.id(AMIT)]?.changes.map(({ name, action, cause }) => [
    name,
    action,
    cause,
  ]);
  // VIP is foreign now, for the run that wrote it was undone; Spanish had been applied before it.
  expect(changes).toEqual([['Spanish', 'remove', 'git']]);
});

test('a later run that had other files for somebody stays among his points', async () => {
  await org.run(['apply', '--yes']);
  const [first = ''] = await ids();
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: expert\n      VIP: expert');
  await org.run(['apply', '--yes']);
  const ran = await back(first, '--user', AMIT);
  expect(ran.code, ran.stderr).toBe(0);
  expect(org.skills(AMIT)).toMatchObject({ VIP: 90, Chat: 90, Billing: 90 });
  await org.change(ROSTER, '\n      VIP: expert', '');
  const { users } = await org.plan();
  const removed = users[org.id(AMIT)]?.changes.filter(({ action }) => action === 'remove');
  expect(removed?.map(({ name }) => name)).toContain('VIP');
});

test('a run in between that only looked at somebody does not become his base', async () => {
  await org.run(['apply', '--yes']);
  const [first = ''] = await ids();
  await org.change(ROSTER, 'Retention:', 'Retention: # of nobody else\n       ');
  await org.change(
    'rosters/emea-billing.yaml',
    'ines.chevalier@example.com: released',
    'ines.chevalier@example.com: { skills: { VIP: 90 } }',
  );
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  await back(first, '--user', LAYLA);
  const open = JSON.parse((await org.run(['status', '--format', 'json'])).stdout);
  expect(open.doubt).toEqual([]);
  expect(open.open).toMatchObject([{ key: LAYLA, why: 'rolled-back', run: first }]);
});

test('a key changed since is held and left alone, and the rest is undone', async () => {
  await org.run(['apply', '--yes']);
  org.edit(AMIT, 'Refunds', 77);
  const ran = await back('--last', '--format', 'json');
  expect(ran.code).toBe(4);
  const result = JSON.parse(ran.stdout);
  expect(result.held).toMatchObject([
    { key: AMIT, reason: 'changed-since', assignment: { name: 'Refunds' } },
  ]);
  expect(org.skills(AMIT)).toMatchObject({ Refunds: 77, Billing: 90, Chat: 90 });
});

test('what it does is told as undoing, not as the doing of any file', async () => {
  await org.run(['apply', '--yes']);
  const { stdout } = await back('--last');
  expect(stdout).toMatch(/^ {2}~ Billing +60 -> 90 +undone$/m);
  expect(stdout).not.toMatch(/muster\.yaml|\bgit\b/);
});

test('somebody all of whose keys were changed since stays where he is', async () => {
  await org.run(['apply', '--yes']);
  org.edit(MICHAL, 'Refunds', 77);
  org.edit(MICHAL, 'Billing', 77);
  const ran = await back('--last', '--user', MICHAL);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('Nothing has to be written');
  expect((await org.plan()).users[org.id(MICHAL)]?.changes).toHaveLength(2);
});

test('an undo can be undone: forward again, and nobody is held', async () => {
  await org.run(['apply', '--yes']);
  const applied = org.everybody();
  await back('--last');
  const ran = await back('--last');
  expect(ran.code, ran.stderr).toBe(0);
  for (const [email, list] of Object.entries(org.everybody())) {
    expect(sorted(list), email).toEqual(sorted(applied[email] ?? []));
  }
  const plan = await org.plan();
  expect(plan.totals).toMatchObject({ people: 0, held: 0 });
  const { open } = JSON.parse((await org.run(['status', '--format', 'json'])).stdout);
  expect(open).toEqual([]);
});

test('undone by hand already: nothing is written, and yet these people are held', async () => {
  const before = org.everybody();
  await org.run(['apply', '--yes']);
  for (const user of org.sandbox.org.users) {
    org.sandbox.edit(user.id, before[user.email ?? user.id] ?? []);
  }
  const posts = org.sandbox.counters.byMethod.POST;
  const ran = await back('--last');
  expect(ran).toMatchObject({ code: 0, stdout: '' });
  expect(ran.stderr).toContain('7 are noted as undone');
  expect(org.sandbox.counters.byMethod.POST).toBe(posts);
  expect((await org.plan()).totals).toMatchObject({ people: 0, held: 7 });
  const [, first = ''] = await ids();
  expect((await back(first)).stderr).toMatch(/wrote\.\n/);
  expect((await back(first, '--quiet')).stderr).toBe('');
});

test('--user narrows it, by key or by id; whom the run did not plan is wrong usage', async () => {
  await org.run(['apply', '--yes']);
  const ran = await back('--last', '--user', MICHAL.toUpperCase(), '--user', `id:${org.id(LAYLA)}`);
  expect(ran.stdout).toContain('Applied 2 people');
  expect(await back('--last', '--user', 'nobody@example.com')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('nobody@example.com'),
  });
});

test('which run must be said, and be one of the ledger', async () => {
  expect((await back()).code).toBe(64);
  expect((await back('some', '--last')).code).toBe(64);
  expect((await back('--last')).stderr).toContain('error[run-unknown]');
  expect((await back('some')).stderr).toContain('error[run-unknown]');
  expect((await org.run(['rollback', '--last'])).code).toBe(64);
  const outside = await tempFolder({}, 'examples/quickstart');
  const ran = await org.run(['rollback', '--last', '--yes'], { cwd: outside.path });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('error[no-ledger]') });
  await outside.write(ROSTER, 'version: 1\nusers: { a@b.c: { skills: { X: 101 } } }\n');
  expect((await org.run(['rollback', '--last', '--yes'], { cwd: outside.path })).code).toBe(1);
  await outside.remove();
});

test('a begun run is in the way of another undo; undone itself it is taken over, as far as it had come', async () => {
  await org.run(['apply', '--yes']);
  const [first = ''] = await ids();
  const before = org.everybody();
  await org.change(ROSTER, 'Refunds: skilled }', 'Refunds: skilled, VIP: novice }');
  const plan = await org.plan();
  await org.begun(plan);
  org.edit(AMIT, 'VIP', 20);
  expect((await back('--last')).stderr).toContain('error[run-begun]');
  expect((await back(first)).stderr).toContain('error[run-begun]');

  const no = await org.run(['rollback', 'killed-run'], { answers: ['no'] });
  expect(no).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was applied.') });
  expect(no.stderr).toContain('which has not ended');
  expect(JSON.parse((await org.run(['status', '--format', 'json'])).stdout).run.id).toBe(
    'killed-run',
  );

  const ran = await org.run(['rollback', 'killed-run'], { answers: ['yes'] });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('Applied 1 person');
  for (const [email, list] of Object.entries(org.everybody())) {
    expect(sorted(list), email).toEqual(sorted(before[email] ?? []));
  }
  const after = await org.plan();
  expect(after.totals.people).toBe(0);
  expect(after.held).toHaveLength(Object.keys(plan.users).length);
  expect((await org.run(['history'])).stdout).toContain('taken over');
});

test('a guard refuses an undo too, names the flag, and is overridden by its name', async () => {
  await org.run(['apply', '--yes']);
  await org.change(
    'muster.yaml',
    /$/,
    '    guards: { coverage: [{ skill: Refunds, users: 200 }] }\n',
  );
  const ran = await back('--last');
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('refused by guard coverage');
  expect(org.skills(MICHAL).Refunds).toBe(60);
  const reason = 'the run was wrong';
  const allowed = await back('--last', '--allow', 'coverage', '--reason', reason);
  expect(allowed.code, allowed.stderr).toBe(0);
  expect((await org.run(['history'])).stdout).toContain(`allowed coverage: ${reason}`);
});

test('whom the files have let go since, and who cannot be read, is not touched', async () => {
  await org.run(['apply', '--yes']);
  const guard = '    guards: { protected: { users: [ceo@example.com] } }\n';
  await org.change('muster.yaml', /$/, guard);
  await org.change(
    ROSTER,
    / {2}nabil\.nasser[\s\S]*?campaign \}\n/,
    '  nabil.nasser@example.com: released\n',
  );
  const path = `*/users/${org.id(MICHAL)}/*`;
  org.sandbox.setFaults([{ kind: 'status', status: 404, method: 'GET', path }]);
  const ran = await back('--last', '--format', 'json');
  const result = JSON.parse(ran.stdout);
  expect(ran.code).toBe(4);
  expect(result.planned.released).toBe(1);
  expect(result.held).toMatchObject([{ key: MICHAL, reason: 'unread' }]);
  expect(org.skills('nabil.nasser@example.com').Retention).toBeUndefined();
});

test('what is not committed is where he is held at', async () => {
  await org.run(['apply', '--yes']);
  const text = await org.folder.read(ROSTER);
  await org.folder.write(ROSTER, text.replace('Spanish: expert', 'Spanish: novice'));
  await back('--last');
  expect((await org.plan()).held.map(({ key }) => key)).toContain(AMIT);
  org.commit();
  expect((await org.plan()).held.map(({ key }) => key)).toContain(AMIT);
  await org.change(ROSTER, 'Spanish: novice', 'Spanish: expert');
  expect((await org.plan()).held.map(({ key }) => key)).not.toContain(AMIT);
});

test("a run of the base's files is undone to the base he had, and his own day", async () => {
  await org.run(['apply', '--yes']);
  org.edit(AMIT, 'Billing', 33);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: novice');
  expect((await org.run(['apply', '--at', 'base', '--yes'])).code).toBe(0);
  expect(org.skills(AMIT)).toMatchObject({ Billing: 60, Spanish: 90 });
  const ran = await back('--last');
  expect(ran.code, ran.stderr).toBe(0);
  expect(org.skills(AMIT).Billing).toBe(33);
  const { open, doubt } = JSON.parse((await org.run(['status', '--format', 'json'])).stdout);
  expect(doubt).toEqual([]);
  expect(open).toMatchObject([{ key: AMIT, why: 'rolled-back' }]);
});

test('where the applied commit is gone its guards are not known: it refuses, and can be allowed', async () => {
  await org.run(['apply', '--yes']);
  org.git('checkout', '-q', '--orphan', 'rewritten');
  org.commit('all of it, anew');
  org.git('branch', '-q', '-D', 'main');
  org.git('reflog', 'expire', '--expire=now', '--all');
  org.git('gc', '-q', '--prune=now');
  const ran = await back('--last');
  expect(ran.code, ran.stderr).toBe(3);
  expect(ran.stderr).toContain('refused by guard base');
  const allowed = await back('--last', '--allow', 'base', '--reason', 'history was rewritten');
  expect(allowed.code, allowed.stderr).toBe(0);
});

test('an interruption at the question ends it with nothing written, nor taken over', async () => {
  await org.run(['apply', '--yes']);
  const controller = new AbortController();
  const ran = await org.run(['rollback', '--last', '--format', 'json'], {
    answers: ['yes'],
    signal: controller.signal,
    onStderr: (text) => text.includes('Only "yes"') && controller.abort(),
  });
  expect(ran).toMatchObject({ code: 130, stdout: '' });
  expect(ran.stderr).toContain('Plan: 2 to add, 9 to change, 5 to destroy.');
  expect(await ids()).toHaveLength(1);
});

test('with --adopt the files agree afterwards: what is there again stands in them, and nothing is planned', async () => {
  await org.run(['apply', '--yes']);
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: 61\n      VIP: expert');
  await org.change(ROSTER, 'Billing: expert, ', '');
  await org.run(['apply', '--yes', '--allow', 'skill', '--reason', 'meant']);
  org.edit(AMIT, 'Chat', undefined);
  const ran = await back('--last', '--adopt', '--allow', 'skill', '--reason', 'mistake');
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toContain(`Taken over into ${ROSTER}.`);
  const text = await org.folder.read(ROSTER);
  expect(text).toContain('Spanish: expert');
  expect(text).not.toContain('VIP');
  org.commit('the files agree');
  const plan = await org.run(['plan']);
  expect(plan.stdout, plan.stderr).toContain('No changes. Live skills match the files.');
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  expect((await org.run(['drift'])).code).toBe(0);
});
