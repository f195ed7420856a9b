/** The spreadsheets of examples/import, as its muster.yaml says to try them. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Folder, muster, tempFolder } from '../support/shell.ts';

const AT = Date.parse('2026-11-25T12:00:00Z');

let folder: Folder;
beforeEach(async () => {
  folder = await tempFolder({}, 'examples/import');
});
afterEach(() => folder.remove());

const run = (...args: readonly string[]) => muster(args, { cwd: folder.path, at: AT });

test('every command that its muster.yaml names is tried here', () => {
  const config = readFileSync('examples/import/muster.yaml', 'utf8');
  const named = [...config.matchAll(/muster import (?:"([^"]+)"|(\S+)) --dry-run/g)].map(
    ([, quoted, bare]) => quoted ?? bare,
  );
  expect(named).toEqual(['matrix.csv', 'Skillplan Dezember.xlsx', 'changes.csv']);
});

test.each([
  ['matrix.csv', 'Windows-1252, semicolons between cells', '0 to add, 2 to change, 1 to remove'],
  ['Skillplan Dezember.xlsx', 'sheet Dezember, one of 2', '2 to add, 1 to change, 0 to remove'],
  ['changes.csv', 'UTF-8, commas between cells', '1 to add, 1 to change, 2 to remove'],
])('%s is understood, written, and then says nothing new', async (file, how, summary) => {
  const dry = await run('import', file, '--dry-run');
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toContain(`${file} (${how}) for org emea, as of 2026-11-25\n`);
  expect(dry.stdout).toContain(`\nImport: ${summary}.\n`);
  expect((await run('import', file, '--yes')).code).toBe(0);
  expect((await run('validate')).stdout).toContain('Valid: 4 people in 2 files.');
  const again = await run('import', file, '--yes');
  expect(again.stdout).toContain('No changes. The rosters say what the table says.');
});

test('comments and order stay, and only the lines concerned are other ones', async () => {
  const before = await folder.read('rosters/billing.yaml');
  await run('import', 'changes.csv', '--yes');
  expect(await folder.read('rosters/billing.yaml')).toBe(
    before
      .replace('until: 2026-12-31, reason', 'until: 2027-01-31, reason')
      .replace('    skills:\n      Dutch: 100\n', '')
      .replace(
        'Chat: novice\n',
        'Chat: novice\n      Refunds: absent\n      Spanish: { proficiency: novice, from: 2026-12-01 }\n',
      ),
  );
});
