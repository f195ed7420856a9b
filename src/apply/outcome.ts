/** What became of one user, as the result tells it. Pure. */
import type { PlatformError } from '../model/error.ts';
import type { PlannedUser } from '../model/plan.ts';
import { OUTCOMES, type Outcome, type UserResult } from '../model/result.ts';
import type { Sends } from './sends.ts';

export interface Decision {
  readonly outcome: Outcome;
  readonly message?: string;
  readonly hint?: string;
  readonly error?: PlatformError;
  readonly requestId?: string;
}

/** Stale and not-tried say that nothing was written: nobody is called so while something of his is unsettled. */
export function truthful(decision: Decision, unsettled: boolean): Decision {
  const denies = decision.outcome === 'stale' || decision.outcome === 'not-tried';
  return unsettled && denies ? { ...decision, outcome: 'in-doubt' } : decision;
}

export function toResult(user: PlannedUser, decision: Decision, sends: Sends): UserResult {
  const message = decision.message ?? decision.error?.message;
  const hint = decision.hint ?? decision.error?.hint;
  const requestId = decision.requestId ?? decision.error?.requestId;
  const before = sends.before(user.userId);
  return {
    userId: user.userId,
    key: user.key,
    ...(user.name === undefined ? {} : { name: user.name }),
    outcome: decision.outcome,
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(before === undefined ? {} : { before }),
  };
}

/** Of somebody the run stopped on: what was sent for him, or may have been, is in doubt, or nothing was. */
export function undecided({ userId }: PlannedUser, sends: Sends): Decision {
  if (!sends.unsettled(userId)) {
    return { outcome: 'not-tried', message: 'The run stopped first.' };
  }
  const message =
    sends.written(userId) === undefined
      ? 'A write may have been sent, and the run stopped before that was settled.'
      : 'A write was sent, nothing confirms it, and the run stopped before it was settled.';
  return { outcome: 'in-doubt', message };
}

export function count(users: readonly UserResult[]): Record<Outcome, number> {
  const of = (outcome: Outcome) => users.filter((user) => user.outcome === outcome).length;
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, of(outcome)])) as Record<
    Outcome,
    number
  >;
}
