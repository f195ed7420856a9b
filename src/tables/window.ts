/** The days a row of the long form speaks of, and what follows them. */

import type { TableFindings } from './codes.ts';
import { readDay } from './days.ts';
import type { At, Cell } from './grid.ts';
import { isBlank, wordsOf } from './text.ts';
import type { Reading, Window } from './wishes.ts';
import type { Role } from './words.ts';

/** The cell of a role in one row. */
export interface Field {
  readonly cell: Cell | undefined;
  readonly at: At;
}

export type FieldOf = (role: Role) => Field;

const ABSENT = 'absent';

/** Undefined where a part of it is a finding. */
export function windowIn(field: FieldOf, { findings, dates }: Reading): Window | undefined {
  const day = (role: 'from' | 'until') => {
    const { cell, at } = field(role);
    return { read: readDay(cell, at, { order: dates, findings }), blank: isBlank(cell) };
  };
  const [from, until] = [day('from'), day('until')];
  if (!(from.read || from.blank) || !(until.read || until.blank)) return undefined;
  const then = thenIn(field('afterwards'), until.read !== undefined, findings);
  if (then === undefined) return undefined;
  const reason = wordsOf(field('reason').cell);
  if (from.read !== undefined && until.read !== undefined && from.read > until.read) {
    findings.add('table-window-reversed', field('until').at, {
      message: `The days end on ${until.read}, before they begin on ${from.read}.`,
      hint: 'Exchange them; both days count.',
    });
    return undefined;
  }
  return {
    ...(from.read !== undefined && { from: from.read }),
    ...(until.read !== undefined && { until: until.read }),
    ...(then && { thenAbsent: true as const }),
    ...(reason !== undefined && { reason }),
  };
}

/** Undefined where it is a finding. */
function thenIn({ cell, at }: Field, ends: boolean, findings: TableFindings): boolean | undefined {
  if (isBlank(cell)) return false;
  const isAbsent = wordsOf(cell)?.toLowerCase() === ABSENT;
  if (isAbsent && ends) return true;
  findings.add('table-value', at, {
    message: isAbsent
      ? 'This row says what follows its last day, but has none.'
      : 'Only `absent` can follow.',
    hint: isAbsent ? 'Fill in the last day, or empty this cell.' : 'Write `absent` or nothing.',
  });
  return undefined;
}
