/** The packed tarball, installed into an empty folder as a stranger would: what is published is what works. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, musterProcess, tempFolder } from '../support/shell.ts';

let folder: Folder;
let command: string[];

beforeAll(async () => {
  folder = await tempFolder({ 'package.json': '{ "name": "somebody", "private": true }' });
  const npm = (args: readonly string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  npm(['pack', '--ignore-scripts', '--pack-destination', folder.path], '.');
  const [tarball = ''] = readdirSync(folder.path).filter((name) => name.endsWith('.tgz'));
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder.path);
  command = [join(folder.path, 'node_modules/musterctl/dist/cli/main.js')];
}, 180_000);
afterAll(() => folder.remove());

test('npx and a global install find one command, muster', () => {
  const installed = join(folder.path, 'node_modules/musterctl/package.json');
  const { bin } = JSON.parse(readFileSync(installed, 'utf8')) as { bin: Record<string, string> };
  expect(Object.keys(bin)).toEqual(['muster']);
  expect(readdirSync(join(folder.path, 'node_modules/.bin'))).toContain('muster');
  expect(
    execFileSync('npx', ['--no-install', 'musterctl', '--version'], {
      cwd: folder.path,
      encoding: 'utf8',
    }),
  ).toMatch(/^\d/);
});

test('muster --version', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await musterProcess(['--version'], { cwd: folder.path, command })).toEqual({
    code: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
});

test('muster demo', async () => {
  const ran = await musterProcess(['demo'], { cwd: folder.path, command });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('No changes. Live skills match the files.');
}, 60_000);
