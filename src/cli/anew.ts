/** The flags that only a plan made anew can serve: beside a plan that stands they are refused, never looked past. */
import { UsageError } from './exit.ts';

const ANEW = {
  user: '--user',
  team: '--team',
  changed: '--changed',
  cause: '--cause',
  at: '--at',
  requireReview: '--require-review',
  reviewed: '--reviewed',
  takeOver: '--take-over',
} as const;

/** Throws UsageError for the first of them; `stands` says which plan it would have to change. */
export function refuseAnew(
  flags: { readonly [flag in keyof typeof ANEW]?: unknown },
  stands: string,
): void {
  const names = Object.keys(ANEW) as (keyof typeof ANEW)[];
  const given = names.find((name) => flags[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError(
    `${ANEW[given]} is for a plan that is made anew; ${stands}.`,
    `Leave ${ANEW[given]} out, or plan anew with it.`,
  );
}
