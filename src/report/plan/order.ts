/** The order in which every rendering lists the people of a plan. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Plan, PlannedUser } from '../../model/plan.ts';

/** Everybody with changes, by key, and by id where two share one. */
export function byKey(plan: Plan): PlannedUser[] {
  return Object.values(plan.users).sort(
    (a, b) => byCodeUnit(a.key, b.key) || byCodeUnit(a.userId, b.userId),
  );
}
