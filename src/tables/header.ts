/** The row of headers: where it is, and what each column is for. */
import { distance } from 'fastest-levenshtein';
import type { TableFindings } from './codes.ts';
import type { At, Grid, Row } from './grid.ts';
import { isBlank, shown } from './text.ts';
import { bareWord, HEADERS, type Role, roleOf } from './words.ts';

export interface Column {
  /** From 0. */
  readonly index: number;
  readonly text: string;
  readonly role: Role | undefined;
}

export interface Header {
  readonly columns: readonly Column[];
  readonly at: At;
  /** The rows below it. */
  readonly rows: readonly Row[];
}

const WHO: ReadonlySet<Role | undefined> = new Set<Role>(['user', 'id', 'name']);
/** Above the headers there may be a title and a date, not a page of text. */
const SEARCHED = 20;

export function findHeader(grid: Grid): Header | undefined {
  for (const [index, row] of grid.slice(0, SEARCHED).entries()) {
    const columns = columnsOf(row);
    if (columns.length < 2 || !columns.some(isWho)) continue;
    return { columns, at: { row: row.number, col: 1 }, rows: grid.slice(index + 1) };
  }
  return undefined;
}

export function isWho({ role }: Column): boolean {
  return WHO.has(role);
}

/** How much of a table the rows look: by the columns that are known, then by how many there are. */
export function tableScore(grid: Grid): number {
  const { columns = [] } = findHeader(grid) ?? {};
  return columns.filter(({ role }) => role).length * 1000 + columns.length;
}

function columnsOf(row: Row): Column[] {
  return row.cells.flatMap((cell, index) => {
    if (cell === undefined || isBlank(cell)) return [];
    const text = shown(cell);
    return [{ index, text, role: roleOf(text) }];
  });
}

/** Cells below no header: what they say would be lost unseen. */
export function tellHeadless({ columns, rows }: Header, findings: TableFindings): void {
  const known = new Set(columns.map(({ index }) => index));
  for (const { number, cells } of rows)
    cells.forEach((cell, index) => {
      if (known.has(index) || isBlank(cell)) return;
      findings.add(
        'table-header',
        { row: number, col: index + 1 },
        {
          message: `Column ${index + 1} has cells, but no header.`,
          hint: 'Write what the column is, or empty it; a decimal comma needs quotes where commas part the cells.',
        },
      );
    });
}

/** The header that a word which is none was meant to be: a letter or two off, or two of them exchanged. */
export function meantHeader(text: string): string | undefined {
  const word = bareWord(text);
  const letters = [...word].sort().join('');
  const most = word.length < 6 ? 1 : 2;
  return Object.values(HEADERS)
    .flat()
    .find(
      (header) =>
        header.length > 3 &&
        (distance(header, word) <= most || [...header].sort().join('') === letters),
    );
}
