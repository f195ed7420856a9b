/** One run's books: who waits, who is decided and how, and whether the run goes on. */
import type { Assignments } from '../model/assignment.ts';
import type { PlatformError } from '../model/error.ts';
import type { Listener } from '../model/event.ts';
import type { Plan, PlannedUser } from '../model/plan.ts';
import { OUTCOMES, type Outcome, type Result, type UserResult } from '../model/result.ts';
import { breaker, type Stop } from './breaker.ts';

/** A platform that takes no write at all is not asked for hours. */
const MOST_REFUSED_OFFERS = 30;
const THROTTLED: Stop = {
  code: 'throttled',
  message: `The platform refused ${MOST_REFUSED_OFFERS} writes in a row as too many requests (429).`,
  hint: 'Wait a while, or lower `pace.writes` of the org in muster.yaml, then apply again.',
};

export interface Decision {
  readonly outcome: Outcome;
  readonly message?: string;
  readonly hint?: string;
  readonly error?: PlatformError;
  readonly requestId?: string;
}

export interface Run {
  /** The next `count` users that wait, taken from the queue. */
  take(count: number): PlannedUser[];
  /** Puts a user back to the `first` or `last` place, unless he was put back `limit` times before. */
  again(user: PlannedUser, where: 'first' | 'last', limit: number): boolean;
  decide(user: PlannedUser, decision: Decision): void;
  /** Notes the complete list that was sent for a user, so that a later `unchanged` is this run's doing. */
  sent(user: PlannedUser, written: Assignments): void;
  /** The last list this run sent for the user. */
  writtenFor(user: PlannedUser): Assignments | undefined;
  /** Notes that a write was offered and refused for want of room; so many in a row stop the run. */
  throttled(): void;
  /** Stops the run; the first reason counts. */
  stop(reason: Stop): void;
  readonly waiting: number;
  readonly stopped: Stop | undefined;
  result(plan: Plan): Result;
}

export function openRun(plan: Plan, listener: Listener): Run {
  const users = Object.values(plan.users).sort(byKey);
  const queue = [...users];
  const results = new Map<string, UserResult>();
  const returns = new Map<string, number>();
  const sent = new Map<string, Assignments>();
  let refusedOffers = 0;
  const trip = breaker();
  let stopped: Stop | undefined;
  return {
    take: (count) => queue.splice(0, count),
    again(user, where, limit) {
      const before = returns.get(user.userId) ?? 0;
      if (before >= limit) return false;
      returns.set(user.userId, before + 1);
      if (where === 'first') queue.unshift(user);
      else queue.push(user);
      return true;
    },
    decide(user, decision) {
      results.set(user.userId, toResult(user, decision));
      stopped ??= trip.decided(decision.outcome, decision.error);
      const requestId = decision.requestId ?? decision.error?.requestId;
      listener({
        type: 'decided',
        userId: user.userId,
        outcome: decision.outcome,
        done: results.size,
        total: users.length,
        ...(requestId === undefined ? {} : { requestId }),
      });
    },
    sent(user, written) {
      sent.set(user.userId, written);
      refusedOffers = 0;
    },
    writtenFor: (user) => sent.get(user.userId),
    throttled() {
      refusedOffers += 1;
      if (refusedOffers >= MOST_REFUSED_OFFERS) stopped ??= THROTTLED;
    },
    stop(reason) {
      stopped ??= reason;
    },
    get waiting() {
      return queue.length;
    },
    get stopped() {
      return stopped;
    },
    result: (of) => {
      const all = users.map(
        (user) => results.get(user.userId) ?? undecided(user, sent.has(user.userId)),
      );
      return {
        formatVersion: '1.0',
        org: of.org,
        platform: of.platform,
        day: of.day,
        plan: of.digest,
        planned: of.totals,
        users: all,
        held: of.held,
        outcomes: count(all),
        ...(stopped === undefined ? {} : { stopped }),
      };
    },
  };
}

function toResult(user: PlannedUser, decision: Decision): UserResult {
  const message = decision.message ?? decision.error?.message;
  const hint = decision.hint ?? decision.error?.hint;
  const requestId = decision.requestId ?? decision.error?.requestId;
  return {
    ...who(user),
    outcome: decision.outcome,
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Of somebody the run stopped on: what was sent for him is in doubt, or nothing was. */
function undecided(user: PlannedUser, wasSent: boolean): UserResult {
  if (!wasSent) return { ...who(user), outcome: 'not-tried', message: 'The run stopped first.' };
  const message =
    'A write was sent, nothing of it shows, and the run stopped before it was settled.';
  return { ...who(user), outcome: 'in-doubt', message };
}

function who({ userId, key, name }: PlannedUser) {
  return { userId, key, ...(name === undefined ? {} : { name }) };
}

function count(users: readonly UserResult[]): Record<Outcome, number> {
  const of = (outcome: Outcome) => users.filter((user) => user.outcome === outcome).length;
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, of(outcome)])) as Record<
    Outcome,
    number
  >;
}

function byKey(a: PlannedUser, b: PlannedUser): number {
  return a.key < b.key ? -1 : 1;
}
