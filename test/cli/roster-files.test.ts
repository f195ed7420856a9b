/** Rosters on the disk are what they were loaded as, or nothing is made of them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { overlay, readRosters, saveRosters } from '../../src/cli/roster-files.ts';
import { folder as files } from '../../src/desired/folder.ts';
import { type Folder, tempFolder } from '../support/shell.ts';

let folder: Folder;
beforeEach(async () => {
  folder = await tempFolder({ 'rosters/a.yaml': '\ufeffversion: 1\r\n', 'rosters/b.yaml': 'b\n' });
});
afterEach(() => folder.remove());

const A = 'rosters/a.yaml';

test('they are read with their marks and line ends, unless they were changed since they were loaded', async () => {
  const texts = new Map([[A, 'version: 1\r\n']]);
  expect(await readRosters(folder.path, [A], texts)).toEqual([
    { path: A, text: '\ufeffversion: 1\r\n' },
  ]);
  await folder.write(A, 'version: 2\n');
  await expect(readRosters(folder.path, [A], texts)).rejects.toMatchObject({
    code: 'roster-changed',
  });
});

test('over the folder, files are changed and added without being written', async () => {
  const source = overlay(files(folder.path), [
    { path: A, text: 'a\n' },
    { path: 'rosters/c.yaml', text: 'c\n' },
  ]);
  expect(await source.list()).toEqual([A, 'rosters/b.yaml', 'rosters/c.yaml']);
  const read = async (path: string) => Buffer.from(await source.read(path)).toString();
  expect(await Promise.all([A, 'rosters/b.yaml', 'rosters/c.yaml'].map(read))).toEqual([
    'a\n',
    'b\n',
    'c\n',
  ]);
  expect(await folder.read(A)).toBe('\ufeffversion: 1\r\n');
});

test('all of them are written, or none', async () => {
  const before = [{ path: A, text: '\ufeffversion: 1\r\n' }];
  const changed = [
    { path: A, text: 'a\n' },
    { path: 'rosters/b.yaml', text: 'mine\n' },
  ];
  await expect(saveRosters(folder.path, changed, before)).rejects.toMatchObject({
    code: 'roster-changed',
    message: 'The file rosters/b.yaml was changed meanwhile.',
  });
  expect(await folder.read(A)).toBe('\ufeffversion: 1\r\n');
  await saveRosters(folder.path, changed, [...before, { path: 'rosters/b.yaml', text: 'b\n' }]);
  expect(await folder.read('rosters/b.yaml')).toBe('mine\n');
});
