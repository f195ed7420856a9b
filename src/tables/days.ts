/** Days as spreadsheets write them. What could be two days, or is a time of day besides, is a finding and no guess. */
import { type Day, isDay } from '../model/day.ts';
import type { TableFindings } from './codes.ts';
import type { At, Cell } from './grid.ts';
import { shown } from './text.ts';

/** The order of day and month where only slashes or dashes part them. */
export type DateOrder = 'dmy' | 'mdy';

const MIDNIGHT = /[ T]+0?0:00(?::00(?:\.0+)?)?Z?$/;
const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const PARTED = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/;
const HINT = 'Write it as 2027-01-31.';

/** Undefined where the cell is empty, and where it is a finding. */
export function readDay(
  cell: Cell | undefined,
  at: At,
  { order, findings }: { readonly order: DateOrder | undefined; readonly findings: TableFindings },
): Day | undefined {
  if (cell === undefined) return undefined;
  if (cell.is === 'day') return cell.day;
  const written = shown(cell);
  if (cell.is === 'odd') {
    findings.add('table-date', at, { message: `The cell holds ${cell.why}.`, hint: HINT });
    return undefined;
  }
  if (written === '') return undefined;
  const days = cell.is === 'text' ? candidates(written.replace(MIDNIGHT, ''), order) : [];
  const [day, other] = days;
  if (day === undefined) {
    findings.add('table-date', at, {
      message: `\`${written}\` is no day of the calendar.`,
      hint: HINT,
    });
  } else if (other !== undefined) {
    findings.add('table-date-ambiguous', at, {
      message: `\`${written}\` could be ${day} or ${other}.`,
      hint: 'Write it as 2027-01-31, or say which comes first in all such dates: --dates dmy or mdy.',
    });
  } else return day;
  return undefined;
}

/** Every day that the text can stand for. */
function candidates(text: string, order: DateOrder | undefined): Day[] {
  const iso = ISO.exec(text);
  if (iso) return real([[iso[1], iso[2], iso[3]]]);
  const dotted = DOTTED.exec(text);
  if (dotted) return real([[dotted[3], dotted[2], dotted[1]]]);
  const parted = PARTED.exec(text);
  if (!parted) return [];
  const [, first, , second, year] = parted;
  const readings: Parts[] = [];
  if (order !== 'mdy') readings.push([year, second, first]);
  if (order !== 'dmy') readings.push([year, first, second]);
  return real(readings);
}

type Parts = readonly [string | undefined, string | undefined, string | undefined];

function real(readings: readonly Parts[]): Day[] {
  const two = (text = '') => text.padStart(2, '0');
  const days = readings.map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
  return [...new Set(days.filter(isDay))];
}
