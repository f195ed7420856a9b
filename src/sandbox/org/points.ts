/** The number in a value, on the org's scale from 0 to 100. */
import type { Value } from '../../model/assignment.ts';

/** undefined: there is none, or none that is a number. */
export function pointsOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value.proficiency === 'number' ? value.proficiency : undefined;
}
