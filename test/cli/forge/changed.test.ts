/** Which orgs two commits differ in, and in what: found from git alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareCommits } from '../../../src/cli/forge/changed.ts';
import { openRepository, type Repository } from '../../../src/ledger/repository.ts';
import { DEFAULT_REPORT } from '../../../src/model/report-settings.ts';
import { type Ground, ground } from '../../support/repo.ts';

let g: Ground;
let repository: Repository;

const org = (name: string, more = '') =>
  `  ${name}:\n    platform: admin\n    baseUrl: https://api.example.com\n${more}`;
const config = (...orgs: readonly string[]) => `version: 1\norgs:\n${orgs.join('')}`;
const roster = (text: string) => `version: 1\nusers:\n  ana: { skills: { ${text} } }\n`;
const TWO = config(org('eu'), org('us'));

beforeAll(async () => {
  g = await ground({ files: () => ({ 'README.md': 'nothing yet\n' }) });
  const opened = await openRepository({ dir: g.main.path, env: { PATH: process.env.PATH } });
  if ('none' in opened) throw new Error('There is no repository.');
  repository = opened;
});
afterAll(async () => {
  await repository.close();
  await g.close();
});

const compare = (base: string, head: string, into = base) =>
  compareCommits({ repository, base, head, into, days: new Map(), now: Date.parse('2026-11-23') });
const briefly = ({ orgs }: Awaited<ReturnType<typeof compare>>) =>
  orgs.map(({ org: { name }, changes, settings }) => [name, changes, ...settings]);

test('orgs are new, changed in what they come to, changed in their settings, or gone', async () => {
  const empty = await g.main.git('rev-parse', 'HEAD');
  const first = await g.main.commit({
    'muster.yaml': TWO,
    'rosters/eu/a.yaml': roster('Chat: 10'),
    'rosters/us/a.yaml': roster('Chat: 10'),
  });
  expect(briefly(await compare(empty, first))).toEqual([
    ['eu', true],
    ['us', true],
  ]);
  const moved = await g.main.commit({ 'rosters/eu/a.yaml': `# a remark\n${roster('Chat: 10')}` });
  expect(briefly(await compare(first, moved))).toEqual([
    ['eu', false],
    ['us', false],
  ]);
  const pinned = await g.main.commit({
    'rosters/us/a.yaml': `${roster('Chat: 10')}skills: { Chat: { id: c-1 } }\n`,
  });
  expect(briefly(await compare(moved, pinned))).toEqual([
    ['eu', false],
    ['us', true],
  ]);
  const set = await g.main.commit({
    'muster.yaml': `# moved by a line\n${config(org('eu', '    guards: { leavers: { count: 99 } }\n'), org('us'))}`,
  });
  expect(briefly(await compare(pinned, set))).toEqual([
    ['eu', false, 'guards'],
    ['us', false],
  ]);
  const one = await g.main.commit({
    'muster.yaml': config(org('eu'), org('ap', '    rosters: [rosters/eu/a.yaml]\n')),
  });
  const compared = await compare(set, one);
  expect(compared.gone).toEqual(['us']);
  expect(briefly(compared)[0]).toEqual(['ap', true]);
});

test('settings of reports are those of the branch the change goes to, and defaults where it has none', async () => {
  const base = await g.main.commit({ 'muster.yaml': `${TWO}report: { comment: id }\n` });
  const head = await g.main.commit({ 'muster.yaml': `${TWO}report: { comment: email }\n` });
  expect((await compare(base, head)).report.comment).toBe('id');
  const into = await g.main.commit({ 'muster.yaml': `${TWO}report: { comment: count }\n` });
  expect((await compare(base, head, into)).report.comment).toBe('count');
  const broken = await g.main.commit({ 'muster.yaml': 'orgs: [\n' });
  const onBroken = await compare(broken, head);
  expect(onBroken.report).toEqual(DEFAULT_REPORT);
  expect(briefly(onBroken)[0]).toEqual(['eu', true]);
  const wrong = await compare(head, broken);
  expect(wrong.orgs).toEqual([]);
  expect(wrong.findings.length).toBeGreaterThan(0);
});

test('in a folder that was not there before, everything is new', async () => {
  const before = await g.main.git('rev-parse', 'HEAD');
  const after = await g.main.commit({
    'deep/muster.yaml': config(org('eu')),
    'deep/rosters/a.yaml': roster('Chat: 1'),
  });
  const opened = await openRepository({
    dir: `${g.main.path}/deep`,
    env: { PATH: process.env.PATH },
  });
  if ('none' in opened) throw new Error('There is no repository.');
  const compared = await compareCommits({
    ...{ repository: opened, base: before, head: after, into: before, days: new Map(), now: 0 },
  });
  expect(compared.orgs.map(({ base, changes }) => [base, changes])).toEqual([[undefined, true]]);
  await opened.close();
});
