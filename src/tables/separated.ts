/** Text -> grid, whichever separator it has. Quotes that do not match are a finding: a cell must not swallow rows. */
import { CsvError, parse } from 'csv-parse/sync';
import type { At, Cell, Grid, Row } from './grid.ts';

type Separator = ',' | ';' | '\t' | '|';

export type Separated =
  | { readonly grid: Grid; readonly separator: Separator }
  | { readonly grid: undefined; readonly at: At };

const SEPARATORS: readonly Separator[] = [';', ',', '\t', '|'];
/** The first line by which a spreadsheet program is told the separator; it shows no row of it. */
const SAID = /^"?sep=([,;\t|])"?\n/i;
const HEAD_ROWS = 40;
const HEAD_CHARS = 65_536;

/** `score` says how much of a table the first rows look; the separator with the best score is the file's. */
export function separate(text: string, score: (grid: Grid) => number): Separated {
  const lines = text.replace(/\r\n?/g, '\n');
  const said = SAID.exec(lines);
  if (said) return whole(lines.slice(said[0].length), said[1] as Separator);
  const head = lines.slice(0, HEAD_CHARS).split('\n').slice(0, HEAD_ROWS);
  const scores = SEPARATORS.map((separator) => ({
    separator,
    score: score(glance(head, separator)),
  }));
  const [best] = scores.sort((a, b) => b.score - a.score);
  return whole(lines, (best as { separator: Separator }).separator);
}

/** Roughly what the rows would be: enough to tell which separator makes a table of them. */
function glance(lines: readonly string[], separator: Separator): Grid {
  const bare = (cell: string) => cell.trim().replace(/^"(.*)"$/, '$1');
  return toGrid(lines.map((line) => line.split(separator).map(bare)));
}

function whole(text: string, separator: Separator): Separated {
  try {
    const rows = parse(text, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
    });
    return { grid: toGrid(rows), separator };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      grid: undefined,
      at: { row: Number(error.records) + 1, col: Number(error.column) + 1 },
    };
  }
}

function toGrid(rows: readonly (readonly string[])[]): Grid {
  return rows.flatMap((cells, index): Row[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    return [{ number: index + 1, cells: cells.map(toCell) }];
  });
}

function toCell(text: string): Cell | undefined {
  return text === '' ? undefined : { is: 'text', text };
}
