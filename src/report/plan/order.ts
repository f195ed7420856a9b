/** The order in which every rendering lists the people of a plan: those who left the files stand after the others. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Plan, PlannedUser } from '../../model/plan.ts';

/** Everybody with changes; each part by key, and by id where two share one. */
export interface People {
  readonly staying: readonly PlannedUser[];
  readonly leavers: readonly PlannedUser[];
}

export function peopleOf(plan: Plan): People {
  const all = Object.values(plan.users).sort(
    (a, b) => byCodeUnit(a.key, b.key) || byCodeUnit(a.userId, b.userId),
  );
  return {
    staying: all.filter((user) => user.leaver !== true),
    leavers: all.filter((user) => user.leaver === true),
  };
}
