/** The breaker: stops a run that goes wrong for too many, that nobody takes writes of, or whose key opens nothing any more. */
import type { MusterError, PlatformError } from '../model/error.ts';
import type { Outcome, Result } from '../model/result.ts';

export type Stop = NonNullable<Result['stopped']>;

const WINDOW = 50;
const SHARE = 0.2;
const AT_LEAST = 10;

/** A platform that takes no write at all is not asked for hours. */
const MOST_REFUSED_OFFERS = 30;
const THROTTLED: Stop = {
  code: 'throttled',
  message: `The platform refused ${MOST_REFUSED_OFFERS} writes in a row as too many requests (429).`,
  hint: 'Wait a while, or lower `pace.writes` of the org in muster.yaml, then apply again.',
};

export interface Breaker {
  decided(outcome: Outcome, error: PlatformError | undefined): Stop | undefined;
  /** A write was offered, and taken, or refused for want of room. */
  offered(what: 'taken' | 'refused'): Stop | undefined;
}

/** Of the last 50 decided, more than 20 % and at least 10 failed, in doubt or unreadable; a key that opens nothing at once. */
export function breaker(): Breaker {
  const last: boolean[] = [];
  let refusedOffers = 0;
  return {
    decided(outcome, error) {
      if (error !== undefined && opensNothing(error)) return stopFor(error);
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
    offered(what) {
      refusedOffers = what === 'taken' ? 0 : refusedOffers + 1;
      return refusedOffers >= MOST_REFUSED_OFFERS ? THROTTLED : undefined;
    },
  };
}

/** A key that is not taken, or that is of another tenant. */
function opensNothing({ status, code }: PlatformError): boolean {
  return status === 401 || status === 403 || code === 'org-mismatch';
}

/** What an error that ends the run says of it. */
export function stopFor(error: MusterError): Stop {
  return {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}
