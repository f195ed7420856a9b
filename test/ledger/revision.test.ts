/** Files at a revision without a checkout, and files that were never committed as a tree. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { blobId } from '../../src/ledger/blob.ts';
import { createGit } from '../../src/ledger/git.ts';
import { openObjects } from '../../src/ledger/objects.ts';
import { revision } from '../../src/ledger/revision.ts';
import { COMMIT, cleanUp, commit, ENV, open, repositoryOf, sh } from './world.ts';

afterEach(cleanUp);

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('the files of a folder as they were, in order, with their ids', async () => {
  const dir = repositoryOf({
    'org/b.yaml': 'old\r\n',
    'org/B/é ü.yaml': 'x',
    'org/a\tb.yaml': 'tab',
    'org/node_modules/x.yaml': '',
    'org/.muster/runs/x': '',
    'other.yaml': '',
  });
  const first = sh(dir, 'rev-parse', 'HEAD');
  sh(dir, 'config', 'core.autocrlf', 'true');
  commit(dir, { 'org/b.yaml': 'new', '.gitattributes': '* text=auto eol=crlf' });
  const files = (await open(dir)).filesAt(first, 'org');
  expect(files.oid?.('b.yaml')).toBeUndefined();
  expect(await files.list()).toEqual(['B/é ü.yaml', 'a\tb.yaml', 'b.yaml']);
  expect(text(await files.read('b.yaml'))).toBe('old\r\n');
  expect(files.oid?.('b.yaml')).toBe(blobId(Buffer.from('old\r\n')));
  expect(files.oid?.('c.yaml')).toBeUndefined();
  await expect(files.read('c.yaml')).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('links and submodules are listed, and refused', async () => {
  const dir = repositoryOf();
  symlinkSync('/etc/passwd', join(dir, 'link.yaml'));
  sh(dir, 'update-index', '--add', '--cacheinfo', `160000,${COMMIT},module`);
  commit(dir, {});
  const files = (await open(dir)).filesAt('HEAD', '');
  expect(await files.list()).toEqual(['a.yaml', 'link.yaml']);
  sh(dir, 'update-index', '--add', '--cacheinfo', `160000,${COMMIT},module`);
  sh(dir, 'commit', '-q', '-m', 'module');
  const later = (await open(dir)).filesAt('HEAD', '');
  expect(await later.list()).toEqual(['a.yaml', 'link.yaml', 'module']);
  await expect(later.read('link.yaml')).rejects.toMatchObject({
    code: 'file-link',
    message: 'The file link.yaml is a symbolic link.',
  });
  await expect(later.read('module')).rejects.toMatchObject({
    code: 'file-link',
    message: 'The file module is a submodule.',
  });
});

test('a revision or a folder that is not there is an error, never nothing', async () => {
  const repository = await open(repositoryOf());
  for (const treeish of [COMMIT, '--help', 'nowhere']) {
    await expect(repository.filesAt(treeish, '').list()).rejects.toMatchObject({
      code: 'commit-missing',
    });
  }
  const head = (await repository.head()) ?? '';
  await expect(repository.filesAt(head, 'gone').list()).rejects.toMatchObject({
    code: 'folder-unreadable',
    message: `The folder gone is not in the revision ${head.slice(0, 12)}.`,
  });
});

test('300 files are read by two processes: one that lists, one that reads', async () => {
  const names = Array.from(
    { length: 300 },
    (_, index) => `r/${String(index).padStart(3, '0')}.yaml`,
  );
  const dir = repositoryOf(Object.fromEntries(names.map((name) => [name, `# ${name}`])));
  const started: string[] = [];
  const git = createGit({ cwd: dir, env: ENV });
  const counted = {
    ...git,
    run: (args: readonly string[]) => {
      started.push(args[0] ?? '');
      return git.run(args);
    },
    start: (args: readonly string[]) => {
      started.push(args[0] ?? '');
      return git.start(args);
    },
  };
  const objects = openObjects(counted);
  const files = revision(counted, objects, { treeish: 'HEAD', folder: '' });
  const paths = await files.list();
  const texts = await Promise.all(paths.map(async (path) => text(await files.read(path))));
  await objects.close();
  expect(paths).toEqual(names);
  expect(texts).toEqual(names.map((name) => `# ${name}`));
  expect(started).toEqual(['ls-tree', 'cat-file']);
});

test('a snapshot holds the bytes as given, beside an index that stays as it is', async () => {
  const dir = repositoryOf({ 'rosters/a.yaml': 'a\n' });
  sh(dir, 'config', 'core.autocrlf', 'true');
  sh(dir, 'config', 'core.splitIndex', 'true');
  const repository = await open(dir);
  const files = new Map([
    ['rosters/a.yaml', Buffer.from('a\n')],
    ['rosters/sub dir/ü.yaml', Buffer.from('b\r\n')],
    ['muster.yaml', Buffer.from([0xff, 0x00])],
  ]);
  const before = sh(dir, 'status', '--porcelain');
  const tree = await repository.snapshot(files);
  expect(sh(dir, 'status', '--porcelain')).toBe(before);
  const kept = repository.filesAt(tree, '');
  expect(await kept.list()).toEqual(['muster.yaml', 'rosters/a.yaml', 'rosters/sub dir/ü.yaml']);
  for (const [path, bytes] of files) expect(Buffer.from(await kept.read(path))).toEqual(bytes);
  expect(await repository.snapshot(files)).toBe(tree);
  const empty = await repository.snapshot(new Map());
  expect(await repository.filesAt(empty, '').list()).toEqual([]);
});

test.each(['../out.yaml', '.git/config', '/abs.yaml'])(
  'a snapshot has no place for %s',
  async (path) => {
    const repository = await open(repositoryOf());
    await expect(repository.snapshot(new Map([[path, Buffer.of()]]))).rejects.toMatchObject({
      code: 'git-failed',
    });
  },
);
