/** The repository around a folder, in the states that clones are found in. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRepository } from '../../src/ledger/repository.ts';
import {
  COMMIT,
  cleanUp,
  cloneOf,
  commit,
  ENV,
  open,
  remoteOf,
  repositoryOf,
  sh,
  tempFolder,
} from './world.ts';

afterEach(cleanUp);

test('outside git is a value, with and without the program', async () => {
  const none = { none: 'not-a-repository' };
  const dir = tempFolder();
  expect(await openRepository({ dir, env: ENV })).toEqual(none);
  expect(await openRepository({ dir, env: ENV, binary: '/nowhere/git' })).toEqual(none);
});

test('a repository without git to read it is not outside git', async () => {
  const dir = join(repositoryOf({ 'sub/a.yaml': '' }), 'sub');
  await expect(openRepository({ dir, env: { PATH: tempFolder() } })).rejects.toMatchObject({
    code: 'git-missing',
  });
});

test('a repository that is broken is not outside git, unless git was told not to look there', async () => {
  const dir = repositoryOf({ 'sub/a.yaml': '' });
  rmSync(join(dir, '.git/HEAD'));
  await expect(openRepository({ dir, env: ENV })).rejects.toMatchObject({
    code: 'git-failed',
    message: expect.stringContaining('not a git repository'),
  });
  const env = { ...ENV, GIT_CEILING_DIRECTORIES: dir };
  expect(await openRepository({ dir: join(dir, 'sub'), env })).toEqual({
    none: 'not-a-repository',
  });
});

test('a repository of somebody else is an error that says how to trust it', async () => {
  const dir = repositoryOf();
  const env = { ...ENV, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
  await expect(openRepository({ dir, env })).rejects.toMatchObject({
    code: 'git-failed',
    message: expect.stringContaining('dubious ownership'),
    hint: `If the repository is to be trusted: git config --global --add safe.directory ${dir}`,
  });
});

test('a folder that is gone is an error', async () => {
  await expect(openRepository({ dir: join(tempFolder(), 'gone'), env: ENV })).rejects.toMatchObject(
    { code: 'git-failed' },
  );
});

test.each(['', 'sub', 'sub/with spaces/größe', "it's $HOME/*"])(
  'the folder %j is relative to the root',
  async (folder) => {
    const dir = repositoryOf({ [`${folder === '' ? '.' : folder}/a.yaml`]: 'a' });
    const repository = await open(join(dir, folder));
    expect(repository.root).toBe(dir);
    expect(repository.folder).toBe(folder);
    expect(await repository.filesAt('HEAD', repository.folder).list()).toEqual(['a.yaml']);
  },
);

test('no commit, a branch, a detached head and a worktree', async () => {
  const dir = tempFolder();
  sh(dir, 'init', '-q', '-b', 'main');
  const repository = await open(dir);
  expect(await repository.head()).toBeNull();
  expect(await repository.remotes()).toEqual([]);
  expect(await repository.resolve('HEAD')).toBeUndefined();
  const first = commit(dir, { 'a.yaml': 'a' });
  expect(await repository.head()).toBe(first);
  const second = commit(dir, { 'a.yaml': 'b' });
  sh(dir, 'checkout', '-q', '--detach', first);
  expect(await repository.head()).toBe(first);
  const tree = join(tempFolder(), 'tree');
  sh(dir, 'worktree', 'add', '-q', tree, 'main');
  const other = await open(tree);
  expect(other.root).toBe(tree);
  expect(await other.head()).toBe(second);
});

test('ancestry in a whole clone', async () => {
  const dir = repositoryOf();
  const first = sh(dir, 'rev-parse', 'HEAD');
  const second = commit(dir, { 'a.yaml': 'b' });
  const repository = await open(dir);
  expect(await repository.isShallow()).toBe(false);
  expect(await repository.ancestry(first, second)).toBe('ancestor');
  expect(await repository.ancestry(second, second)).toBe('ancestor');
  expect(await repository.ancestry(second, first)).toBe('not-ancestor');
  expect(await repository.ancestry(COMMIT, first)).toBe('unknown');
  expect(await repository.ancestry(first, COMMIT)).toBe('unknown');
});

test('a shallow clone does not know what it cannot see', async () => {
  const origin = repositoryOf();
  const first = sh(origin, 'rev-parse', 'HEAD');
  sh(origin, 'checkout', '-q', '-b', 'side');
  const side = commit(origin, { 'b.yaml': 'b' });
  sh(origin, 'checkout', '-q', 'main');
  const head = commit(origin, { 'a.yaml': 'b' });
  const bare = remoteOf(origin);
  const repository = await open(cloneOf(bare, '--depth=1', '--no-single-branch'));
  expect(await repository.isShallow()).toBe(true);
  expect(await repository.has(head)).toBe(true);
  expect(await repository.has(first)).toBe(false);
  expect(await repository.ancestry(first, head)).toBe('unknown');
  expect(await repository.ancestry(side, head)).toBe('unknown');
});

test('a history with a hole is no answer', async () => {
  const dir = repositoryOf();
  const first = sh(dir, 'rev-parse', 'HEAD');
  const hole = commit(dir, { 'a.yaml': 'b' });
  const head = commit(dir, { 'a.yaml': 'c' });
  rmSync(join(dir, '.git/objects', hole.slice(0, 2), hole.slice(2)));
  const repository = await open(dir);
  expect(await repository.ancestry(first, head)).toBe('unknown');
});

test('revisions resolve to commits, and nothing is taken for an option', async () => {
  const dir = repositoryOf();
  const head = sh(dir, 'rev-parse', 'HEAD');
  sh(dir, 'tag', '-a', '-m', 'v1', 'v1');
  const repository = await open(dir);
  expect(await repository.resolve('v1')).toBe(head);
  expect(await repository.resolve(head.slice(0, 8))).toBe(head);
  for (const name of ['nowhere', 'HEAD:a.yaml', '--help', '-q', '']) {
    expect(await repository.resolve(name)).toBeUndefined();
  }
  for (const name of ['HEAD', '--help', `${head}^`]) expect(await repository.has(name)).toBe(false);
});

test('hooks of the repository do not run', async () => {
  const dir = repositoryOf();
  mkdirSync(join(dir, '.git/hooks'), { recursive: true });
  writeFileSync(join(dir, '.git/hooks/reference-transaction'), '#!/bin/sh\nexit 1\n', {
    mode: 0o755,
  });
  const { git } = await open(dir);
  await git.run(['update-ref', 'refs/muster/x', 'HEAD']);
  expect(await git.text(['rev-parse', 'refs/muster/x'])).toBe(
    await git.text(['rev-parse', 'HEAD']),
  );
});
