/** Who holds what, before and after the plan: active people with proven lists, of all that was read. */
import { type Assignments, isHeld } from '../../model/assignment.ts';
import type { AtLeast } from '../../model/guard.ts';
import type { UserDiff } from '../../model/plan.ts';
import type { GuardInput } from './input.ts';

export interface People {
  /** Lists of those whom the plan leaves as they are. */
  readonly still: readonly Assignments[];
  /** Those whom it changes. */
  readonly changed: readonly UserDiff[];
  /** Active people whose lists are not proven: they count for nothing. */
  readonly unknown: number;
}

export function peopleOf({ live, diffs }: Pick<GuardInput, 'live' | 'diffs'>): People {
  const ids = new Set(diffs.map(({ userId }) => userId));
  const still: Assignments[] = [];
  let unknown = 0;
  for (const [id, { person, list }] of live.users) {
    if (!person.active || ids.has(id)) continue;
    if (list.proven) still.push(list.assignments);
    else unknown += 1;
  }
  const changed = diffs.filter(({ userId }) => live.users.get(userId)?.person.active !== false);
  return { still, changed, unknown };
}

/** A skill by all its ids, at any proficiency or from one on. */
export interface Wanted {
  readonly ids: readonly string[];
  readonly atLeast?: AtLeast;
  readonly better: 'high' | 'low';
}

/** A value without a number is held, but at no proficiency; a dormant one is not held. */
export function holds(list: Assignments, { ids, atLeast, better }: Wanted): boolean {
  return ids.some((id) => {
    const value = list.skill[id];
    if (!isHeld(value) || !atLeast) return isHeld(value);
    if (typeof value !== 'number') return false;
    return better === 'high' ? value >= atLeast.proficiency : value <= atLeast.proficiency;
  });
}

/** Names of guards that the platform has no skill for. */
export function unknownNames(names: Iterable<string>, idsOf: GuardInput['idsOf']): string[] {
  return [...new Set(names)].filter((name) => idsOf(name).length === 0);
}
