/** Rows -> CSV (RFC 4180), as spreadsheets open it. */
import { defused } from './text.ts';

export type Value = string | number;

export interface CsvStyle {
  readonly separator: ',' | ';' | '\t';
  /** Whether it begins with a byte order mark. */
  readonly mark: boolean;
}

/** Texts that a spreadsheet would take for formulas get an apostrophe, which an import takes off again. */
export function csvText(
  rows: readonly (readonly Value[])[],
  { separator, mark }: CsvStyle,
): string {
  const cell = (value: Value) =>
    typeof value === 'number' ? numberText(value, separator) : quoted(defused(value), separator);
  return (mark ? '\ufeff' : '') + lines(rows, separator, cell);
}

/** For programs: nothing is put before a text, and decimals have a point. */
export function plainCsv(rows: readonly (readonly Value[])[]): string {
  return lines(rows, ',', (value) => quoted(String(value), ','));
}

function lines(
  rows: readonly (readonly Value[])[],
  separator: string,
  cell: (value: Value) => string,
): string {
  return rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join('');
}

/** Where semicolons part the cells, a comma parts the decimals: 4.5 would be opened as a day of May. */
function numberText(value: number, separator: string): string {
  const text = String(value);
  return separator === ';' ? text.replace('.', ',') : text;
}

function quoted(text: string, separator: string): string {
  const needs = /["\r\n]|^\s|\s$/.test(text) || text.includes(separator);
  return needs ? `"${text.replaceAll('"', '""')}"` : text;
}
