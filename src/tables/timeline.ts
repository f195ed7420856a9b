/** One person's one skill from a day on, through whatever it comes: as values of a table, and compared with another. */
import { type Contribution, decide, sameOutcome, speakingTerm } from '../desired/decide.ts';
import { isPlain, type Term } from '../desired/roster.ts';
import type { Org } from '../model/config.ts';
import { addDays, type Day } from '../model/day.ts';
import type { Want } from '../model/desired.ts';
import type { Said } from '../model/table.ts';

type Contributions = readonly Contribution[];

/**
 * The values that hold some day from `day` on: the plain one once, and every window for as long as nothing nearer is
 * before it. Written as one entry they give the same on each of those days. A window that has ended, and leaves the
 * skill absent by that, is among them.
 */
export function saidFrom(contributions: Contributions, day: Day): Said[] {
  const days = daysFrom([contributions], day);
  const pieces: Piece[] = [];
  days.forEach((start, index) => {
    const term = speakingTerm(contributions, start);
    if (!term || (index > 0 && hasEnded(term, start))) return;
    const next = days[index + 1];
    const last = pieces.at(-1);
    if (last?.term === term) last.next = next;
    else if (!isPlain(term) || !pieces.some((piece) => isPlain(piece.term)))
      pieces.push({ term, start, next });
  });
  return pieces.map((piece) => saidOf(piece, day));
}

/** Whether both give the same on every day from `day` on, and what they lend goes back to the same. */
export function sameFrom(
  a: Contributions,
  b: Contributions,
  when: { org: Org; day: Day },
): boolean {
  return daysFrom([a, b], when.day).every((day) =>
    alike(decide(a, day, when.org).want, decide(b, day, when.org).want),
  );
}

/** On the day alone. */
export function sameOn(a: Contributions, b: Contributions, { org, day }: { org: Org; day: Day }) {
  return sameOutcome(decide(a, day, org).want, decide(b, day, org).want);
}

/** Whether some day from `day` on gives a value. */
export function givesFrom(contributions: Contributions, { org, day }: { org: Org; day: Day }) {
  return daysFrom([contributions], day).some(
    (each) => decide(contributions, each, org).want?.state === 'value',
  );
}

function alike(a: Want | undefined, b: Want | undefined): boolean {
  if (!sameOutcome(a, b)) return false;
  // A loan is told by where it ends: cut short by a nearer window it is no other loan.
  if (a?.state !== 'value' || b?.state !== 'value' || a.until !== b.until) return true;
  return a.loan === b.loan;
}

interface Piece {
  readonly term: Term;
  readonly start: Day;
  /** The day after its last; undefined when it has none. */
  next: Day | undefined;
}

function saidOf({ term, start, next }: Piece, day: Day): Said {
  const { value: proficiency, from, until, thenAbsent, reason } = term;
  const said = { proficiency, ...(reason !== undefined && { reason }) };
  if (isPlain(term)) return said;
  const begins = start === day || start === from ? from : start;
  const ended = until !== undefined && until < day;
  const ends = ended || next === undefined ? until : addDays(next, -1);
  return {
    ...said,
    ...(begins !== undefined && { from: begins }),
    ...(ends !== undefined && { until: ends }),
    ...(thenAbsent && ends === until && { thenAbsent: true as const }),
  };
}

/** `day`, and every later day on which a window of any begins or has just ended. */
function daysFrom(all: readonly Contributions[], day: Day): Day[] {
  const edges = all
    .flat()
    .flatMap(({ terms }) => terms)
    .flatMap(({ from, until }) => [
      ...(from === undefined ? [] : [from]),
      ...(until === undefined ? [] : [addDays(until, 1)]),
    ]);
  return [day, ...new Set(edges.filter((edge) => edge > day).sort())];
}

function hasEnded({ until }: Term, day: Day): boolean {
  return until !== undefined && until < day;
}
