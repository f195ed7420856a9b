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
