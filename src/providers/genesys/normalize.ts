/** Genesys Cloud stores the proficiency of a skill as it is sent, and that of a language rounded to a whole number. */
import type { DesiredState } from '../../model/desired.ts';
import type { LiveState } from '../../model/live.ts';
import type { Targets } from '../../model/target.ts';
import { normalize } from '../normalize.ts';

export function normalizeGenesys(desired: DesiredState, live: LiveState): Targets {
  return normalize(desired, live, (kind, proficiency) =>
    kind === 'language' ? Math.round(proficiency) : proficiency,
  );
}
