/** The breaker: stops a run that goes wrong for too many, or whose key no longer opens anything. */
import type { PlatformError } from '../model/error.ts';
import type { Outcome, Result } from '../model/result.ts';

export type Stop = NonNullable<Result['stopped']>;

const WINDOW = 50;
const SHARE = 0.2;
const AT_LEAST = 10;

export interface Breaker {
  decided(outcome: Outcome, error: PlatformError | undefined): Stop | undefined;
}

/** Of the last 50 decided, more than 20 % and at least 10 failed, in doubt or unreadable; a 401 or 403 at once. */
export function breaker(): Breaker {
  const last: boolean[] = [];
  return {
    decided(outcome, error) {
      if (error?.status === 401 || error?.status === 403) return stopFor(error);
      last.push(outcome === 'failed' || outcome === 'in-doubt' || error !== undefined);
      if (last.length > WINDOW) last.shift();
      const bad = last.filter(Boolean).length;
      if (bad < AT_LEAST || bad <= last.length * SHARE) return undefined;
      return {
        code: 'too-many-failures',
        message: `${bad} of the last ${last.length} people failed or are in doubt, so the run was stopped.`,
        hint: 'Read the reasons below, mend the cause, then plan again.',
      };
    },
  };
}

/** What an error that ends the run says of it. */
export function stopFor(error: PlatformError): Stop {
  return {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}
