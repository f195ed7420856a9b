/** The bytes of a file -> its table: by what the bytes are, not by what the file is called. */
import type { TableFindings } from './codes.ts';
import { decode } from './decode.ts';
import { type Grid, MOST_CELLS } from './grid.ts';
import { tableScore } from './header.ts';
import { separate } from './separated.ts';
import { openWorkbook } from './xlsx/workbook.ts';
import { Unreadable } from './xlsx/zip.ts';

export interface Opened {
  readonly grid: Grid;
  /** How it was read, in words for people. */
  readonly how: string;
}

const MOST_BYTES = 50_000_000;
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** The container of old Excel files, and of new ones with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

/** Undefined where it cannot be read: then a finding says why. */
export function openTable(
  bytes: Uint8Array,
  { sheet, findings }: { readonly sheet: string | undefined; readonly findings: TableFindings },
): Opened | undefined {
  if (bytes.length > MOST_BYTES) return tooLarge('has more than 50 million bytes', findings);
  if (begins(bytes, COMPOUND))
    return notATable('is an old Excel file, or has a password', findings);
  const opened = begins(bytes, ZIP)
    ? openXlsx(bytes, { sheet, findings })
    : openText(bytes, { sheet, findings });
  if (opened === undefined) return undefined;
  if (opened.grid.length === 0) {
    findings.add('table-empty', undefined, {
      message: 'The table is empty.',
      hint: 'Name a file that has rows, or another sheet with --sheet.',
    });
    return undefined;
  }
  return opened;
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

interface How {
  readonly sheet: string | undefined;
  readonly findings: TableFindings;
}

function openXlsx(bytes: Uint8Array, { sheet, findings }: How): Opened | undefined {
  try {
    const book = openWorkbook(bytes);
    const found = book.sheet(sheet);
    if (found) return { grid: found.grid, how: sheetWords(found.name, book.sheets) };
    findings.add('table-sheet', undefined, {
      message: sheet === undefined ? 'The file shows no sheet.' : `There is no sheet \`${sheet}\`.`,
      hint: `It shows: ${book.sheets.map((name) => `\`${name}\``).join(', ')}.`,
    });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (error.tooLarge) return tooLarge(error.message, findings);
    return notATable(error.message, findings);
  }
  return undefined;
}

/** Whoever keeps one sheet a team is to see that just one is read. */
function sheetWords(name: string, all: readonly string[]): string {
  return all.length < 2 ? `sheet ${name}` : `sheet ${name}, one of ${all.length}`;
}

function openText(bytes: Uint8Array, { sheet, findings }: How): Opened | undefined {
  if (sheet !== undefined) {
    findings.add('table-sheet', undefined, {
      message: 'A text file has no sheets.',
      hint: 'Leave out --sheet.',
    });
    return undefined;
  }
  const decoded = decode(bytes);
  if (decoded.text === undefined) {
    findings.add('table-encoding', undefined, {
      message: `The file ${decoded.why}.`,
      hint: 'Save it as .xlsx, or as CSV in UTF-8.',
    });
    return undefined;
  }
  const separated = separate(decoded.text, tableScore);
  if (separated.grid === undefined) {
    findings.add('table-quotes', separated.at, {
      message: 'Quotes do not match here, so it cannot be told where the cell ends.',
      hint: 'Put the whole cell in quotes, and write quotes within it twice.',
    });
    return undefined;
  }
  const cells = separated.grid.reduce((sum, row) => sum + row.cells.length, 0);
  if (cells > MOST_CELLS) return tooLarge('has more cells than any table', findings);
  return {
    grid: separated.grid,
    how: `${decoded.encoding}, ${NAMES[separated.separator]} between cells`,
  };
}

function notATable(why: string, findings: TableFindings): undefined {
  findings.add('table-format', undefined, {
    message: `The file ${why}.`,
    hint: 'Save it as .xlsx or as CSV.',
  });
}

function tooLarge(why: string, findings: TableFindings): undefined {
  findings.add('table-too-large', undefined, {
    message: `The file ${why}.`,
    hint: 'Take out what is not about people and skills, or import it in parts.',
  });
}
