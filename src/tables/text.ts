/**
 * The text of a cell. Spreadsheets bring letters composed and decomposed, spaces that do not break or take no room,
 * and apostrophes that keep a cell from being taken for a formula.
 */
import type { Cell } from './grid.ts';

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\ufeff]/gu;
const FORMULA = /^'*[=+\-@\t\r]/;

/** One way to write a name: composed, ordinary single spaces, none at the ends. */
export function even(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, '').replace(/\s+/gu, ' ').trim();
}

/** Case aside, for names that people type. */
export function folded(text: string): string {
  return even(text).toLowerCase();
}

/** With an apostrophe before whatever a spreadsheet would take for a formula, or for such an apostrophe. */
export function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Undoes `defused`, and leaves every other text alone. */
export function undefused(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** What a cell says in words; undefined for an empty one, and for a date or whatever else is no name. */
export function wordsOf(cell: Cell | undefined): string | undefined {
  if (cell?.is === 'text') return even(undefused(cell.text)) || undefined;
  if (cell?.is === 'number' && Number.isInteger(cell.value)) return String(cell.value);
  return undefined;
}

/** Whether there is nothing in it that a person would see. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (cell.is === 'text' && even(cell.text) === '');
}

/** Any cell, for a message or a header. */
export function shown(cell: Cell): string {
  switch (cell.is) {
    case 'text':
      return even(undefused(cell.text));
    case 'number':
      return String(cell.value);
    case 'day':
      return cell.day;
    case 'odd':
      return cell.why;
  }
}
