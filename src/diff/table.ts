/**
 * The table of docs/plan.md: what shall be at one id, by what the files say today, what they said at base, and what is
 * live. And the cause, which is the same table asked again with the files of the base. Pure.
 */
import { isHeld, sameValue, type Value } from '../model/assignment.ts';
import type { Ownership } from '../model/config.ts';
import type { Cause } from '../model/plan.ts';
import type { TargetWant } from '../model/target.ts';

/** What one state of the files says of one id. */
export interface Saying {
  readonly want: TargetWant | undefined;
  readonly ownership: Ownership;
}

/** What files say that do not name the user, or have released him: whatever he has is nobody's. */
export const UNMANAGED: Saying = { want: undefined, ownership: 'listed' };

/** What the files of one base point say of the id: on their own day, and today. */
export interface BaseSaying {
  readonly onDay: Saying;
  readonly now: Saying;
  /** Perhaps never written, and never verified since. */
  readonly unsure?: boolean | undefined;
}

/**
 * The value that shall be there; undefined: none. `base`: what the points that may stand for the base say. What is
 * dormant counts as none, so it is nothing to take away.
 */
export function settle(
  today: Saying,
  base: readonly BaseSaying[],
  live: Value | undefined,
): Value | undefined {
  const value = wanted(today, base, live);
  return value === undefined && !isHeld(live) ? live : value;
}

function wanted(
  today: Saying,
  base: readonly BaseSaying[],
  live: Value | undefined,
): Value | undefined {
  const { want, ownership } = today;
  if (want?.value !== undefined) return want.value;
  if (want?.want.state === 'absent') return undefined;
  const owned = base.some(({ onDay }) => hasValue(onDay));
  if (want !== undefined) return owned || ownership === 'listed' ? live : undefined;
  return owned || ownership === 'complete' ? undefined : live;
}

/** A windowed value that is in force, with nothing said to return to. */
export function lends({ want }: TargetWant): boolean {
  return want.state === 'value' && want.loan;
}

export function hasValue(saying: Saying): boolean {
  return saying.want?.value !== undefined;
}

/** The ends of a change; they differ. */
export interface Ends {
  readonly live: Value | undefined;
  readonly after: Value | undefined;
}

/**
 * Why `live` becomes `after`: what the files of the base would have done anyway is not the doing of today's files. Where
 * what is live is just what a run may have written, it was that run, and the platform has not changed it since.
 */
export function causeOf({ live, after }: Ends, points: readonly BaseSaying[]): Cause {
  if (points.length === 0) return 'first';
  const wrote = points.filter(({ onDay, unsure }) => unsure && sameValue(onDay.want?.value, live));
  const base = wrote.length > 0 ? wrote : points;
  const drift = base.map((at) => settle(at.onDay, [at], live));
  if (drift.some((value) => sameValue(value, after))) return 'drift';
  const schedule = base.map((at) => settle(at.now, [at], live));
  const changes = (values: readonly (Value | undefined)[]) =>
    values.every((value) => !sameValue(value, live));
  if (changes(drift)) return 'both';
  if (schedule.some((value) => sameValue(value, after))) return 'schedule';
  return changes(schedule) ? 'both' : 'git';
}
