/** Bases: what the files said of users at the points they were last verified at. */
import type { DesiredState } from './desired.ts';
import type { Guards } from './guard.ts';
import type { Ledger } from './ledger.ts';
import type { Point } from './point.ts';

/** The files of one point, resolved with their own settings. */
export interface BaseState {
  readonly point: Point;
  /** On the point's own day, and today: what differs between the two is the schedule's doing. */
  readonly onDay: DesiredState;
  readonly now: DesiredState;
  readonly guards: Guards;
}

/** Everything the ledger knows that a plan is made against. */
export interface Bases {
  /** The ledger's commit. */
  readonly commit: string;
  readonly ledger: Ledger;
  /** By `pointKey()`: every point the ledger speaks of whose files could be read. */
  readonly states: ReadonlyMap<string, BaseState>;
  /** Why some points' files could not be read, or the common one must not be used unseen; each a sentence. */
  readonly doubts: readonly string[];
}
