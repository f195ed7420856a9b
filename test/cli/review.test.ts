/** Reviewed is applied: what no reviewed plan has is held or refused, and trailers of reviewed commits allow guards. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { type Folder, tempFolder, type World } from '../support/shell.ts';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

const AMIT = 'amit.saxena@example.com';
const LAYLA = 'layla.khoury@example.com';
let org: OrgInGit;
let elsewhere: Folder;

beforeEach(async () => {
  org = await orgInGit();
  elsewhere = await tempFolder();
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
});
afterEach(() => Promise.all([org.close(), elsewhere.remove()]));

const entry = (text: string) => org.change(ROSTER, /Spanish: expert/, `Spanish: ${text}`);
/** The plan that a pull request's job makes, saved. */
const review = async (name = 'plan.json', world: Partial<World> = {}) => {
  const file = join(elsewhere.path, name);
  const ran = await org.run(['plan', '--out', file], world);
  expect(ran.stdout, ran.stderr).toContain('Plan:');
  return file;
};
const apply = (files: readonly string[], more: readonly string[] = [], world = {}) =>
  org.run(
    ['apply', '--yes', '--require-review', ...files.flatMap((file) => ['--reviewed', file])].concat(
      more,
    ),
    world,
  );
const at = (instant: string) => ({ at: Date.parse(instant) });

test('what a reviewed plan has is written; drift beside it is held by name, and ends with 4', async () => {
  await entry('60');
  const file = await review();
  org.edit(LAYLA, 'Billing', 1);
  const ran = await apply([file]);
  expect(ran.code, ran.stderr).toBe(4);
  expect(org.skills(AMIT).Spanish).toBe(60);
  expect(org.skills(LAYLA).Billing).toBe(1);
  expect(ran.stdout).toContain('unreviewed');
  expect(ran.stdout).toContain(`${LAYLA}: Billing`);
  expect(ran.stdout).toContain('muster drift --revert');
  // Nothing is forgotten: the next apply that asks for no review puts it right.
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  expect(org.skills(LAYLA).Billing).toBe(90);
});

test('one person may have a reviewed change beside one that nobody has seen', async () => {
  await entry('60');
  const file = await review();
  org.edit(AMIT, 'Billing', 1);
  const ran = await apply([file]);
  expect(ran.code).toBe(4);
  expect(org.skills(AMIT)).toMatchObject({ Spanish: 60, Billing: 1 });
});

test('with --require-review all nothing is written where something is in no reviewed plan', async () => {
  await entry('60');
  const file = await review();
  org.edit(LAYLA, 'Billing', 1);
  const all = ['--require-review', 'all', '--reviewed', file, '--yes'];
  const ran = await org.run(['apply', ...all]);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain(
    'refused by guard review: 1 change is in no reviewed plan, of 1 person.',
  );
  expect(org.skills(AMIT).Spanish).toBe(90);
  const allowed = await org.run(['apply', ...all, '--allow', 'review', '--reason', 'seen by me']);
  expect(allowed.code, allowed.stderr).toBe(0);
  expect(org.skills(LAYLA).Billing).toBe(90);
});

test('files that nobody reviewed are held; so is what was reviewed with another value', async () => {
  await entry('60');
  const file = await review();
  await org.change(ROSTER, 'Spanish: 60', 'Spanish: 61');
  const ran = await apply([file]);
  expect(ran.code).toBe(4);
  expect(org.skills(AMIT).Spanish).toBe(90);
  expect((await apply([])).stdout).toContain('is in no reviewed plan');
});

test('two pull requests, and an apply that failed between them, are all applied in the end', async () => {
  await entry('60');
  const first = await review('first.json');
  const faults = ['PUT', 'POST'].map(
    (method) => ({ kind: 'status', status: 400, method }) as const,
  );
  org.sandbox.setFaults(faults);
  expect((await apply([first])).code).toBe(4);
  org.sandbox.setFaults([]);
  await org.change(ROSTER, 'Escalations: novice', 'Escalations: skilled');
  const second = await review('second.json');
  const ran = await apply([first, second]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(org.skills(AMIT).Spanish).toBe(60);
  expect(org.skills(LAYLA).Escalations).toBe(60);
});

test.each(['squash', 'merge', 'rebase'])('merged by %s: reviewed is reviewed', async (how) => {
  org.git('checkout', '-q', '-b', 'change');
  await entry('55');
  await org.change(ROSTER, 'Spanish: 55', 'Spanish: 60');
  const file = await review();
  org.git('checkout', '-q', 'main');
  await org.folder.write('README', 'meanwhile');
  org.commit('something else on main');
  if (how === 'squash') {
    org.git('merge', '-q', '--squash', 'change');
    org.commit('squashed');
  } else if (how === 'merge') org.git('merge', '-q', '--no-ff', '-m', 'merged', 'change');
  else {
    org.git('rebase', '-q', 'main', 'change');
    org.git('checkout', '-q', 'main');
    org.git('merge', '-q', '--ff-only', 'change');
  }
  const ran = await apply([file]);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(org.skills(AMIT).Spanish).toBe(60);
});

const LOAN = '[50, { proficiency: 20, from: 2026-11-24, until: 2026-11-25 }]';

test('a window that begins between review and merge was reviewed with its files', async () => {
  await entry(LOAN);
  const file = await review();
  const ran = await apply([file], [], at('2026-11-24T09:00:00Z'));
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(org.skills(AMIT).Spanish).toBe(20);
});

test('a window of files that nobody reviewed is not', async () => {
  await entry('50');
  const file = await review();
  await org.change(ROSTER, 'Spanish: 50', `Spanish: ${LOAN}`);
  const ran = await apply([file], [], at('2026-11-24T09:00:00Z'));
  expect(ran.code).toBe(4);
  expect(org.skills(AMIT).Spanish).toBe(90);
});

test('a window of files that are applied needs no review', async () => {
  await entry(LOAN);
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  expect(org.skills(AMIT).Spanish).toBe(50);
  const ran = await apply([], [], at('2026-11-24T09:00:00Z'));
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(org.skills(AMIT).Spanish).toBe(20);
});

test('drift under a window that was reviewed is not let through by it', async () => {
  await entry(LOAN);
  const file = await review();
  org.edit(AMIT, 'Spanish', 33);
  const ran = await apply([file], [], at('2026-11-24T09:00:00Z'));
  expect(ran.code).toBe(4);
  expect(org.skills(AMIT).Spanish).toBe(33);
});

test('a plan of another org, of another day, or a result does not count', async () => {
  await entry('60');
  const file = await review();
  const asOf = join(elsewhere.path, 'as-of.json');
  await org.run(['plan', '--as-of', '2026-11-25', '--out', asOf]);
  const result = join(elsewhere.path, 'result.json');
  const plan = JSON.parse(await elsewhere.read('plan.json')) as Plan;
  await elsewhere.write('edited.json', JSON.stringify({ ...plan, org: 'other' }));
  await org.folder.write(
    'muster.yaml',
    (await org.folder.read('muster.yaml')).replace(/^ {2}[a-z-]+:$/m, '  other:'),
  );
  org.commit('another org');
  const other = await apply([file]);
  expect(other.stderr).toContain('plan.json does not count as reviewed: it is a plan for');
  org.git('revert', '--no-edit', 'HEAD');
  const ran = await apply([asOf]);
  expect(ran.stderr).toContain('it was made as of another day (2026-11-25)');
  expect((await apply([join(elsewhere.path, 'edited.json')])).code).toBe(1);
  const json = await apply([file], ['--format', 'json']);
  await elsewhere.write('result.json', json.stdout);
  expect((await apply([result])).stderr).toContain('it is a result');
});

test('flags that do not go together are told', async () => {
  expect((await org.run(['apply', '--yes', '--reviewed', 'x.json'])).code).toBe(64);
  expect((await org.run(['apply', '--yes', '--require-review', 'some'])).code).toBe(64);
  const file = await review('plan.json').catch(() => 'plan.json');
  expect((await org.run(['apply', file, '--yes', '--require-review', 'all'])).code).toBe(64);
});

const GUARD = 'guards:\n  removals: { percent: 0, count: 0 }\n';
const guarded = async () => {
  await org.folder.write('muster.yaml', (await org.folder.read('muster.yaml')) + GUARD);
  org.commit('guards');
  await org.run(['apply', '--yes']);
};
const takeSpanish = async (message: string) => {
  const text = await org.folder.read(ROSTER);
  await org.folder.write(ROSTER, text.replace(/ +Spanish: expert\n/, ''));
  return org.commit(message);
};

test('a guard that refuses is allowed by the trailer of a commit, with its reason in the ledger', async () => {
  await guarded();
  await takeSpanish('no more Spanish');
  expect((await org.run(['plan'])).code).toBe(3);
  expect((await org.run(['apply', '--yes'])).code).toBe(3);
  await org.folder.write('README', 'more');
  org.commit('it is meant\n\nMuster-Allow: removals: site closed: Madrid');
  expect((await org.run(['plan'])).code).toBe(0);
  const ran = await org.run(['apply', '--yes']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(org.skills(AMIT)).not.toHaveProperty('Spanish');
  const record = JSON.parse(org.git('show', 'refs/muster/sandbox:run.json'));
  expect(record.overrides).toEqual([{ guard: 'removals', reason: 'site closed: Madrid' }]);
});

test('a trailer without a reason, of no guard, or of a commit that was applied before allows nothing', async () => {
  await guarded();
  await org.folder.write('README', 'more');
  org.commit('before\n\nMuster-Allow: removals: long ago');
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  await takeSpanish('now\n\nMuster-Allow: removals:\nMuster-Allow: everything: please');
  const ran = await org.run(['plan']);
  expect(ran.code).toBe(3);
  expect(ran.stderr.match(/allows nothing/g)).toHaveLength(2);
});

test('where review is required, only trailers of reviewed commits count', async () => {
  await guarded();
  await takeSpanish('now\n\nMuster-Allow: removals: site closed');
  const file = await review();
  const ran = await apply([file]);
  expect(ran.code, ran.stderr).toBe(0);
  await org.change(ROSTER, 'Refunds: skilled }', 'Refunds: skilled, Chat: skilled }');
  const seen = await review('seen.json');
  const text = await org.folder.read(ROSTER);
  await org.folder.write(ROSTER, text.replace('Billing: expert, ', ''));
  org.commit('unseen\n\nMuster-Allow: removals: never mind');
  const unseen = await apply([seen, file]);
  expect(unseen.stderr).toContain('nobody has reviewed that commit');
});
