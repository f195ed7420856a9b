/** Workbooks: those of real programs, every sort of cell, and archives that are broken, locked or bombs. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shown } from '../../src/tables/text.ts';
import { openWorkbook } from '../../src/tables/xlsx/workbook.ts';
import { Unreadable, unzip } from '../../src/tables/xlsx/zip.ts';
import { told } from '../desired/world.ts';
import { changes, inLines } from './world.ts';
import { type Parts, workbook, zip } from './zip.ts';

const corpus = (name: string) => readFileSync(`test/tables/corpus/${name}`);

const GERMAN = [
  'ana@example.com Billing: expert -> expert + skilled from 2026-12-01 until 2027-01-31',
  'ana@example.com Chat: 40 -> 45',
  'ben@example.com Refunds: - -> 40',
  'cem Chat: 80 -> 80 + expert until 2026-12-31',
];

test.each(['german.xlsx', 'dates-from-1904.xlsx', 'other-program.xlsx'])(
  '%s: titles, rich text, dates, formulas, spaces and a hidden sheet are as a person sees them',
  async (name) => {
    const made = await changes(corpus(name));
    expect(made.findings).toEqual([]);
    expect(inLines(made)).toEqual(GERMAN);
  },
);

test.each(['windows-1252.csv', 'utf-16-tabs.csv'])(
  '%s, as saved on a German machine, is the same but for the month in words',
  async (name) => {
    const made = await changes(corpus(name));
    expect(told(made.findings)).toEqual(['table-date team.csv:5:5']);
    expect(inLines(made)).toEqual(GERMAN.slice(0, 3));
  },
);

test('every cell that no person could have meant is told', async () => {
  expect(told((await changes(corpus('nasty.xlsx'))).findings)).toEqual([
    'table-value team.csv:2:3',
    'table-value team.csv:3:3',
    'table-date team.csv:4:4',
    'table-cell team.csv:5:3',
    'table-cell team.csv:6:3',
    'table-row-incomplete team.csv:8:1',
    'table-date team.csv:9:5',
    'table-date team.csv:10:5',
  ]);
  const formulas = await changes(corpus('formulas-without-results.xlsx'));
  expect(formulas.findings.map(({ code, message }) => [code, message])).toContainEqual([
    'table-cell',
    'The cell holds a formula without a result.',
  ]);
});

test('another sheet by its name, be it hidden', async () => {
  const made = await changes(corpus('german.xlsx'), { sheet: 'Archiv' });
  expect(told(made.findings)).toEqual(['table-user-unknown team.csv:2:1']);
  const none = await changes(corpus('german.xlsx'), { sheet: 'Skils' });
  expect(none.findings).toMatchObject([{ code: 'table-sheet', hint: 'It shows: `Skills Q1`.' }]);
  const text = await changes('user;skill', { sheet: 'Skills' });
  expect(told(text.findings)).toEqual(['table-sheet -']);
});

test.each(['old.xls', 'open-document.ods'])('%s is refused with what to do', async (name) => {
  expect((await changes(corpus(name))).findings).toMatchObject([
    { code: 'table-format', hint: 'Save it as .xlsx or as CSV.' },
  ]);
});

const cellsOf = (parts: Parts) =>
  openWorkbook(workbook(parts))
    .sheet(undefined)
    ?.grid.map(({ number, cells }) => [number, ...cells.map((cell) => cell && shown(cell))]);

test('cells stand where their references say; rows and columns without any are counted', () => {
  const rows = `<row r="2"><c r="C2" t="inlineStr"><is><t>a &lt; b &#228;&#xe9;</t></is></c></row>
    <row r="5"><c t="str"><v>one</v></c><c t="n"><v>1.5</v></c></row><row r="6"><c r="A6" s="1"/></row>`;
  expect(cellsOf({ rows })).toEqual([
    [2, undefined, undefined, 'a < b äé'],
    [5, 'one', '1.5'],
  ]);
});

test('every type of cell', () => {
  const strings =
    '<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>x</t></rPh></si><si><t>_x0041_b</t></si><si><t><![CDATA[<c>]]></t></si></sst>';
  const types = [
    '<c t="s"><v>0</v></c>',
    '<c t="s"><v>1</v></c>',
    '<c t="s"><v>2</v></c>',
    '<c t="s"><v>3</v></c>',
    '<c t="b"><v>0</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<c t="d"><v>2027-01-31T00:00:00</v></c>',
    '<c t="str"><f>x</f></c>',
    '<c><f>1+1</f></c>',
    '<x:c><x:v>7</x:v></x:c>',
  ];
  expect(cellsOf({ rows: `<row>${types.join('')}</row>`, strings })).toEqual([
    [
      1,
      'plain',
      'rich',
      'Ab',
      '<c>',
      'FALSE',
      'the error #N/A',
      '2027-01-31T00:00:00',
      undefined,
      'a formula without a result',
      '7',
    ],
  ]);
});

test.each([
  ['General', '46418'],
  ['0.00', '46418'],
  ['#,##0 "days"', '46418'],
  ['dd/mm/yyyy', '2027-01-31'],
  ['[$-407]d\\. mmmm yyyy;@', '2027-01-31'],
  ['mmm', '2027-01-31'],
  ['[h]:mm', 'a time of day'],
  ['mm:ss', 'a time of day'],
  ['0.0%', '46418'],
  ['[Red]0;[Blue]-0', '46418'],
])('the format %s', (code, seen) => {
  const escaped = code.replaceAll('"', '&quot;');
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${escaped}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`;
  expect(cellsOf({ rows: '<row><c s="1"><v>46418</v></c></row>', styles })).toEqual([[1, seen]]);
});

test.each([
  [61, '1900-03-01'],
  [60, 'a day that cannot be told'],
  [46418.5, 'a time of day besides the day 2027-01-31'],
  [3e6, 'a day that cannot be told'],
])('the day of number %d', (serial, seen) => {
  const styles = '<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const rows = `<row><c s="1"><v>${serial}</v></c></row>`;
  expect(cellsOf({ rows, styles })).toEqual([[1, seen]]);
});

const refused = (bytes: Uint8Array) => {
  try {
    openWorkbook(bytes).sheet(undefined);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return undefined;
};

test.each([
  ['text where a number is', { rows: '<row><c><v>x</v></c></row>' }],
  ['a text that is not there', { rows: '<row><c t="s"><v>9</v></c></row>' }],
  ['rows in the wrong order', { rows: '<row r="3"/><row r="2"/>' }],
  ['a column there is not', { rows: '<row><c r="XFE1"/></row>' }],
  ['a reference that is none', { rows: '<row><c r="1A"/></row>' }],
  ['a tag that does not end', { rows: '<row><c' }],
  ['a document type', { rows: '', workbook: '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' }],
])('damage is refused, not read in part: %s', (_what, parts) => {
  expect(refused(workbook(parts))).toBe('is damaged');
});

test('an archive that is locked, is no workbook, or has a sum that does not fit', () => {
  const [name, content] = ['xl/other.xml', '<a/>'];
  expect(refused(zip([{ name, content, encrypted: true }]))).toBe('has a password');
  expect(refused(zip([{ name, content }]))).toBe('is no workbook');
  expect(refused(zip([{ name, content, crc: 7 }]))).toBe('is damaged');
  expect(refused(zip([{ name, content, stored: true }]))).toBe('is no workbook');
  expect(
    openWorkbook(workbook({ rows: '', workbook: '<workbook/>' })).sheet(undefined),
  ).toBeUndefined();
});

test('what unpacks to more than any table needs is not unpacked, whatever the archive says of it', () => {
  const bomb = zip([{ name: 'a.xml', content: Buffer.alloc(3_000_000) }]);
  expect(bomb.length).toBeLessThan(10_000);
  expect(() => unzip(bomb, { wanted: () => true, most: 1_000_000 })).toThrow(Unreadable);
  expect(unzip(bomb, { wanted: () => false, most: 1 }).size).toBe(0);
  const two = zip([
    { name: 'a.xml', content: 'x'.repeat(600), stored: true },
    { name: 'b.xml', content: 'y'.repeat(600), stored: true },
  ]);
  expect(() => unzip(two, { wanted: () => true, most: 1_000 })).toThrow('unpacks to far more');
});

test('however a workbook is torn or scrambled, it is read or refused, and nothing else', () => {
  const whole = corpus('german.xlsx');
  const hurt = fc.oneof(
    fc.nat(whole.length).map((end) => whole.subarray(0, end)),
    fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changed) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changed) bytes[at] = byte;
        return bytes;
      }),
  );
  fc.assert(
    fc.property(hurt, (bytes) => {
      expect(typeof refused(bytes)).toMatch(/string|undefined/);
    }),
    { numRuns: 300 },
  );
});
