/** The ledger and its remote: clones that are behind, shallow or partial, and remotes that are gone or say no. */
import { appendFileSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  all,
  cleanUp,
  cloneOf,
  commit,
  hook,
  open,
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
let bare: string;
beforeEach(() => {
  dir = repositoryOf();
  bare = remoteOf(dir);
});

const tip = (where: string, ref = REF) => sh(where, 'for-each-ref', '--format=%(objectname)', ref);

test('what one clone adds, another one reads, and goes on behind', async () => {
  const one = await storeOf(dir);
  const two = await storeOf(cloneOf(bare));
  const first = await one.append(null, step('first', { people: new Map([['ana', 'u-1']]) }));
  expect(tip(bare)).toBe(first.commit);
  expect(await two.read()).toMatchObject({ commit: first.commit });
  expect(await two.people()).toEqual(new Map([['ana', 'u-1']]));
  const second = await two.append(first.commit, step('second'));
  expect(await one.read()).toMatchObject({ commit: second.commit });
  expect(tip(dir)).toBe(second.commit);
  await expect(one.append(first.commit, step('late'))).rejects.toMatchObject({
    code: 'ledger-moved',
  });
});

test('an append behind what a fresh store has not looked at yet', async () => {
  const first = await (await storeOf(dir)).append(null, step('first'));
  const other = await storeOf(cloneOf(bare));
  await other.append(first.commit, step('second'));
  expect((await all(other.history())).map((entry) => entry.record?.id)).toEqual([
    'second',
    'first',
  ]);
});

test('a store that was overtaken is refused by the lease, and nothing moves here', async () => {
  const one = await storeOf(dir);
  const two = await storeOf(cloneOf(bare));
  const first = await one.append(null, step('first'));
  await two.read();
  const second = await two.append(first.commit, step('second'));
  await expect(one.append(first.commit, step('late'))).rejects.toMatchObject({
    code: 'ledger-moved',
    message: 'Another run has added to the ledger on origin.',
  });
  expect(tip(dir)).toBe(first.commit);
  expect(tip(bare)).toBe(second.commit);
});

test('a shallow clone reads and adds, and its main stays as deep as it was', async () => {
  commit(dir, { 'a.yaml': 'b' });
  sh(dir, 'push', '-q', 'origin', 'main');
  const first = await (await storeOf(dir)).append(null, step('first'));
  const second = await (await storeOf(dir)).append(first.commit, step('second'));
  const shallow = cloneOf(bare, '--depth=1');
  const boundary = readFileSync(join(shallow, '.git/shallow'), 'utf8');
  const store = await storeOf(shallow);
  expect(await store.read()).toMatchObject({ commit: second.commit });
  await store.append(second.commit, step('third'));
  expect((await all(store.history())).map((entry) => entry.record?.id)).toEqual([
    'third',
    'second',
    'first',
  ]);
  expect(readFileSync(join(shallow, '.git/shallow'), 'utf8')).toBe(boundary);
  expect(sh(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
});

test.each(['--filter=blob:none', '--filter=tree:0'])(
  'a partial clone (%s) reads and adds',
  async (filter) => {
    sh(bare, 'config', 'uploadpack.allowFilter', 'true');
    sh(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const first = await (await storeOf(dir)).append(null, step('first'));
    const store = await storeOf(cloneOf(bare, filter));
    expect(await store.read()).toMatchObject({ record: { id: 'first' } });
    await store.append(first.commit, step('second'));
    expect((await all(store.history())).map((entry) => entry.record?.id)).toEqual([
      'second',
      'first',
    ]);
  },
);

test('a chain that was begun here alone is pushed whole', async () => {
  const alone = await storeOf(dir, { remote: null });
  const first = await alone.append(null, step('first'));
  const shared = await storeOf(dir);
  expect(await shared.read()).toMatchObject({ commit: first.commit });
  expect(tip(bare)).toBe('');
  await shared.append(first.commit, step('second'));
  const other = await storeOf(cloneOf(bare));
  expect(await all(other.history())).toHaveLength(2);
});

test('a ledger that is ahead here, or went another way, is for a person to look at', async () => {
  const first = await (await storeOf(dir)).append(null, step('first'));
  await (await storeOf(dir, { remote: null })).append(first.commit, step('here'));
  const store = await storeOf(dir);
  await expect(store.read()).rejects.toMatchObject({
    code: 'ledger-diverged',
    message: expect.stringContaining('is ahead of the one on origin'),
    hint: expect.stringContaining(`git update-ref -d ${REF}`),
  });
  const there = await (await storeOf(cloneOf(bare))).append(first.commit, step('there'));
  await expect(store.append(first.commit, step('late'))).rejects.toMatchObject({
    code: 'ledger-diverged',
    message: expect.stringContaining('have gone different ways'),
    hint: expect.stringContaining(`git log ${there.commit}`),
  });
  sh(dir, 'log', there.commit);
  sh(dir, 'update-ref', '-d', REF);
  expect(await store.read()).toMatchObject({ commit: there.commit });
});

test('a remote that is gone is not a ledger that is not there', async () => {
  const store = await storeOf(dir);
  const first = await store.append(null, step('first'));
  renameSync(bare, `${bare}-gone`);
  await expect(store.read()).rejects.toMatchObject({
    code: 'ledger-unreachable',
    message: expect.stringMatching(/^The remote origin could not be asked for the ledger: .*\.$/),
    hint: expect.stringContaining('remote: null'),
  });
  await expect(store.append(first.commit, step('second'))).rejects.toMatchObject({
    code: 'ledger-push-refused',
    message: expect.stringContaining('whether it arrived cannot be told'),
  });
  expect(tip(dir)).toBe(first.commit);
  expect(await store.otherLedgers()).toEqual([]);
});

test('a fetch that breaks off is an error', async () => {
  await (await storeOf(cloneOf(bare))).append(null, step('first'));
  const store = await storeOf(dir);
  rmSync(join(bare, 'objects'), { recursive: true });
  write(bare, { 'objects/info/keep': '' });
  await expect(store.read()).rejects.toMatchObject({ code: 'ledger-unreachable' });
});

test('a hook that declines is quoted, and nothing moves here', async () => {
  hook(
    bare,
    'pre-receive',
    'echo "Only the release team may push https://bot:s3cret@example.com" >&2; exit 1',
  );
  const store = await storeOf(dir);
  await expect(store.append(null, step('first'))).rejects.toMatchObject({
    code: 'ledger-push-refused',
    message:
      'The remote origin did not take the ledger (refs/muster/eu): pre-receive hook declined (Only the release team may push https://example.com).',
  });
  expect(tip(dir)).toBe('');
  expect(await store.read()).toBeNull();
});

test('a remote that can only be read is read', async () => {
  const first = await (await storeOf(cloneOf(bare))).append(null, step('first'));
  const refuse = join(bare, 'refuse');
  write(bare, { refuse: '#!/bin/sh\nprintf "002bERR access denied: this is for reading\\n"\n' });
  sh(dir, 'config', 'remote.origin.receivepack', `sh ${refuse}`);
  const store = await storeOf(dir);
  expect(await store.read()).toMatchObject({ commit: first.commit });
  await expect(store.append(first.commit, step('second'))).rejects.toMatchObject({
    code: 'ledger-push-refused',
    message: expect.stringContaining('access denied'),
  });
  expect(tip(bare)).toBe(first.commit);
  expect(tip(dir)).toBe(first.commit);
});

test('a push that arrived before the connection was lost has arrived', async () => {
  // What the remote says after it has told its refs never gets here.
  const said = sh(bare, 'receive-pack', '--advertise-refs', '.').length;
  write(bare, { cut: `git-receive-pack "$1" | { head -c ${said}; cat > /dev/null; }\n` });
  sh(dir, 'config', 'remote.origin.receivepack', `sh ${join(bare, 'cut')}`);
  const store = await storeOf(dir);
  const first = await store.append(null, step('first'));
  expect(tip(bare)).toBe(first.commit);
  expect(tip(dir)).toBe(first.commit);
  expect(await store.read()).toMatchObject({ commit: first.commit });
});

test('a push that was cut off before it arrived has not', async () => {
  hook(bare, 'pre-receive', 'kill -9 $PPID');
  const store = await storeOf(dir);
  await expect(store.append(null, step('first'))).rejects.toMatchObject({
    code: 'ledger-push-refused',
  });
  expect(tip(bare)).toBe('');
  expect(tip(dir)).toBe('');
});

test('a ref that another holds for a moment is tried again', async () => {
  const counter = join(bare, 'tries');
  hook(
    bare,
    'update',
    `echo x >> ${counter}; rm -f ${bare}/${REF}.lock; [ "$(wc -l < ${counter})" -gt 1 ] || { mkdir -p ${bare}/refs/muster; touch ${bare}/${REF}.lock; }`,
  );
  const first = await (await storeOf(dir)).append(null, step('first'));
  expect(tip(bare)).toBe(first.commit);
  expect(readFileSync(counter, 'utf8')).toBe('x\nx\n');
});

test('a ref whose lock is never let go of is refused in the end', async () => {
  hook(bare, 'update', `mkdir -p ${bare}/refs/muster; touch ${bare}/${REF}.lock`);
  await expect((await storeOf(dir)).append(null, step('first'))).rejects.toMatchObject({
    code: 'ledger-push-refused',
  });
});

test('the very commit that somebody else made first is theirs', async () => {
  const one = await storeOf(dir);
  const two = await storeOf(cloneOf(bare));
  await one.read();
  await two.read();
  await two.append(null, step('same'));
  await expect(one.append(null, step('same'))).rejects.toMatchObject({ code: 'ledger-moved' });
});

test('a ledger that cannot be written here is read all the same', async () => {
  const store = await storeOf(dir);
  const first = await store.append(null, step('first'));
  const second = await (await storeOf(cloneOf(bare))).append(first.commit, step('second'));
  write(dir, { [`.git/${REF}.lock`]: '' });
  expect(await store.read()).toMatchObject({ commit: second.commit });
  const third = await store.append(second.commit, step('third'));
  expect(tip(bare)).toBe(third.commit);
  expect(tip(dir)).toBe(first.commit);
  rmSync(join(dir, `.git/${REF}.lock`));
  expect(await store.read()).toMatchObject({ commit: third.commit });
  expect(tip(dir)).toBe(third.commit);
});

test('files that were never committed go along, and other clones can read them', async () => {
  const repository = await open(dir);
  const tree = await repository.snapshot(new Map([['muster.yaml', Buffer.from('dirty')]]));
  const point = { commit: (await repository.head()) ?? '', day: '2026-11-24', tree };
  const store = await storeOf(dir);
  const words = step('first');
  const first = await store.append(null, { ...words, ledger: { ...words.ledger, applied: point } });
  const clone = cloneOf(bare);
  const other = await storeOf(clone);
  await other.read();
  const files = (await open(clone)).filesAt(tree, '');
  expect(Buffer.from(await files.read('muster.yaml')).toString()).toBe('dirty');
  const second = await other.append(first.commit, step('second'));
  expect(sh(clone, 'ls-tree', '--name-only', first.commit)).toContain('files');
  expect(sh(clone, 'ls-tree', '--name-only', second.commit)).not.toContain('files');
});

test('in a worktree and with a mirroring fetch the ledger is the same', async () => {
  const tree = join(tempFolder(), 'tree');
  sh(dir, 'worktree', 'add', '-q', '--detach', tree);
  const first = await (await storeOf(tree)).append(null, step('first'));
  expect(await (await storeOf(dir)).read()).toMatchObject({ commit: first.commit });
  sh(dir, 'config', '--add', 'remote.origin.fetch', '+refs/*:refs/*');
  await (await storeOf(dir, { remote: null })).append(first.commit, step('here'));
  await (await storeOf(cloneOf(bare))).append(first.commit, step('there'));
  await expect((await storeOf(dir)).read()).rejects.toMatchObject({ code: 'ledger-diverged' });
});

test('the identity is that of git where there is one, and the run where there is none', async () => {
  const who = (where: string) => sh(where, 'log', '-1', '--format=%an <%ae> %cn <%ce> %at %s', REF);
  const first = await (await storeOf(dir)).append(null, step('Began\nrun 1\u0007'));
  expect(who(dir)).toBe(
    'ci@runner <muster@localhost> muster <muster@localhost> 1795485600 Began run 1',
  );
  appendFileSync(join(dir, '.git/config'), '[user]\nname = Ben\nemail = ben@example.com\n');
  const second = await (await storeOf(dir)).append(first.commit, step('second'));
  expect(who(dir)).toContain('Ben <ben@example.com> Ben <ben@example.com>');
  const env = {
    GIT_AUTHOR_NAME: 'Cem',
    GIT_AUTHOR_EMAIL: 'c@example.com',
    GIT_COMMITTER_NAME: 'Dee',
    GIT_COMMITTER_EMAIL: 'd@example.com',
  };
  await (await storeOf(dir, { env })).append(second.commit, step('third'));
  expect(who(dir)).toContain('Cem <c@example.com> Dee <d@example.com>');
});

test('a name of which git would leave nothing is replaced', async () => {
  await (await storeOf(dir, { by: '<\n>' })).append(null, step('first'));
  expect(sh(dir, 'log', '-1', '--format=%an', REF)).toBe('muster');
});
