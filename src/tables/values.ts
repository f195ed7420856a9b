/** Proficiencies as spreadsheets write them: numbers with a point or a comma, levels, `absent`. */
import type { TableFindings } from './codes.ts';
import type { At, Cell } from './grid.ts';
import { even, undefused } from './text.ts';

/** A number, or a word that may be a level. */
export type Written = number | string;

/** A comma or point never parts thousands: no platform's scale goes so far. */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i;
/** So many digits a spreadsheet shows of a number; the ones behind are noise of its arithmetic. */
const DIGITS = 15;

/** Undefined where the cell is empty, and where it is a finding. */
export function readValue(
  cell: Cell | undefined,
  at: At,
  findings: TableFindings,
): Written | undefined {
  switch (cell?.is) {
    case undefined:
      return undefined;
    case 'text':
      return readText(even(undefused(cell.text)), at, findings);
    case 'number':
      if (!cell.percent) return Number(cell.value.toPrecision(DIGITS));
      return wrong(findings, at, {
        message: `A proficiency is shown as ${Number((cell.value * 100).toPrecision(DIGITS))} %.`,
        hint: 'Write the number of the scale, in a cell that is not formatted as a percentage.',
      });
    case 'day':
      return wrong(findings, at, {
        message: `The day ${cell.day} stands where a proficiency is wanted.`,
        hint: 'Write the number in a cell formatted as text: spreadsheets make dates of 4.5.',
      });
    case 'odd':
      oddCell(cell, at, findings);
      return undefined;
  }
}

/** What no person typed into a cell that counts. */
function oddCell(cell: Cell & { readonly is: 'odd' }, at: At, findings: TableFindings): void {
  findings.add('table-cell', at, {
    message: `The cell holds ${cell.why}.`,
    hint: 'Write the value itself, or leave the cell empty.',
  });
}

function readText(text: string, at: At, findings: TableFindings): Written | undefined {
  if (text === '') return undefined;
  if (/%$/.test(text))
    return wrong(findings, at, {
      message: `\`${text}\` is a percentage.`,
      hint: 'Write the number of the scale.',
    });
  return NUMBER.test(text) ? Number(text.replace(',', '.')) : text;
}

function wrong(
  findings: TableFindings,
  at: At,
  remark: { readonly message: string; readonly hint: string },
): undefined {
  findings.add('table-value', at, remark);
}
