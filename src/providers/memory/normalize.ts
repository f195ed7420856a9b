/** The in-memory platform stores every proficiency as it is. */
import type { DesiredState } from '../../model/desired.ts';
import type { LiveState } from '../../model/live.ts';
import type { Targets } from '../../model/target.ts';
import { normalize } from '../normalize.ts';

export function normalizeMemory(desired: DesiredState, live: LiveState): Targets {
  return normalize(desired, live, (_kind, proficiency) => proficiency);
}
