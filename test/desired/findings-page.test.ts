import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CODES } from '../../src/desired/codes.ts';
import { MOVED_CODES } from '../../src/diff/moved.ts';
import { FINDING_CODES } from '../../src/providers/codes.ts';
import { EDIT_CODES } from '../../src/rosters/codes.ts';
import { TABLE_CODES } from '../../src/tables/codes.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the page describes every code once, in order, and no other', () => {
  const described = [...read('docs/findings.md').matchAll(/^### `([a-z-]+)`$/gm)].map(
    ([, code]) => code,
  );
  expect(described).toEqual(
    [
      ...new Set([...CODES, ...FINDING_CODES, ...MOVED_CODES, ...EDIT_CODES, ...TABLE_CODES]),
    ].sort(),
  );
});

test('every code says what it means, shows an example and how it is cured', () => {
  const sections = read('docs/findings.md').split(/^### /m).slice(1);
  const lacking = sections.filter(
    (section) => !/```|`[^`]+`.*\n/.test(section) || !section.includes('Cure:'),
  );
  expect(lacking.map((section) => section.split('\n')[0])).toEqual([]);
});

test('every code is used', () => {
  const sources = readdirSync(new URL('../../src/desired/', import.meta.url))
    .filter((file) => file !== 'codes.ts')
    .map((file) => read(`src/desired/${file}`))
    .join('\n');
  expect(CODES.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test('every finding of the providers is used', () => {
  const sources = ['names.ts', 'normalize.ts']
    .map((file) => read(`src/providers/${file}`))
    .join('\n');
  expect(FINDING_CODES.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test('every finding of tables is used', () => {
  const folder = new URL('../../src/tables/', import.meta.url);
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'codes.ts')
    .map((file) => read(`src/tables/${file}`))
    .join('\n');
  const all = sources + read('src/cli/importing.ts');
  expect(TABLE_CODES.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
});
