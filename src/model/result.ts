/** The result of an apply: what became of every user of the plan. */
import type { Assignments } from './assignment.ts';
import type { Day } from './day.ts';
import type { Totals } from './plan.ts';
import type { Platform } from './platform.ts';
import type { Held } from './target.ts';

/**
 * applied: written by this run and read back. unchanged: was already so. failed: a definite refusal, and the list
 * reads as before. stale: changed since the plan, nothing written. in-doubt: sent, not confirmed. not-tried: the run
 * stopped first.
 */
export const OUTCOMES = [
  'applied',
  'unchanged',
  'failed',
  'stale',
  'in-doubt',
  'not-tried',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface UserResult {
  readonly userId: string;
  readonly key: string;
  readonly name?: string;
  readonly outcome: Outcome;
  /** Why, in one sentence, for every outcome but `applied` and `unchanged`. */
  readonly message?: string;
  readonly hint?: string;
  /** The platform's id of the deciding request, to quote to its support. */
  readonly requestId?: string;
  /** The complete list just before the first write of this run; left out when nothing was sent. */
  readonly before?: Assignments;
}

export interface Result {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly platform: Platform;
  readonly day: Day;
  /** The run's id; null in a result made before runs had ids. */
  readonly run: string | null;
  /** The plan's digest. */
  readonly plan: string;
  readonly planned: Totals;
  /** In the order of the plan. */
  readonly users: readonly UserResult[];
  readonly held: readonly Held[];
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Why the run stopped before its end. */
  readonly stopped?: { readonly code: string; readonly message: string; readonly hint?: string };
}
