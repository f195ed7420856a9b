/** One run's books: who waits, what was sent, who is decided and how, and whether the run goes on. */
import { MusterError } from '../model/error.ts';
import { failureOf } from '../model/event.ts';
import type { Journal } from '../model/journal.ts';
import type { Plan, PlannedUser } from '../model/plan.ts';
import type { Outcome, Result, UserResult } from '../model/result.ts';
import { breaker, type Stop, stopFor } from './breaker.ts';
import type { ApplyOptions } from './options.ts';
import { count, type Decision, toResult, truthful, undecided } from './outcome.ts';
import { openQueue, type Queue } from './queue.ts';
import { openSends, type Sends } from './sends.ts';

/** A line as it is handed to the journal, which adds the time. */
export type Line = Journal['write'] extends (...lines: readonly (infer L)[]) => unknown ? L : never;

export interface Run {
  /** Everybody, in the order of the plan. */
  readonly users: readonly PlannedUser[];
  readonly queue: Queue;
  readonly sends: Sends;
  readonly stopped: Stop | undefined;
  outcomeOf(user: PlannedUser): Outcome | undefined;
  decide(user: PlannedUser, decision: Decision): void;
  /** Notes that a write was offered; too many refused for want of room stop the run. */
  offered(what: 'taken' | 'refused'): void;
  /** Stops the run; the first reason counts. */
  stop(reason: Stop): void;
  /** Writes to the journal. False, and the run stopped, when that is not possible: what was to follow must not. */
  keep(lines: readonly Line[]): Promise<boolean>;
  /** Writes down who was decided since the last time. */
  keepDecided(): Promise<boolean>;
  result(plan: Plan): Result;
}

export function openRun(plan: Plan, options: ApplyOptions): Run {
  const users = Object.values(plan.users).sort((a, b) => (a.key < b.key ? -1 : 1));
  const sends = openSends(users, options);
  const results = takenOver(users, sends, options);
  const trip = breaker();
  let unkept: Line[] = [];
  let stopped: Stop | undefined;

  async function keep(lines: readonly Line[]): Promise<boolean> {
    if (lines.length === 0) return true;
    try {
      await options.journal.write(...lines);
      return true;
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      stopped ??= stopFor(error);
      return false;
    }
  }

  return {
    users,
    queue: openQueue(),
    sends,
    get stopped() {
      return stopped;
    },
    outcomeOf: (user) => results.get(user.userId)?.outcome,
    decide(user, said) {
      const decision = truthful(said, sends.unsettled(user.userId));
      const result = toResult(user, decision, sends);
      results.set(user.userId, result);
      unkept.push(decidedLine(result));
      stopped ??= trip.decided(decision.outcome, decision.error);
      const { userId, outcome, requestId } = result;
      const progress = { done: results.size, total: users.length };
      const request = requestId === undefined ? {} : { requestId };
      const why = decision.error === undefined ? {} : { failure: failureOf(decision.error) };
      options.listener({ type: 'decided', userId, outcome, ...progress, ...request, ...why });
    },
    offered(what) {
      stopped ??= trip.offered(what);
    },
    stop(reason) {
      stopped ??= reason;
    },
    keep,
    keepDecided() {
      const lines = unkept;
      unkept = [];
      return keep(lines);
    },
    result(of) {
      const all = users.map(
        (user) => results.get(user.userId) ?? toResult(user, undecided(user, sends), sends),
      );
      return toWhole(of, { run: options.run.id, all, stopped });
    },
  };
}

/** Whom the cut part of the run has brought to the plan already. */
function takenOver(users: readonly PlannedUser[], sends: Sends, { earlier }: ApplyOptions) {
  const results = new Map<string, UserResult>();
  for (const user of users) {
    const outcome = earlier?.decided.get(user.userId);
    if (outcome !== 'applied' && outcome !== 'unchanged') continue;
    results.set(user.userId, toResult(user, { outcome }, sends));
  }
  return results;
}

function decidedLine({ userId, outcome, message, requestId }: UserResult): Line {
  return {
    type: 'decided',
    userId,
    outcome,
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

interface Whole {
  readonly run: string;
  readonly all: readonly UserResult[];
  readonly stopped: Stop | undefined;
}

function toWhole(plan: Plan, { run, all, stopped }: Whole): Result {
  return {
    formatVersion: '1.0',
    org: plan.org,
    platform: plan.platform,
    day: plan.day,
    run,
    plan: plan.digest,
    planned: plan.totals,
    users: all,
    held: plan.held,
    outcomes: count(all),
    ...(stopped === undefined ? {} : { stopped }),
  };
}
