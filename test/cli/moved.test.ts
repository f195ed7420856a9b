/** A repository that changes around its ledger: another name of the org, another folder, another way of being checked out. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ground, ground } from '../support/repo.ts';

let g: Ground;
let who: { readonly id: string; readonly email: string };

const config = (org: string, more = '') =>
  `version: 1\norgs:\n  ${org}:\n    platform: admin\n    baseUrl: ${g.sandbox.url}\n    pace: { reads: 100000, writes: 100000 }\n${more}`;
const roster = (skills: string) =>
  `version: 1\nusers:\n  ${who.email}:\n    skills: { ${skills} }\n`;
const apply = (...more: readonly string[]) => g.main.muster(['apply', '--yes', ...more]);
const has = () =>
  g.sandbox
    .skillsOf(who.id)
    .map(({ skillId }) => g.sandbox.org.skills.find(({ id }) => id === skillId)?.name)
    .sort();
const refs = async () => (await g.main.git('ls-remote', 'origin', 'refs/muster/*')).split('\n');

beforeEach(async () => {
  g = await ground({ files: () => ({ 'README.md': 'An org.\n' }) });
  const [first] = g.sandbox.org.users;
  who = { id: first?.id ?? '', email: first?.email ?? '' };
  const vip = g.sandbox.org.skills.find(({ name }) => name === 'VIP')?.id ?? '';
  g.sandbox.edit(who.id, [{ skillId: vip, proficiency: 7 }]);
  await g.main.commit({
    'muster.yaml': config('eu'),
    'rosters/a.yaml': roster('Billing: 60, Chat: 10'),
  });
  expect((await apply()).code).toBe(0);
});
afterEach(() => g.close());

test('an org that is renamed goes on where it was, and what its files had given is taken back', async () => {
  await g.main.commit({
    'muster.yaml': config('europe', '    formerly: { org: eu }\n'),
    'rosters/a.yaml': roster('Billing: 60'),
  });
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(/- Chat {2}10 {2}git/);
  expect(has()).toEqual(['Billing', 'VIP']);
  expect((await refs()).map((line) => line.split('\t')[1])).toEqual([
    'refs/muster/eu',
    'refs/muster/europe',
  ]);
  expect((await apply()).stdout).toMatch(/^No changes\./);
});

test('an org under a new name that does not say so is refused: there may be a base, and it would be forgotten', async () => {
  await g.main.commit({ 'muster.yaml': config('europe'), 'rosters/a.yaml': roster('Billing: 60') });
  const refused = await apply();
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('say `formerly: eu` of europe');
  expect(refused.stderr).toContain('--allow base --reason');
  expect((await refs()).length).toBe(1);
  const ran = await apply('--allow', 'base', '--reason', 'eu was another org');
  expect(ran.code, ran.stderr).toBe(0);
  expect(has()).toEqual(['Billing', 'Chat', 'VIP']);
});

test('an org beside others, of another tenant, or beside what is no ledger, begins one of its own', async () => {
  const pinned = (id: string) => `    orgId: ${id}\n`;
  await g.main.commit({ 'muster.yaml': config('eu', pinned('t-1')) });
  expect((await apply()).code).toBe(0);
  await g.main.git('push', '-q', 'origin', 'HEAD:refs/muster/notes');
  const rosters = '    rosters: [rosters/*.yaml]\n';
  const other = config('us', rosters).split('\n').slice(2).join('\n');
  await g.main.commit({ 'muster.yaml': `${config('eu', rosters + pinned('t-1'))}${other}` });
  const env = { PATH: process.env.PATH ?? '', MUSTER_US_TOKEN: g.sandbox.token };
  const beside = await g.main.muster(['plan', '--org', 'us'], { env });
  expect(beside.code, beside.stderr).toBe(0);
  const plan = () => g.main.muster(['plan']);
  await g.main.commit({ 'muster.yaml': config('europe', pinned('t-2')) });
  expect((await plan()).code).toBe(0);
  await g.main.commit({ 'muster.yaml': config('europe') });
  expect((await plan()).code).toBe(3);
});

test('a ledger that is to be on a branch, and is still where it was, is not begun anew', async () => {
  await g.main.commit({ 'muster.yaml': config('eu', '    ledger: { branch: muster/eu }\n') });
  const refused = await apply();
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('refs/muster/eu has one: push it to the branch');
  await g.main.git('push', '-q', 'origin', 'refs/muster/eu:refs/heads/muster/eu');
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(0);
});

test('a folder that is moved is refused until it says where it was, and then nothing is forgotten', async () => {
  await mkdir(join(g.main.path, 'skills'));
  for (const each of ['muster.yaml', 'rosters']) {
    await rename(join(g.main.path, each), join(g.main.path, 'skills', each));
  }
  await g.main.commit({ 'skills/rosters/a.yaml': roster('Billing: 60') });
  const there = ['--dir', 'skills'];
  const refused = await apply(...there);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('error[ledger-other-folder]');
  expect(has()).toEqual(['Billing', 'Chat', 'VIP']);
  await g.main.commit({ 'skills/muster.yaml': config('eu', '    formerly: { folder: . }\n') });
  const ran = await apply(...there);
  expect(ran.code, ran.stderr).toBe(0);
  expect(has()).toEqual(['Billing', 'VIP']);
  expect(await g.main.ledger()).toMatchObject({ folder: 'skills', open: {} });
});

test('a commit that is gone for good refuses by a guard, and can be allowed: nobody is stuck', async () => {
  // History is rewritten, and git has forgotten what was applied: here, and on a fresh and whole clone.
  await g.main.git('checkout', '-q', '--orphan', 'anew');
  await g.main.write('rosters/a.yaml', roster('Billing: 60'));
  await g.main.git('add', '-A');
  await g.main.git('commit', '-q', '-m', 'anew');
  await g.main.git('push', '-q', '-f', 'origin', 'anew:main');
  await g.main.git('-C', '../remote.git', 'gc', '-q', '--prune=now');
  const fresh = await g.clone('fresh');
  const refused = await fresh.muster(['apply', '--yes']);
  expect(refused.code, refused.stderr).toBe(3);
  expect(refused.stderr).toMatch(/The revision [0-9a-f]{12} is not in this clone/);
  expect(refused.stderr).toContain('--allow base --reason');
  expect(has()).toEqual(['Billing', 'Chat', 'VIP']);
  const ran = await fresh.muster(['apply', '--yes', '--allow', 'base', '--reason', 'rewritten']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(has()).toEqual(['Billing', 'Chat', 'VIP']);
  expect((await fresh.muster(['plan'])).stdout).toMatch(/^No changes\./);
});

test('a saved plan of a commit that is not in the clone is not applied: nobody could compare with it', async () => {
  await g.main.git('checkout', '-q', '-b', 'review');
  await g.main.commit({ 'rosters/a.yaml': roster('Billing: 70, Chat: 10') });
  await g.main.muster(['plan', '--out', '../saved.json']);
  await g.main.git('push', '-q', '-f', 'origin', 'main:main');
  const other = await g.clone('other');
  const ran = await other.muster(['apply', '--yes', '../saved.json']);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('error[commit-missing]');
  expect(await refs()).toHaveLength(1);
});

test('a detached head, a worktree and a submodule are as good as a clone', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster('Billing: 60') });
  const head = await g.main.git('rev-parse', 'HEAD');
  await g.main.git('worktree', 'add', '-q', '--detach', '../beside', head);
  const beside = join(g.main.path, '..', 'beside');
  const planned = await g.main.muster(['plan'], { cwd: beside });
  expect(planned.stdout).toMatch(/- Chat {2}10 {2}git/);
  await g.main.git('init', '-q', '-b', 'main', '../super');
  const parent = join(g.main.path, '..', 'super');
  const bare = join(g.main.path, '..', 'remote.git');
  const allow = ['-c', 'protocol.file.allow=always'];
  await g.main.git('-C', parent, ...allow, 'submodule', 'add', '-q', bare, 'skills');
  const within = join(parent, 'skills');
  const inside = await g.main.muster(['plan'], { cwd: within });
  expect(inside.stdout).toMatch(/- Chat {2}10 {2}git/);
  const ran = await g.main.muster(['apply', '--yes'], { cwd: within });
  expect(ran.code, ran.stderr).toBe(0);
  expect(has()).toEqual(['Billing', 'VIP']);
  // The ledger is that of the repository the files are in, not of the one around it.
  expect(await g.main.git('-C', parent, 'for-each-ref', 'refs/muster')).toBe('');
  expect((await g.main.muster(['plan'], { cwd: beside })).stdout).toMatch(/^No changes\./);
});

test('paths that are not ASCII and lines that end as on Windows are the same files in git and out of it', async () => {
  const text = roster('Billing: 60').replaceAll('\n', '\r\n');
  await g.main.git('config', 'core.quotePath', 'true');
  await g.main.git('rm', '-q', 'rosters/a.yaml');
  await g.main.commit({ 'rosters/équipe – 東京.yaml': text });
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(0);
  expect(has()).toEqual(['Billing', 'VIP']);
  expect(await g.main.ledger()).toMatchObject({ open: {} });
  // Checked out with other line ends than committed: nothing has changed for anybody.
  await g.main.write('rosters/équipe – 東京.yaml', text.replaceAll('\r\n', '\n'));
  const again = await apply();
  expect(again.stdout).toMatch(/^No changes\./);
  expect(again.stdout).not.toContain('differ from the commit');
});

test('a folder the journal cannot be kept in stops the apply before its first write, and before the ledger', async () => {
  await g.main.commit({ 'rosters/a.yaml': roster('Billing: 60') });
  const [before] = await refs();
  await g.main.git('clean', '-fdxq');
  await writeFile(join(g.main.path, '.muster'), 'in the way');
  const ran = await apply();
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toContain('error[journal-unwritable]');
  expect(has()).toEqual(['Billing', 'Chat', 'VIP']);
  expect(await refs()).toEqual([before]);
});
