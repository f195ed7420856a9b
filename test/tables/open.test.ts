/** Files that are no tables, empty, or far too large are refused by what their bytes are, whatever they are called. */
import { expect, test } from 'vitest';
import { readTable } from '../../src/tables/table.ts';
import { told } from '../desired/world.ts';
import { changes } from './world.ts';
import { workbook, zip } from './zip.ts';

const opened = (bytes: Uint8Array | string, sheet?: string) => {
  const read = readTable('t.csv', typeof bytes === 'string' ? Buffer.from(bytes) : bytes, sheet);
  return read.table?.how ?? told(read.findings)[0];
};

test.each([
  ['UTF-8, commas between cells', 'user,skill\na,b\n'],
  ['UTF-8, tabs between cells', '\ufeffuser\tskill\na\tb\n'],
  ['UTF-16, bars between cells', Buffer.from('\ufeffuser|skill\na|b\n', 'utf16le')],
  ['Windows-1252, semicolons between cells', Buffer.from('user;skill\nJ\u00fcrgen;b\n', 'latin1')],
  [
    'sheet One',
    workbook({
      rows: '<row><c t="str"><v>user</v></c><c t="str"><v>Chat</v></c></row><row><c t="str"><v>ana</v></c></row>',
    }),
  ],
])('%s', (how, bytes) => {
  expect(opened(bytes)).toBe(how);
});

test.each([
  ['table-empty -', ''],
  ['table-empty -', ' ;;\n\n'],
  ['table-empty -', workbook({ rows: '' })],
  ['table-header t.csv:3:1', '\n\nnothing;of;this\n'],
  ['table-format -', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3])],
  ['table-format -', zip([{ name: 'a', content: 'b' }])],
  ['table-format -', Buffer.from('PK\u0003\u0004 and then nothing')],
  ['table-encoding -', Buffer.from([0x75, 0, 0x01, 0x02, 0x03])],
  ['table-quotes t.csv:2:1', 'user;skill\n"a;b\n'],
  ['table-too-large -', Buffer.alloc(50_000_001, 'a')],
  ['table-too-large -', `user;skill\n${';'.repeat(4_000_001)}a`],
  ['table-sheet -', workbook({ rows: '', workbook: '<workbook/>' })],
])('%s', (finding, bytes) => {
  expect(opened(bytes)).toBe(finding);
});

test('a workbook that unpacks to more than any table needs is told of as too large', () => {
  const rows = `<row>${'<c><v>1</v></c>'.repeat(100)}</row>`;
  const bomb = workbook({ rows }, [{ name: 'xl/huge.xml', content: Buffer.alloc(200_000_001) }]);
  expect(bomb.length).toBeLessThan(1_000_000);
  expect(opened(bomb)).toBe('table-too-large -');
});

test('an .xlsx with a wrong name, or a text with the name of a workbook, is read as what it is', async () => {
  const made = await changes('user;skill;level\ncem;Chat;7\n', { file: 'team.xlsx' });
  expect(made.changes).toHaveLength(1);
});

test('dates, errors and truth values where names are wanted', async () => {
  const styles = '<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const text = (value: string) => `<c t="str"><v>${value}</v></c>`;
  const date = '<c s="1"><v>46418</v></c>';
  const made = await changes(
    workbook({
      styles,
      rows: `<row>${['user', 'skill', 'level'].map(text).join('')}</row>
        <row>${date}${text('Chat')}<c><v>7</v></c></row>
        <row>${text('cem')}${date}<c><v>7</v></c></row>
        <row>${text('cem')}${text('Chat')}<c t="e"><v>#REF!</v></c></row>
        <row><c><v>1.5</v></c>${text('Chat')}<c t="b"><v>1</v></c></row>`,
    }),
  );
  expect(told(made.findings)).toEqual([
    'table-cell team.csv:2:1',
    'table-cell team.csv:3:2',
    'table-cell team.csv:4:3',
  ]);
});
