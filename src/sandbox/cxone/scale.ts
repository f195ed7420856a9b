/**
 * Proficiency as CXone has it: 1 is best and 20 is worst. Of the points that come to one number the roundest is kept, so
 * that whole levels are the same to every platform.
 */
import type { OrgAssignment } from '../org/org.ts';
import { pointsOf } from '../org/points.ts';

export const BEST = 1;
export const WORST = 20;
const STEPS = WORST - BEST;
const POINTS = 100;

/** undefined: the assignment has no proficiency. */
export function proficiencyOf({ value, exactly }: OrgAssignment): number | undefined {
  if (exactly?.platform === 'cxone') return exactly.value;
  const points = pointsOf(value);
  return points === undefined ? undefined : numberFor(points);
}

/** An assignment at `proficiency`, whatever number it is. */
export function assignmentAt(id: string, proficiency: number, active: boolean): OrgAssignment {
  const value = pointsFor(proficiency);
  const own: OrgAssignment = { kind: 'skill', id, value };
  const exact: OrgAssignment =
    numberFor(value) === proficiency
      ? own
      : { ...own, exactly: { platform: 'cxone', value: proficiency } };
  return active ? exact : { ...exact, inactive: true };
}

function numberFor(points: number): number {
  return WORST - Math.round((points * STEPS) / POINTS);
}

function pointsFor(proficiency: number): number {
  for (const step of [20, 10, 5, 1]) {
    for (let points = 0; points <= POINTS; points += step) {
      if (numberFor(points) === proficiency) return points;
    }
  }
  return proficiency < BEST ? POINTS : 0;
}
