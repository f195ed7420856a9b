/** Days in the forms that spreadsheets have; whatever could be two days is told and not taken. */
import { expect, test } from 'vitest';
import { TableFindings } from '../../src/tables/codes.ts';
import { type DateOrder, readDay } from '../../src/tables/days.ts';
import type { Cell } from '../../src/tables/grid.ts';

function read(cell: string | Cell | undefined, order?: DateOrder) {
  const findings = new TableFindings('t.csv');
  const written = typeof cell === 'string' ? ({ is: 'text', text: cell } as const) : cell;
  const day = readDay(written, { row: 2, col: 3 }, { order, findings });
  return day ?? findings.list().map(({ code }) => code)[0];
}

test.each([
  ['2027-01-31', '2027-01-31'],
  ['2027/1/31', '2027-01-31'],
  ['31.01.2027', '2027-01-31'],
  ['1.2.2027', '2027-02-01'],
  [' 31.01.2027\u00a0', '2027-01-31'],
  ['31/01/2027', '2027-01-31'],
  ['01/31/2027', '2027-01-31'],
  ['31-01-2027', '2027-01-31'],
  ['05/05/2027', '2027-05-05'],
  ['2027-01-31 00:00:00', '2027-01-31'],
  ['2027-01-31T00:00:00.000Z', '2027-01-31'],
])('%j is %s', (text, day) => {
  expect(read(text)).toBe(day);
});

test.each(['01/02/2027', '1-2-2027', '12/11/2026'])('%j can be two days', (text) => {
  expect(read(text)).toBe('table-date-ambiguous');
});

test('said what comes first, it is one', () => {
  expect(read('01/02/2027', 'dmy')).toBe('2027-02-01');
  expect(read('01/02/2027', 'mdy')).toBe('2027-01-02');
  expect(read('31/01/2027', 'mdy')).toBe('table-date');
  expect(read('01.02.2027', 'mdy')).toBe('2027-02-01');
});

test.each([
  '31.02.2027',
  '29.02.2027',
  '31.01.27',
  '31. Januar 2027',
  'soon',
  '46418',
  '2027-01-31 14:00',
  '31/01-2027',
])('%j is none', (text) => {
  expect(read(text)).toBe('table-date');
});

test('cells of a workbook are days, or say why not', () => {
  expect(read({ is: 'day', day: '2027-01-31' })).toBe('2027-01-31');
  expect(read({ is: 'number', value: 46_418, percent: false })).toBe('table-date');
  expect(read({ is: 'odd', why: 'a time of day' })).toBe('table-date');
  expect(read(undefined)).toBeUndefined();
  expect(read(' ')).toBeUndefined();
});
