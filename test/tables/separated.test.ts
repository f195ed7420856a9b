/** Text with any separator comes to the same cells, and quotes that do not match are told with their place. */
import { expect, test } from 'vitest';
import { tableScore } from '../../src/tables/header.ts';
import { separate } from '../../src/tables/separated.ts';

const cells = (text: string) =>
  separate(text, tableScore).grid?.map((row) =>
    row.cells.map((cell) => (cell?.is === 'text' ? cell.text : '')),
  );

test.each([',', ';', '\t', '|'])('%j is found out', (separator) => {
  const text = [`E-Mail${separator}Skill`, `ana@example.com${separator}"a,b;c\t|d"`].join('\n');
  expect(cells(text)).toEqual([
    ['E-Mail', 'Skill'],
    ['ana@example.com', 'a,b;c\t|d'],
  ]);
});

test('the separator of the headers counts, however many others stand below', () => {
  expect(cells('user;skill;note\nana;"Billing";a,b,c,d,e,f,g\n')?.[1]).toEqual([
    'ana',
    'Billing',
    'a,b,c,d,e,f,g',
  ]);
});

test('a first line that says the separator is obeyed, and is no row', () => {
  const made = separate('sep=|\nuser|skill\nana|a;b;c\n', tableScore);
  expect(made.grid?.map(({ number }) => number)).toEqual([1, 2]);
});

test.each([
  ['\r\n', 'of Windows'],
  ['\n', 'of Unix'],
  ['\r', 'of old Macs'],
])('line ends %j %s', (end) => {
  expect(cells(['user;skill', 'ana;Billing', 'ben;Chat'].join(end))).toHaveLength(3);
});

test('mixed line ends part rows as well', () => {
  expect(cells('user;skill\r\nana;Billing\nben;Chat\r\n')).toHaveLength(3);
});

test('empty rows are counted and left out, line breaks in quotes are part of the cell', () => {
  const { grid } = separate('user;skill\n;;\n\nana;"a\nb"\n \u00a0;\nben;c\n', tableScore);
  expect(grid?.map(({ number }) => number)).toEqual([1, 4, 6]);
  expect(grid?.[1]?.cells[1]).toEqual({ is: 'text', text: 'a\nb' });
});

test.each([
  ['user;skill\nana;"Billing\nben;Chat\n', { row: 2, col: 2 }],
  ['user;skill;note\nana;a;"x\nben;b;"y"\n', { row: 2, col: 3 }],
  ['user;skill\nana;5" screen\n', { row: 2, col: 2 }],
])('quotes that do not match: %j', (text, at) => {
  expect(separate(text, tableScore)).toEqual({ grid: undefined, at });
});

test('a long file is looked at from its beginning only, and read whole', () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => `user${n}@example.com;Billing;${n % 100}`);
  expect(cells(['user;skill;level', ...rows].join('\n'))).toHaveLength(5_001);
});
