/** Git as a program: what it is started with, and what its refusals come to. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { blobId } from '../../src/ledger/blob.ts';
import { createGit } from '../../src/ledger/git.ts';
import { cleaned, tellingLine } from '../../src/ledger/lines.ts';
import { openObjects } from '../../src/ledger/objects.ts';
import { cleanUp, ENV, repositoryOf, sh, tempFolder } from './world.ts';

afterEach(cleanUp);

test('a refusal has the exit code and what git said', async () => {
  const git = createGit({ cwd: repositoryOf(), env: ENV });
  await expect(git.run(['rev-list', 'nowhere'])).rejects.toMatchObject({
    code: 'git-failed',
    exitCode: 128,
    line: expect.stringContaining("ambiguous argument 'nowhere'"),
    message: expect.stringMatching(/^git rev-list failed: ambiguous argument .*\.$/),
  });
  await expect(git.run(['rev-parse', '--verify', '-q', 'no'])).rejects.toMatchObject({
    exitCode: 1,
    line: '',
    message: 'git rev-parse failed.',
  });
});

test('no git, or no folder to run it in, is told apart', async () => {
  const missing = createGit({ cwd: tempFolder(), env: ENV, binary: '/nowhere/git' });
  await expect(missing.run(['version'])).rejects.toMatchObject({
    code: 'git-missing',
    exitCode: null,
  });
  const nowhere = createGit({ cwd: join(tempFolder(), 'gone'), env: ENV });
  await expect(nowhere.run(['version'])).rejects.toMatchObject({
    code: 'git-failed',
    message: 'git version failed: the folder to run it in is not there.',
  });
});

test('the environment cannot lead to another repository or index', async () => {
  const dir = repositoryOf();
  const other = repositoryOf({ 'other.yaml': 'b' });
  const git = createGit({
    cwd: dir,
    env: {
      ...ENV,
      GIT_DIR: join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, '.git', 'index'),
    },
  });
  expect(await git.text(['ls-files'])).toBe('a.yaml');
});

test('large input that nobody reads is no crash', async () => {
  const git = createGit({ cwd: repositoryOf(), env: ENV });
  const input = new Uint8Array(5_000_000);
  await expect(git.run(['mktree', '--nonsense'], { input })).rejects.toMatchObject({
    exitCode: 129,
  });
});

test('large objects go in and out whole, and the reader starts again after it died', async () => {
  const git = createGit({ cwd: repositoryOf(), env: ENV });
  const bytes = Buffer.alloc(3_000_000, 'abc\n');
  const id = await git.text(['hash-object', '-w', '--stdin'], { input: bytes });
  expect(blobId(bytes)).toBe(id);
  const pids: number[] = [];
  const objects = openObjects({
    ...git,
    start: (args) => {
      const child = git.start(args);
      pids.push(child.pid ?? 0);
      return child;
    },
  });
  const head = await git.text(['rev-parse', 'HEAD']);
  const [large, none, commit] = await Promise.all(
    [id, 'f'.repeat(40), head].map((name) => objects.read(name)),
  );
  expect(large?.bytes.equals(bytes)).toBe(true);
  expect(none).toBeNull();
  expect(commit?.type).toBe('commit');
  expect(await objects.read('HEAD')).toBeNull();
  process.kill(pids[0] ?? 0, 'SIGKILL');
  const pending = objects.read(id).then(
    () => 'answered',
    (error: unknown) => error,
  );
  expect(['answered', expect.objectContaining({ code: 'git-failed' })]).toContainEqual(
    await pending,
  );
  await expect.poll(async () => (await objects.read(id).catch(() => null))?.type).toBe('blob');
  expect(pids.length).toBeGreaterThan(1);
  await objects.close();
  await objects.close();
});

test('a reader that cannot be started says so', async () => {
  const objects = openObjects(createGit({ cwd: tempFolder(), env: ENV, binary: '/nowhere/git' }));
  await expect(objects.read('f'.repeat(40))).rejects.toMatchObject({ code: 'git-failed' });
  await objects.close();
});

test.each([
  ['', ''],
  ['warning: x\nhint: y\n\nremote: \nremote: ----\nfatal: error: no\n', 'no'],
  ['remote: Permission to a/b denied.\nfatal: unable to access\n', 'Permission to a/b denied.'],
])('the line that tells in %j', (stderr, line) => {
  expect(tellingLine(stderr)).toBe(line);
});

test.each([
  [
    "unable to access 'https://x-access-token:ghs_abcdefgh1234@h/r'",
    "unable to access 'https://h/r'",
  ],
  ['https://user:p@ss/word@h/r.git', 'https://h/r.git'],
  ['https://h/r?private_token=abc&x=1', 'https://h/r?private_token=***&x=1'],
  ['bad ghp_0123456789abcdef and glpat-0123456789', 'bad *** and ***'],
  ['Authorization: Bearer abc.def-0123', 'Authorization: Bearer ***'],
  ['\u001b[31mred\u001b[0m \u202eturned', '[31mred [0m  turned'],
])('%j is cleaned', (line, clean) => {
  expect(cleaned(line)).toBe(clean);
});

test('a long line is cut', () => {
  expect(cleaned('x'.repeat(1_000))).toHaveLength(303);
});

test('blob ids are those of git', () => {
  const dir = repositoryOf({ 'a.yaml': 'line\r\n' });
  mkdirSync(join(dir, 'sub'));
  expect(blobId(Buffer.from('line\r\n'))).toBe(sh(dir, 'rev-parse', 'HEAD:a.yaml'));
});
