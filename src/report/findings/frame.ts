/** A code frame: one line of a file with its number, and a caret under the column, whatever stands before it. */
import type { Place } from '../../model/finding.ts';
import { columns, end, start } from '../columns.ts';
import { visible } from '../plain.ts';
import type { Page } from '../style.ts';

const CUT = '…';
const INDENT = '  ';
/** So much of a line as can ever be shown is looked at: a line may be as long as its file. */
const REACH = 1000;

/** Three lines, or none when the file has no such line. */
export function codeFrame(lines: readonly string[], place: Place, on: Page): string[] {
  const line = lines[place.line - 1];
  if (line === undefined) return [];
  const number = String(place.line);
  const gutter = INDENT + ' '.repeat(number.length);
  const { text, caret } = cut(line, place.col - 1, on.width - gutter.length - 3);
  const bar = on.paint.dim('|');
  return [
    `${gutter} ${bar}`,
    `${INDENT}${on.paint.dim(number)} ${bar} ${text}`.trimEnd(),
    `${gutter} ${bar} ${' '.repeat(caret)}${on.paint.bold(on.paint.red('^'))}`,
  ];
}

/** What of `line` fits into `room` columns around the character at `index`, and the column that one has then. */
function cut(line: string, index: number, room: number): { text: string; caret: number } {
  const before = visible(line.slice(Math.max(0, index - REACH), index));
  const after = visible(line.slice(index, index + REACH));
  const behind = Math.min(columns(after), Math.floor(room / 2));
  const left = fitEnd(before, room - behind);
  return { text: left + fitStart(after, room - columns(left)), caret: columns(left) };
}

function fitEnd(text: string, room: number): string {
  return columns(text) <= room ? text : CUT + end(text, room - 1);
}

function fitStart(text: string, room: number): string {
  return columns(text) <= room ? text : start(text, room - 1) + CUT;
}
