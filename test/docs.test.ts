/** The documentation as part of the product: what it shows is what happens, and where it points there is something. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WRONG_USAGE } from '../src/cli/exit.ts';
import { UNDELIVERED } from '../src/cli/session.ts';
import { FORGE_CODES } from '../src/forge/codes.ts';
import { HTTP_CODES } from '../src/http/codes.ts';
import { LEDGER_CODES } from '../src/ledger/codes.ts';
import { PROVIDER_CODES } from '../src/providers/codes.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { muster, quickStart, tempFolder } from './support/shell.ts';

const readme = readFileSync('README.md', 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 } });
});
afterAll(() => sandbox.close());

const quickstart = async () => {
  const folder = await quickStart(sandbox.url);
  return folder;
};

test('the README shows the plan of the quick start as it is', async () => {
  const folder = await quickstart();
  const ran = await muster(['plan', '--as-of', '2026-11-23'], {
    cwd: folder.path,
    env: { MUSTER_TOKEN: sandbox.token },
  });
  await folder.remove();
  expect(ran.code, ran.stderr).toBe(0);
  const [shown = ''] = blocks(readme, 'text');
  const pieces = shown.replace('$ muster plan\n', '').split('...\n');
  expect(pieces).toHaveLength(2);
  for (const piece of pieces) expect(ran.stdout).toContain(piece);
});

test('the sandbox has the token and the port that the README and the example name', async () => {
  expect(readme).toContain(`MUSTER_TOKEN=${sandbox.token}`);
  const help = await muster(['sandbox', '--help'], { cwd: '.' });
  expect(help.stdout).toContain('(default: 8787)');
});

test('every YAML block of the README and of docs/files.md is valid', async () => {
  const all = [...blocks(readme, 'yaml'), ...blocks(readFileSync('docs/files.md', 'utf8'), 'yaml')];
  const config = all.find((text) => text.includes('baseUrl: https://eu.mypurecloud.com'));
  const rosters = all.filter((text) => /^users:/m.test(text));
  expect(config).toBeDefined();
  expect(rosters.length).toBeGreaterThan(0);
  for (const roster of rosters) {
    const folder = await tempFolder({ 'muster.yaml': config ?? '', 'rosters/a.yaml': roster });
    const ran = await muster(['validate'], { cwd: folder.path });
    await folder.remove();
    expect(ran.stdout, roster).toMatch(/^Valid: /);
  }
});

test('every command is in the table, and nothing else', async () => {
  const { stdout } = await muster(['--help'], { cwd: '.' });
  const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: \S+)* {2,}/gm)].map((match) => match[1]);
  const table = [...readme.matchAll(/^\| `muster ([a-z]+)` +\|/gm)].map((match) => match[1]);
  expect(table).toEqual(commands.filter((name) => name !== 'help'));
});

test('every link leads somewhere', () => {
  for (const page of pages) {
    const text = readFileSync(page, 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
      (match) => match[1] ?? '',
    );
    for (const link of links) {
      expect(existsSync(join(dirname(page), link)), `${page} -> ${link}`).toBe(true);
    }
  }
});

test('every error code of the transport and the providers is on docs/errors.md, and nothing else', () => {
  const text = readFileSync('docs/errors.md', 'utf8');
  const described = [...text.matchAll(/^## `([a-z-]+)`$/gm)].map((match) => match[1]);
  expect(new Set(described)).toEqual(
    new Set([
      ...Object.keys(HTTP_CODES),
      ...Object.keys(PROVIDER_CODES),
      ...Object.keys(LEDGER_CODES),
      ...Object.keys(FORGE_CODES),
      ...OWN_CODES,
      ...[WRONG_USAGE, UNDELIVERED],
    ]),
  );
});

/** Codes of the shell, of apply and of the folder, beside the tables. */
const OWN_CODES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(cli|apply|plan|sandbox|desired|pull)\/.*\.ts$/.test(name))
  .flatMap((name) => {
    const text = readFileSync(`src/${name}`, 'utf8');
    const thrown = [...text.matchAll(/new MusterError\(\s*'([a-z-]+)'/g)];
    const stops = name.startsWith('apply/') ? [...text.matchAll(/\bcode: '([a-z-]+)'/g)] : [];
    return [...thrown, ...stops].map((match) => match[1] ?? '');
  });

test('every changelog entry says in its head how large a step it is', () => {
  const entries = readdirSync('.changeset').filter((name) => name.endsWith('.md'));
  expect(entries.length).toBeGreaterThan(0);
  for (const name of entries) {
    const text = readFileSync(join('.changeset', name), 'utf8');
    expect(text, name).toMatch(/^---\n'musterctl': (major|minor|patch)\n---\n\n\S/);
  }
});

test('every threat on the security page names a test that is there', () => {
  const page = readFileSync('docs/security.md', 'utf8');
  const rows = [...page.matchAll(/\| `(test\/[\w/.-]+\.test\.ts)`: (.+?) +\|$/gm)];
  expect(rows.length).toBeGreaterThan(20);
  for (const [, file = '', title = ''] of rows) {
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, 'utf8'), `${file}: ${title}`).toContain(title);
  }
});
