/** Ledgers that somebody moved, edited or broke, and settings out of a pull request: refused by name, never taken for none. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonical } from '../../src/model/assignment.ts';
import {
  all,
  COMMIT,
  cleanUp,
  cloneOf,
  commit,
  ledger,
  record,
  remoteOf,
  repositoryOf,
  sh,
  step,
  storeOf,
  tempFolder,
  write,
} from './world.ts';

afterEach(cleanUp);

const REF = 'refs/muster/eu';
let dir: string;
beforeEach(() => {
  dir = repositoryOf();
});

/** A commit with these files as the end of the ledger, as somebody could make it by hand. */
function byHand(files: Readonly<Record<string, string>>, ref = REF): string {
  const place = tempFolder();
  sh(place, 'clone', '-q', dir, 'x');
  const clone = join(place, 'x');
  sh(clone, 'checkout', '-q', '--orphan', 'hand');
  sh(clone, 'rm', '-rfq', '.');
  const made = commit(clone, files);
  sh(dir, 'fetch', '-q', clone, `+hand:${ref}`);
  return made;
}

const alone = () => storeOf(dir, { remote: null });
const text = (words: object) => canonical({ ...ledger(), ...words });

test('a ref moved to a commit of the files is no ledger', async () => {
  sh(dir, 'update-ref', REF, 'HEAD');
  const store = await alone();
  const error = {
    code: 'ledger-invalid',
    message: expect.stringContaining('a commit that muster did not make'),
  };
  await expect(store.read()).rejects.toMatchObject(error);
  await expect(store.append(null, step('first'))).rejects.toMatchObject(error);
  await expect(store.people()).rejects.toMatchObject(error);
});

test('the same on a remote leaves the local ref alone', async () => {
  const bare = remoteOf(dir);
  sh(bare, 'update-ref', REF, 'main');
  await expect((await storeOf(dir)).read()).rejects.toMatchObject({ code: 'ledger-invalid' });
  expect(sh(dir, 'for-each-ref', REF)).toBe('');
});

test('a branch that holds the files is no ledger', async () => {
  await expect((await storeOf(dir, { remote: null, branch: 'main' })).read()).rejects.toMatchObject(
    {
      code: 'ledger-invalid',
    },
  );
});

test.each(['HEAD:a.yaml', 'HEAD^{tree}'])('a ref moved to %s is no ledger', async (name) => {
  write(dir, { [`.git/${REF}`]: sh(dir, 'rev-parse', name) });
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-invalid' });
});

test('a ref moved to a tag is no ledger', async () => {
  sh(dir, 'tag', '-a', '-m', 'v1', 'v1');
  sh(dir, 'update-ref', REF, 'v1');
  await expect((await alone()).read()).rejects.toMatchObject({
    code: 'ledger-invalid',
    message: 'The ref of the ledger leads to a tag, not a commit.',
  });
});

test.each([
  ['{', 'ledger.json of the ledger is not JSON.'],
  ['[]', 'In ledger.json of the ledger the file must be an object.'],
  [text({ org: 7 }), 'In ledger.json of the ledger org must be a text.'],
  [text({ formatVersion: 'x' }), 'In ledger.json of the ledger formatVersion must be a version.'],
  [
    text({ platform: 'x' }),
    'In ledger.json of the ledger platform must be one of admin, genesys, cxone.',
  ],
  [
    text({ applied: { commit: 'HEAD', day: '2026-11-24' } }),
    'In ledger.json of the ledger applied.commit must be a git object id.',
  ],
  [
    text({ applied: { commit: COMMIT, day: '2026-02-30' } }),
    'In ledger.json of the ledger applied.day must be a day.',
  ],
  [
    text({ open: { 'key:ana@example.com': { key: 'ana@example.com', base: null, written: {} } } }),
    'In ledger.json of the ledger open.*.written must be a list.',
  ],
  [
    text({ open: { a: { key: 'a', base: null, written: [{ commit: COMMIT }] } } }),
    'In ledger.json of the ledger open.*.written[].day must be a day.',
  ],
  [
    text({ names: { skill: {} } }),
    'In ledger.json of the ledger names.language must be an object.',
  ],
  [
    text({ paused: { by: 'a', at: 'x', reason: '' } }),
    'In ledger.json of the ledger paused.at must be an instant.',
  ],
] as const)('a ledger.json of %j is refused', async (content, message) => {
  byHand({ 'ledger.json': content });
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-invalid', message });
});

test.each([
  [{ overrides: [{ guard: 'x', reason: '' }] }, 'overrides[].guard must be one of'],
  [{ outcomes: { applied: -1 } }, 'outcomes.applied must be a count'],
  [{ scope: { changed: false } }, 'scope.changed must be true'],
  [
    { users: { a: { key: 'a', before: { skill: { s: 'x' } } } } },
    'users.*.before.skill.* must be a number, or an object',
  ],
])('a run.json with %j is refused', async (words, message) => {
  byHand({ 'ledger.json': text({}), 'run.json': canonical({ ...record(), ...words }) });
  await expect((await alone()).read()).rejects.toMatchObject({
    code: 'ledger-invalid',
    message: expect.stringContaining(`In run.json of the ledger ${message}`),
  });
});

test('files that are folders, shards that are missing, people that are no map', async () => {
  byHand({ 'ledger.json/x': '' });
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-invalid' });
  byHand({ 'ledger.json': text({}), 'run.json': canonical(record()), 'run/2.json': '{}' });
  await expect((await alone()).read()).rejects.toMatchObject({
    code: 'ledger-invalid',
    message: 'run/1.json is not in the ledger.',
  });
  byHand({ 'ledger.json': text({}), 'people.json': '{"ana":1}' });
  await expect((await alone()).people()).rejects.toMatchObject({
    code: 'ledger-invalid',
    message: 'In people.json of the ledger * must be a text.',
  });
});

test('a newer minor version is read, another major one is not', async () => {
  byHand({ 'ledger.json': text({ formatVersion: '1.7', more: { a: 1 } }) });
  expect((await (await alone()).read())?.ledger).toEqual({ ...ledger(), more: { a: 1 } });
  byHand({ 'ledger.json': text({ formatVersion: '2.0' }) });
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-version' });
});

test('the ledger of another org is refused, unless it is this one under its former name', async () => {
  byHand({ 'ledger.json': text({ org: 'us' }) }, 'refs/heads/ledger');
  const words = { remote: null, branch: 'ledger' };
  await expect((await storeOf(dir, words)).read()).rejects.toMatchObject({
    code: 'ledger-other-org',
    message: 'The ledger is that of the org us, not eu.',
  });
  const renamed = await storeOf(dir, { ...words, formerly: 'us' });
  expect((await renamed.read())?.ledger.org).toBe('us');
});

test('a renamed org goes on behind its old chain, and the old ref stays', async () => {
  const bare = remoteOf(dir);
  const old = await storeOf(dir, { org: 'old' });
  const first = await old.append(null, step('first', { ledger: ledger({ org: 'old' }) }));
  const clone = cloneOf(bare);
  const store = await storeOf(clone, { formerly: 'old' });
  expect(await store.read()).toMatchObject({ commit: first.commit });
  const second = await store.append(first.commit, step('second'));
  expect(await store.read()).toMatchObject({ commit: second.commit });
  expect(sh(bare, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/muster')).toBe(
    `${REF} ${second.commit}\nrefs/muster/old ${first.commit}`,
  );
  const again = await storeOf(cloneOf(bare), { formerly: 'old' });
  expect((await all(again.history())).map((entry) => entry.ledger.org)).toEqual(['eu', 'old']);
  expect(
    await storeOf(dir, { remote: null, formerly: 'old' }).then((at) => at.read()),
  ).toMatchObject({
    commit: first.commit,
  });
});

test('other ledgers, here and on the remote, are a hint', async () => {
  const bare = remoteOf(dir);
  await (await storeOf(dir)).append(null, step('first'));
  sh(bare, 'update-ref', 'refs/muster/us', 'main');
  sh(dir, 'update-ref', 'refs/muster/asia', 'main');
  sh(dir, 'update-ref', 'refs/muster/old', 'main');
  const hints = async (words: object) => (await storeOf(dir, words)).otherLedgers();
  expect(await hints({})).toEqual(['asia', 'old', 'us']);
  expect(await hints({ formerly: 'old' })).toEqual(['asia', 'us']);
  expect(await hints({ remote: null })).toEqual(['asia', 'old']);
  expect(await hints({ branch: 'ledger' })).toEqual(['asia', 'eu', 'old', 'us']);
});

test('objects that are missing are an error, not an end', async () => {
  const store = await alone();
  const first = await store.append(null, step('first'));
  const second = await store.append(first.commit, step('second'));
  const drop = (id: string) => rmSync(join(dir, '.git/objects', id.slice(0, 2), id.slice(2)));
  drop(sh(dir, 'rev-parse', `${second.commit}:run.json`));
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-incomplete' });
  sh(dir, 'update-ref', REF, first.commit);
  drop(sh(dir, 'rev-parse', `${first.commit}^{tree}`));
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-incomplete' });
  drop(first.commit);
  await expect((await alone()).read()).rejects.toMatchObject({ code: 'ledger-incomplete' });
});

test('a chain with a hole tells so where it breaks off', async () => {
  const store = await alone();
  const first = await store.append(null, step('first'));
  await store.append(first.commit, step('second'));
  rmSync(join(dir, '.git/objects', first.commit.slice(0, 2), first.commit.slice(2)));
  const later = await alone();
  expect((await later.read())?.record?.id).toBe('second');
  await expect(all(later.history())).rejects.toMatchObject({ code: 'ledger-incomplete' });
});

test('a local ledger with a hole is not told to have gone another way', async () => {
  const bare = remoteOf(dir);
  const first = await (await storeOf(dir)).append(null, step('first'));
  const clone = cloneOf(bare);
  const second = await (await storeOf(clone)).append(first.commit, step('second'));
  await (await storeOf(clone)).append(second.commit, step('third'));
  write(dir, { [`.git/${REF}`]: COMMIT });
  await expect((await storeOf(dir)).read()).rejects.toMatchObject({
    code: 'ledger-incomplete',
    message: `The commit ${COMMIT.slice(0, 12)} of the ledger is not in this clone.`,
  });
});

test('a ref that git cannot make sense of is not taken for none', async () => {
  write(dir, { [`.git/${REF}`]: '' });
  const store = await alone();
  await expect(store.read()).rejects.toMatchObject({ code: 'ledger-incomplete' });
  await expect(store.append(null, step('first'))).rejects.toMatchObject({
    code: 'ledger-incomplete',
  });
});

test('a lock file left behind in this clone keeps the ledger from being added to', async () => {
  write(dir, { [`.git/${REF}.lock`]: '' });
  const store = await alone();
  await expect(store.append(null, step('first'))).rejects.toMatchObject({ code: 'git-failed' });
  expect(await store.read()).toBeNull();
});

test.each([
  '--upload-pack=touch x',
  '-q',
  'ext::sh -c x',
  'https://example.com/x',
  '..',
  '.',
  '',
  'gone',
])('the remote %j is none', async (remote) => {
  remoteOf(dir);
  const store = await storeOf(dir, { remote });
  await expect(store.read()).rejects.toMatchObject({ code: 'ledger-remote-unknown' });
  await expect(store.append(null, step('first'))).rejects.toMatchObject({
    code: 'ledger-remote-unknown',
  });
});

test.each(['-d', '--all', '@{-1}', 'a..b', 'a b', '', 'x.lock'])(
  'the branch %j is none',
  async (branch) => {
    const store = await storeOf(dir, { remote: null, branch });
    await expect(store.read()).rejects.toMatchObject({ code: 'ledger-branch-invalid' });
  },
);
