/** One run's books: who waits, who is decided and how, and whether the run goes on. */
import type { PlatformError } from '../model/error.ts';
import type { Listener } from '../model/event.ts';
import type { Plan, PlannedUser } from '../model/plan.ts';
import { OUTCOMES, type Outcome, type Result, type UserResult } from '../model/result.ts';
import { breaker, type Stop } from './breaker.ts';

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
  /** Puts a user back, unless he was put back `limit` times before. */
  again(user: PlannedUser, limit: number): boolean;
  decide(user: PlannedUser, decision: Decision): void;
  /** Notes that something was sent for the user, so that a later `unchanged` is this run's doing. */
  sent(user: PlannedUser): void;
  wasSent(user: PlannedUser): boolean;
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
  const sent = new Set<string>();
  const trip = breaker();
  let stopped: Stop | undefined;
  return {
    take: (count) => queue.splice(0, count),
    again(user, limit) {
      const before = returns.get(user.userId) ?? 0;
      if (before >= limit) return false;
      returns.set(user.userId, before + 1);
      queue.push(user);
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
    sent: (user) => void sent.add(user.userId),
    wasSent: (user) => sent.has(user.userId),
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
