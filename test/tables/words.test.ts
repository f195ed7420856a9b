/** The words above columns, and the page that lists them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTIONS, bareWord, HEADERS, prefixed, roleOf } from '../../src/tables/words.ts';

test('docs/tables.md lists every header that is understood, and no other', () => {
  const page = readFileSync('docs/tables.md', 'utf8');
  const [, section = ''] = /### Headers\n([\s\S]*?)\n### /.exec(page) ?? [];
  const rows = [...section.matchAll(/^\| .* \| ((?:`[a-z]+`(?:, )?)+) *\|$/gm)];
  const listed = rows.flatMap(([, words = '']) => words.replaceAll('`', '').trim().split(', '));
  expect(listed).toEqual(Object.values(HEADERS).flat());
});

test('no word means two columns, and every word is as it is looked up', () => {
  const words = Object.values(HEADERS).flat();
  expect(new Set(words).size).toBe(words.length);
  expect(words.filter((word) => bareWord(word) !== word)).toEqual([]);
  const actions = Object.values(ACTIONS).flat();
  expect(new Set(actions).size).toBe(actions.length);
});

test('case, accents, spaces and punctuation make no difference', () => {
  expect(roleOf(' E-Mail-Adresse: ')).toBe('user');
  expect(roleOf('Gu\u0308ltig bis')).toBe('until');
  expect(roleOf('GÜLTIG_AB')).toBe('from');
  expect(roleOf('skillId')).toBe('skill-id');
  expect(roleOf('Größe')).toBeUndefined();
});

test('a kind before a name is told from a header', () => {
  expect(prefixed('Language : Spanish')).toEqual({ kind: 'language', name: 'Spanish' });
  expect(prefixed('skill: Name')).toEqual({ kind: 'skill', name: 'Name' });
  expect(prefixed('Team: A')).toBeUndefined();
  expect(roleOf('skill: Name')).toBeUndefined();
  expect(roleOf('skill:')).toBe('skill');
});
