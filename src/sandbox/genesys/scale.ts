/**
 * Proficiency as Genesys Cloud has it: 0.0 to 5.0, 5 best. What it was told comes back bit for bit; what was set elsewhere
 * it shows as a whole number.
 */
import type { Kind } from '../../model/assignment.ts';
import type { OrgAssignment } from '../org/org.ts';
import { pointsOf } from '../org/points.ts';

export const LOWEST = 0;
export const HIGHEST = 5;
/** Points of the org's scale in one of this. */
const STEP = 20;

/** undefined: the assignment has no proficiency. */
export function proficiencyOf({ value, exactly }: OrgAssignment): number | undefined {
  if (exactly?.platform === 'genesys') return exactly.value;
  const points = pointsOf(value);
  return points === undefined ? undefined : Math.round(points / STEP);
}

/** An assignment at `proficiency`; languages are rounded to whole numbers. */
export function assignmentAt(kind: Kind, id: string, proficiency: number): OrgAssignment {
  const kept = kind === 'language' ? Math.round(proficiency) : proficiency;
  const value = Math.round(kept * STEP);
  if (Math.round(value / STEP) === kept) return { kind, id, value };
  return { kind, id, value, exactly: { platform: 'genesys', value: kept } };
}
