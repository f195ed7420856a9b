/** CXone stores whole numbers from 1 (best) to 20 as they are sent: nothing is rounded. */
import type { DesiredState } from '../../model/desired.ts';
import type { LiveState } from '../../model/live.ts';
import type { Targets } from '../../model/target.ts';
import { normalize } from '../normalize.ts';

export function normalizeCxone(desired: DesiredState, live: LiveState): Targets {
  return normalize(desired, live, (_kind, proficiency) => proficiency);
}
