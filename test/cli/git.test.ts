/** Plans and applies in a git repository: bases, the ledger on a remote, narrowed runs, guards, and what stands in the way. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { parseFault } from '../../src/sandbox/fault-syntax.ts';
import { type Ground, type GroundOptions, ground } from '../support/repo.ts';

let g: Ground;
let people: readonly { readonly id: string; readonly email: string }[];

const config = (url: string, more = '') =>
  `version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: ${url}\n    loginUrl: ${url}\n    pace: { reads: 100000, writes: 100000 }\n${more}`;
const roster = (users: Readonly<Record<string, string>>) =>
  `version: 1\nusers:\n${Object.entries(users)
    .map(([email, skills]) => `  ${email}:\n    skills: { ${skills} }\n`)
    .join('')}`;

const open = async (more: Partial<GroundOptions> & { readonly config?: string } = {}) => {
  g = await ground({
    files: (url) => ({
      'muster.yaml': config(url, more.config),
      'rosters/a.yaml': 'version: 1\nskills: {}\n',
    }),
    ...more,
  });
  people = g.sandbox.org.users.slice(0, 6).map(({ id, email }) => ({ id, email }));
  for (const { id } of people) g.sandbox.edit(id, [{ skillId: idOf('VIP'), proficiency: 7 }]);
};

beforeEach(() => open());
afterEach(() => g.close());

const idOf = (name: string) => g.sandbox.org.skills.find((one) => one.name === name)?.id ?? '';
const email = (n: number) => people[n]?.email ?? '';
const has = (n: number) =>
  Object.fromEntries(
    g.sandbox
      .skillsOf(people[n]?.id ?? '')
      .map(({ skillId, proficiency }) => [
        g.sandbox.org.skills.find(({ id }) => id === skillId)?.name,
        proficiency,
      ]),
  );
const apply = (...more: readonly string[]) => g.main.muster(['apply', '--yes', ...more]);
const planned = async (...more: readonly string[]) => {
  const ran = await g.main.muster(['plan', '--format', 'json', ...more]);
  expect(ran.stdout, ran.stderr).toMatch(/^\{/);
  return JSON.parse(ran.stdout) as Plan;
};
const causes = (plan: Plan) =>
  Object.values(plan.users)
    .flatMap(({ key, changes }) => changes.map((c) => `${key} ${c.action} ${c.name} ${c.cause}`))
    .sort();

test('deleting a line removes the skill, and a foreign one stays; both steps of a run are on the remote', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60, Chat: 10' }) });
  const first = await apply();
  expect(first.code, first.stderr).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, Chat: 10, VIP: 7 });
  expect(first.stdout).toContain('There is no base yet');
  const head = await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  expect(causes(await planned())).toEqual([`${email(0)} remove Chat git`]);
  expect((await apply()).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
  expect((await g.main.ledger()).applied?.commit).toBe(head);
  expect(await g.main.subjects()).toHaveLength(4);
  const there = await g.main.git('ls-remote', 'origin', 'refs/muster/eu');
  expect(there).toContain(await g.main.git('rev-parse', 'refs/muster/eu'));
  expect((await apply()).stdout).toContain('No changes. Live skills match the files.');
  expect(await g.main.subjects()).toHaveLength(4);
});

test('a folder that was never committed is planned and applied, and its people stay open', async () => {
  await g.main.write('new/muster.yaml', config(g.sandbox.url));
  await g.main.write('new/rosters/a.yaml', roster({ [email(0)]: 'Billing: 60' }));
  const cwd = join(g.main.path, 'new');
  const plan = await g.main.muster(['plan'], { cwd });
  expect(plan.code, plan.stderr).toBe(0);
  expect(plan.stdout).toContain('The files differ from the commit: the 1 person concerned');
  expect((await g.main.muster(['apply', '--yes'], { cwd })).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
  await g.main.commit({});
  const again = await g.main.muster(['plan'], { cwd });
  expect(again.code, again.stderr).toBe(3);
  expect(again.stdout).toMatch(/There is\s+no muster\.yaml here\./);
  const allow = ['--allow', 'base', '--reason', 'it was applied before it was committed'];
  expect((await g.main.muster(['apply', '--yes', ...allow], { cwd })).code).toBe(0);
  expect((await g.main.muster(['plan'], { cwd })).stdout).toMatch(/^No changes\./);
});

test('what drifted is told apart from what the files change, on a fresh clone as well', async () => {
  const both = { [email(0)]: 'Billing: 60', [email(1)]: 'Billing: 50' };
  await g.main.commit({ 'rosters/a.yaml': roster(both) });
  await apply();
  g.sandbox.edit(people[1]?.id ?? '', [{ skillId: idOf('Billing'), proficiency: 11 }]);
  await g.main.commit({ 'rosters/a.yaml': roster({ ...both, [email(0)]: 'Billing: 80' }) });
  const expected = [`${email(0)} change Billing git`, `${email(1)} change Billing drift`].sort();
  expect(causes(await planned())).toEqual(expected);
  const fresh = await g.clone('fresh');
  const ran = await fresh.muster(['plan', '--format', 'json']);
  expect(causes(JSON.parse(ran.stdout))).toEqual(expected);
  expect(causes(await planned('--cause', 'drift'))).toEqual([`${email(1)} change Billing drift`]);
  expect(causes(await planned('--user', email(0)))).toEqual([`${email(0)} change Billing git`]);
  expect((await apply('--cause', 'git')).code).toBe(0);
  expect(causes(await planned())).toEqual([`${email(1)} change Billing drift`]);
});

test('--changed reads the people the change is about, and nobody else', async () => {
  const all = Object.fromEntries(people.map((one) => [one.email, 'Billing: 60']));
  await g.main.commit({ 'rosters/a.yaml': roster(all) });
  await apply();
  await g.main.commit({ 'rosters/a.yaml': roster({ ...all, [email(2)]: 'Billing: 61' }) });
  const before = g.sandbox.counters.requests;
  expect(causes(await planned('--changed'))).toEqual([`${email(2)} change Billing git`]);
  expect(g.sandbox.counters.requests - before).toBe(2);
  expect((await apply('--changed')).code).toBe(0);
  expect(causes(await planned())).toEqual([]);
  expect(Object.keys((await g.main.ledger()).open)).toEqual([people[2]?.id]);
});

test('a leaver loses what the files gave him, and is listed apart', async () => {
  const two = { [email(0)]: 'Billing: 60', [email(1)]: 'Billing: 50' };
  await g.main.commit({ 'rosters/a.yaml': roster(two) });
  await apply();
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  const plan = await planned();
  expect(plan.totals).toMatchObject({ leavers: 1, remove: 1 });
  expect((await apply()).code).toBe(0);
  expect(has(1)).toEqual({ VIP: 7 });
});

test('uncommitted files may be applied, leave the people concerned open, and are not forgotten', async () => {
  const one = { [email(0)]: 'Billing: 60', [email(1)]: 'Billing: 50' };
  await g.main.commit({ 'rosters/a.yaml': roster(one) });
  await apply();
  await g.main.write('rosters/a.yaml', roster({ ...one, [email(0)]: 'Billing: 60, Chat: 33' }));
  expect((await apply()).code).toBe(0);
  expect(Object.keys((await g.main.ledger()).open)).toEqual([people[0]?.id]);
  await g.main.git('checkout', '-q', 'rosters');
  expect((await apply()).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
  expect((await g.main.ledger()).open).toEqual({});
});

test('a narrowed run that has nothing to write for uncommitted files closes nobody', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  await apply();
  await g.main.write('rosters/a.yaml', roster({ [email(0)]: 'Billing: 60, Chat: 33' }));
  await apply();
  const { open: left } = await g.main.ledger();
  expect((await apply('--user', email(0))).stdout).toContain('1 person concerned stays open');
  expect((await g.main.ledger()).open).toEqual(left);
  await g.main.git('checkout', '-q', 'rosters');
  expect((await apply()).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
});

test('a guard refuses with numbers and the flag, in plan and in apply; its override is kept with the reason', async () => {
  await g.close();
  await open({ config: 'guards: { users: { percent: 10, count: 1 } }\n' });
  const all = Object.fromEntries(people.map((one) => [one.email, 'Billing: 60']));
  await g.main.commit({ 'rosters/a.yaml': roster(all) });
  expect((await g.main.muster(['plan'])).code).toBe(3);
  const refused = await apply();
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('--allow users --reason');
  expect(has(0)).toEqual({ VIP: 7 });
  const allow = ['--allow', 'users', '--allow', 'skill', '--reason', 'first run'];
  const allowed = await g.main.muster(['plan', ...allow]);
  expect(allowed).toMatchObject({ code: 0, stderr: 'note: guard users is allowed: first run\n' });
  const ran = await apply('--allow', 'users', '--reason', 'first run');
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('note: guard users is allowed: first run\n');
  expect((await g.main.record()).overrides).toEqual([{ guard: 'users', reason: 'first run' }]);
  expect((await apply('--allow', 'userz', '--reason', 'x')).code).toBe(64);
  expect((await apply('--allow', 'users')).code).toBe(64);
});

test('a pull request cannot loosen its own guards', async () => {
  await g.close();
  await open({ config: 'guards: { users: { percent: 10, count: 1 } }\n' });
  const all = Object.fromEntries(people.map((one) => [one.email, 'Billing: 60']));
  await g.main.commit({ 'rosters/a.yaml': roster(all) });
  await apply('--allow', 'users', '--reason', 'first run');
  const other = Object.fromEntries(people.map((one) => [one.email, 'Billing: 70']));
  await g.main.commit({
    'muster.yaml': config(g.sandbox.url),
    'rosters/a.yaml': roster(other),
  });
  expect((await apply()).code).toBe(3);
});

test('nor can it where a rollback has left somebody at the very commit that is applied', async () => {
  await g.close();
  await open({ config: 'guards: { users: { percent: 10, count: 1 } }\n' });
  const all = Object.fromEntries(people.map((one) => [one.email, 'Billing: 60']));
  await g.main.commit({ 'rosters/a.yaml': roster(all) });
  await apply('--allow', 'users', '--reason', 'first run');
  expect((await g.main.muster(['rollback', '--last', '--user', email(0), '--yes'])).code).toBe(0);
  const [{ rolledBack } = {}] = Object.values((await g.main.ledger()).open);
  expect(rolledBack?.at).toEqual((await g.main.ledger()).applied);
  const other = Object.fromEntries(people.map((one) => [one.email, 'Billing: 70']));
  await g.main.commit({
    'muster.yaml': config(g.sandbox.url),
    'rosters/a.yaml': roster(other),
  });
  expect((await apply()).code).toBe(3);
});

test('a saved plan is refused once the ledger has moved', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  await g.main.muster(['plan', '--out', 'saved.json']);
  await apply();
  const late = await apply('saved.json');
  expect(late.code).toBe(1);
  expect(late.stderr).toContain('plan-ledger-moved');
});

test('a saved plan is applied, its end recorded, and its people are found again without the directory', async () => {
  const head = await g.main.commit({
    'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60', [email(1)]: 'VIP: 7' }),
  });
  await g.main.muster(['plan', '--user', email(0), '--user', email(1), '--out', 'saved.json']);
  expect((await apply('saved.json')).code).toBe(0);
  const at = { base: { commit: head }, written: [] };
  expect((await g.main.ledger()).open).toMatchObject({
    [people[0]?.id ?? '']: { key: email(0), ...at },
    [people[1]?.id ?? '']: { key: email(1), ...at },
  });
  expect(JSON.parse(await g.main.git('show', 'refs/muster/eu:people.json'))).toEqual({
    [email(0)]: people[0]?.id,
    [email(1)]: people[1]?.id,
  });
});

test.each([
  ['--user', 'somebody@example.com'],
  ['--team', 'care'],
  ['--cause', 'git'],
  ['--at', 'base'],
  ['--changed'],
  ['--require-review'],
  ['--reviewed', 'saved.json'],
  ['--take-over'],
])('a plan that stands is not narrowed or made anew: %s is refused', async (...more) => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  await g.main.muster(['plan', '--out', 'saved.json']);
  const saved = await apply('saved.json', ...more);
  expect(saved.code).toBe(64);
  expect(saved.stderr).toContain(more[0]);
  const resumed = await apply('--resume', 'some-run', ...more);
  expect(resumed.code).toBe(64);
  expect(resumed.stderr).toContain(more[0]);
  expect(has(0)).toEqual({ VIP: 7 });
  expect(await g.main.git('for-each-ref', 'refs/muster')).toBe('');
});

test('several people, teams and causes are named in one go, or one by one', async () => {
  await g.main.commit({
    'rosters/a.yaml': roster({
      [email(0)]: 'Billing: 60',
      [email(1)]: 'Billing: 60',
      [email(2)]: 'Billing: 60',
    }),
  });
  const keys = async (...flags: readonly string[]) =>
    Object.values((await planned(...flags)).users).map(({ key }) => key);
  const both = await keys('--user', email(0), email(1), '--cause', 'git', 'first');
  expect(both.sort()).toEqual([email(0), email(1)].sort());
  expect(await keys('--user', email(0), email(1), '--user', email(2))).toHaveLength(3);
  expect(await keys('--user', email(0), '--cause', 'git', 'drift')).toEqual([]);
  expect((await apply('--user', email(0), email(2))).code).toBe(0);
  expect([has(0), has(1), has(2)].map(({ Billing }) => Billing)).toEqual([60, undefined, 60]);
  const undone = await g.main.muster(['rollback', '--last', '--yes', '--user', email(0), email(2)]);
  expect(undone.code, undone.stderr).toBe(0);
  expect([has(0), has(2)]).toEqual([{ VIP: 7 }, { VIP: 7 }]);
});

test('a refused push stops the apply before its first write', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  const remote = (await g.main.git('remote', 'get-url', 'origin')).trim();
  await writeFile(join(remote, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const ran = await apply();
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('ledger-push-refused');
  expect(has(0)).toEqual({ VIP: 7 });
});

test('a remote that cannot be reached is never taken for one without a ledger', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  await rm(await g.main.git('remote', 'get-url', 'origin'), { recursive: true });
  const ran = await g.main.muster(['plan']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('ledger-unreachable');
});

test('a shallow clone without the base is an error, not a first run', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  await apply();
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 70' }) });
  const shallow = await g.clone('shallow', '--depth', '1');
  const ran = await shallow.muster(['plan']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('commit-missing');
});

test('a base that is no ancestor is refused with 3, and may be allowed by name', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60, Chat: 10' }) });
  await apply();
  await g.main.git('checkout', '-q', '--orphan', 'other');
  await g.main.write('rosters/a.yaml', roster({ [email(0)]: 'Billing: 60' }));
  await g.main.git('add', '-A');
  await g.main.git('commit', '-q', '-m', 'another history');
  const ran = await apply();
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('--allow base');
  expect((await apply('--allow', 'base', '--reason', 'history was rewritten')).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
});

test('without git there is no base, and the plan says so', async () => {
  await rm(join(g.main.path, '.git'), { recursive: true });
  await g.main.write('rosters/a.yaml', roster({ [email(0)]: 'Billing: 60' }));
  const ran = await g.main.muster(['plan']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(/no base/);
  expect((await apply()).code).toBe(0);
  expect((await g.main.muster(['apply', '--at', 'base', '--yes'])).code).toBe(1);
});

test('the nightly run ends a loan at the base, whatever is in git but not yet applied', async () => {
  const loan = (more = '') =>
    roster({ [email(0)]: `Chat: [40, { proficiency: 90, until: 2026-11-27 }]${more}` });
  await g.main.commit({ 'rosters/a.yaml': loan() });
  const friday = { at: Date.parse('2026-11-27T10:00:00Z') };
  const saturday = { at: Date.parse('2026-11-28T10:00:00Z') };
  expect((await g.main.muster(['apply', '--yes'], friday)).code).toBe(0);
  expect(has(0)).toMatchObject({ Chat: 90 });
  await g.main.commit({ 'rosters/a.yaml': loan(', Billing: 70') });
  const ran = await g.main.muster(
    ['apply', '--yes', '--at', 'base', '--cause', 'schedule'],
    saturday,
  );
  expect(ran.code, ran.stderr + ran.stdout).toBe(0);
  expect(has(0)).toEqual({ Chat: 40, VIP: 7 });
  expect((await g.main.muster(['apply', '--yes'], saturday)).code).toBe(0);
  expect(has(0)).toEqual({ Chat: 40, VIP: 7, Billing: 70 });
});

test('who thinks about a plan past midnight, where the org is, or into a freeze, has to plan again', async () => {
  await g.close();
  const freeze = '2026-11-29T09:00Z, until: 2026-12-01T00:00Z';
  const config = `timeZone: Pacific/Auckland\n    guards: { freeze: [{ from: ${freeze} }] }\n`;
  await open({ config: `    ${config}` });
  const lent = 'Chat: [40, { proficiency: 90, until: 2026-11-27 }]';
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: lent }) });
  const ask = (at: string, thinks: number) =>
    g.main.muster(['apply'], { at: Date.parse(at), answers: ['yes'], thinks: thinks * 60_000 });
  const late = await ask('2026-11-27T10:55Z', 10);
  expect(late.code).toBe(1);
  expect(late.stderr).toContain('error[plan-expired]');
  const frozen = await ask('2026-11-29T08:55Z', 10);
  expect(frozen.code).toBe(3);
  expect(frozen.stderr).toContain('--allow freeze --reason');
  expect(has(0)).toEqual({ VIP: 7 });
  expect((await ask('2026-11-27T10:55Z', 1)).code).toBe(0);
  expect(has(0)).toEqual({ Chat: 90, VIP: 7 });
});

test('a run that finds all as it shall be moves the base on, where a window has ended since', async () => {
  const at = (day: string) => ({ at: Date.parse(`${day}T10:00:00Z`) });
  const lent = 'Billing: { proficiency: 60, until: 2026-11-22, then: absent }, Chat: 10';
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: lent }) });
  expect((await g.main.muster(['apply', '--yes'], at('2026-11-20'))).code).toBe(0);
  const list = g.sandbox.skillsOf(people[0]?.id ?? '');
  const without = list.filter(({ skillId }) => skillId !== idOf('Billing'));
  g.sandbox.edit(people[0]?.id ?? '', without);
  const steps = (await g.main.subjects()).length;
  expect((await g.main.muster(['apply', '--yes'], at('2026-11-21'))).code).toBe(0);
  g.sandbox.edit(people[0]?.id ?? '', without);
  expect((await g.main.muster(['apply', '--yes'], at('2026-11-25'))).code).toBe(0);
  expect((await g.main.ledger()).applied?.day).toBe('2026-11-25');
  expect((await g.main.muster(['apply', '--yes'], at('2026-11-26'))).code).toBe(0);
  expect((await g.main.subjects()).length).toBe(steps + 3);
  // What somebody gives by hand now is his: the files had let go of it.
  g.sandbox.edit(people[0]?.id ?? '', [...without, { skillId: idOf('Billing'), proficiency: 7 }]);
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Chat: 10' }) });
  expect((await g.main.muster(['apply', '--yes'], at('2026-11-26'))).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 7, Chat: 10, VIP: 7 });
});

test('one that cannot be written holds nobody back, and is put right when he can be', async () => {
  const skills = (n: number) => `Billing: ${n}`;
  const files = (n: number, more = '') =>
    roster({ [email(0)]: `${skills(n)}${more}`, [email(1)]: skills(n) });
  await g.main.commit({ 'rosters/a.yaml': files(10, ', Chat: 5') });
  await apply();
  g.sandbox.setFaults([
    parseFault(`status=400,method=PUT,path=/api/v2/admin/users/${people[0]?.id}/skills`),
  ]);
  for (const n of [20, 30, 40]) {
    await g.main.commit({ 'rosters/a.yaml': files(n) });
    expect((await apply()).code).toBe(4);
    expect(has(1)).toMatchObject({ Billing: n });
  }
  expect(has(0)).toEqual({ Billing: 10, Chat: 5, VIP: 7 });
  g.sandbox.setFaults([]);
  expect((await apply()).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 40, VIP: 7 });
  expect((await g.main.ledger()).open).toEqual({});
});

/** The remote takes the begin step of the next run and no other: as if the runner had died before its end. */
const dieBeforeTheEnd = async () => {
  const remote = await g.main.git('remote', 'get-url', 'origin');
  const hook = join(remote, 'hooks', 'pre-receive');
  await writeFile(hook, '#!/bin/sh\n[ -e once ] && exit 1\ntouch once\n', { mode: 0o755 });
  return () => rm(hook);
};

test('a run that could not be ended refuses every other, and is gone on with from a fresh clone', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  const mend = await dieBeforeTheEnd();
  const ran = await apply();
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('muster apply --resume');
  await mend();
  const fresh = await g.clone('fresh');
  const refused = await fresh.muster(['apply', '--yes']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('run-begun');
  const [id = ''] = /20\d{6}-\d{6}-\w+/.exec(refused.stderr) ?? [];
  expect((await fresh.muster(['apply', '--yes', '--resume', 'another'])).stderr).toContain(
    'run-unknown',
  );
  const resumed = await fresh.muster(['apply', '--yes', '--resume', id]);
  expect(resumed.code, resumed.stderr).toBe(0);
  expect((await fresh.ledger()).run).toBeNull();
  expect((await fresh.ledger()).open).toEqual({});
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
  expect((await fresh.muster(['apply', '--yes'])).stdout).toContain('No changes.');
  expect((await fresh.muster(['apply', '--yes', '--resume', id])).stderr).toContain('run-unknown');
});

test('whose files changed since is held when a run is gone on with, and stays open', async () => {
  const two = (n: number) => roster({ [email(0)]: `Billing: ${n}`, [email(1)]: 'Billing: 50' });
  await g.main.commit({ 'rosters/a.yaml': two(60) });
  const mend = await dieBeforeTheEnd();
  await apply();
  await mend();
  await g.main.commit({ 'rosters/a.yaml': two(61) });
  const id = (await g.main.ledger()).run?.id ?? '';
  const resumed = await g.main.muster(['apply', '--yes', '--resume', id]);
  expect(resumed.code).toBe(4);
  expect(resumed.stdout).toContain('files-changed');
  expect(Object.keys((await g.main.ledger()).open)).toEqual([people[0]?.id]);
  expect((await apply()).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 61, VIP: 7 });
  expect((await g.main.ledger()).open).toEqual({});
});

test('a run that nobody ends can be left: what it may have written is in doubt, and nothing is forgotten', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60, Chat: 10' }) });
  const mend = await dieBeforeTheEnd();
  await apply();
  await mend();
  await g.main.commit({ 'rosters/a.yaml': roster({ [email(0)]: 'Billing: 60' }) });
  expect((await apply()).code).toBe(1);
  expect((await apply('--take-over')).code).toBe(0);
  expect(has(0)).toEqual({ Billing: 60, VIP: 7 });
  expect(await g.main.subjects()).toContainEqual(expect.stringContaining('is taken over'));
});

test('canaries go first, and when one does not end well nobody else is written', async () => {
  await g.main.commit({
    'rosters/a.yaml': roster(Object.fromEntries(people.map((one) => [one.email, 'Billing: 60']))),
  });
  g.sandbox.setFaults([parseFault('status=400,method=PUT')]);
  const ran = await apply('--canary', '2');
  expect(ran.code).toBe(4);
  expect(ran.stdout).toContain('canary-failed');
  expect(g.sandbox.counters.byMethod.PUT).toBe(2);
  expect((await apply('--canary', '0')).code).toBe(64);
});
