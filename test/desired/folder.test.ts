import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { folder } from '../../src/desired/folder.ts';
import { load } from '../../src/desired/load.ts';
import { config, roster } from './world.ts';

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
});

function world(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'muster-'));
  made.push(dir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

test('files are listed in order, without what is not the repository', async () => {
  const dir = world({
    'b/c.yaml': '',
    'a.yaml': '',
    '.git/x': '',
    'node_modules/x': '',
    'b/.muster/x': '',
  });
  expect(await folder(dir).list()).toEqual(['a.yaml', 'b/c.yaml']);
});

test('a folder on disk loads', async () => {
  const dir = world({ 'muster.yaml': config(), 'rosters/a.yaml': roster('users: { ana: {} }') });
  const { findings, rosters } = await load(folder(dir));
  expect(findings).toEqual([]);
  expect(rosters.get('prod')).toHaveLength(1);
});

test('what cannot be read is an error that says which', async () => {
  const dir = world({ 'a.yaml': '' });
  await expect(folder(join(dir, 'nowhere')).list()).rejects.toMatchObject({
    code: 'folder-unreadable',
  });
  await expect(folder(dir).read('b.yaml')).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('links are not followed out of the repository', async () => {
  const dir = world({ 'muster.yaml': config(), 'rosters/a.yaml': roster() });
  symlinkSync('/etc/passwd', join(dir, 'rosters/b.yaml'));
  await expect(load(folder(dir))).rejects.toMatchObject({ code: 'file-link' });
});

test('a linked folder among the rosters is told of, so that nobody behind it is missing without a word', async () => {
  const dir = world({
    'muster.yaml': config(),
    'rosters/a.yaml': roster('users: { ana: {} }'),
    'elsewhere/b.yaml': roster('users: { ben: {} }'),
  });
  symlinkSync(join(dir, 'elsewhere'), join(dir, 'rosters/shared'));
  symlinkSync(join(dir, 'elsewhere'), join(dir, 'docs'));
  symlinkSync(join(dir, 'nowhere'), join(dir, 'rosters/broken'));
  symlinkSync(join(dir, 'muster.yaml'), join(dir, 'rosters/README'));
  const { findings } = await load(folder(dir));
  expect(findings).toMatchObject([
    { code: 'roster-link', message: expect.stringMatching(/^rosters\/shared is /) },
  ]);
});

test.each([
  ['**/*.yaml', 'shared', 1],
  ['./rosters/eu/*.yaml', 'rosters', 1],
  ['rosters/eu/*.yaml', 'rosters/eu', 1],
  ['rosters/eu/*.yaml', 'rosters/eu2', 0],
])('where %s looks, a linked folder %s is told of so often: %i', async (glob, link, times) => {
  const dir = world({ 'muster.yaml': config(`rosters: ["${glob}"]`), 'elsewhere/eu/b.yaml': '' });
  mkdirSync(dirname(join(dir, link)), { recursive: true });
  symlinkSync(join(dir, 'elsewhere'), join(dir, link));
  const { findings } = await load(folder(dir));
  expect(findings.filter(({ code }) => code === 'roster-link')).toHaveLength(times);
});
