/**
 * The ledger: what every user was last verified to have, as points in the history of the files, and the run that is
 * under way. It is kept in git; this is its content, and the port to wherever it is kept.
 */
import type { Assignments, Keyed, Kind, Value } from './assignment.ts';
import type { Override } from './guard.ts';
import type { Action, RunScope, Settlement } from './plan.ts';
import type { Platform } from './platform.ts';
import type { Point } from './point.ts';
import type { Outcome, Result } from './result.ts';

export const LEDGER_FORMAT = '1.0';

/**
 * Somebody who is not verified at the ledger's common point. `base`: where he was last verified, null when never.
 * `written`: every point that may have been written to him since; "base has a value" means that any of these has.
 */
export interface OpenUser {
  readonly key: string;
  readonly base: Point | null;
  readonly written: readonly Point[];
  /** Undone by a rollback, and held until his files differ from those at `at`. */
  readonly rolledBack?: { readonly run: string; readonly at: Point };
}

/** A run that has begun and not ended: the lock between machines. `begun` is an ISO instant, `plan` the plan's digest. */
export interface BegunRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly begun: string;
  /** Who and where: `user@host`, or the CI job. */
  readonly by: string;
  readonly plan: string;
}

export interface Paused {
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly reason: string;
}

export type RunKind = 'apply' | 'rollback';

export interface Ledger {
  readonly formatVersion: typeof LEDGER_FORMAT;
  readonly org: string;
  readonly orgId: string | null;
  readonly platform: Platform;
  /** The folder of muster.yaml in the repository, '/'-separated; empty for its root. */
  readonly folder: string;
  /** Where everybody stands who is not in `open`; null before the first run over the whole org. */
  readonly applied: Point | null;
  /** Names of the files to platform ids, as last applied. */
  readonly names: { readonly [K in Kind]: Keyed<string> };
  /** By platform id; by `key:<key>` while the id is not known. */
  readonly open: Keyed<OpenUser>;
  readonly run: BegunRun | null;
  readonly paused: Paused | null;
}

/** A change as the record keeps it: ids, no names. */
export interface RecordedChange {
  readonly kind: Kind;
  readonly id: string;
  readonly action: Action;
  readonly before?: Value;
  readonly after?: Value;
  /** Where the platform had drifted: what the run put back. */
  readonly drift?: true;
}

/** What a run planned for a user, and what became of it. */
export interface RecordedUser {
  readonly key: string;
  /** The pre-image: the complete list just before the write; as planned while nothing was sent. */
  readonly before: Assignments;
  readonly changes: readonly RecordedChange[];
  /** Ids that the files name or named: with the changed ones, what the gate compares. */
  readonly named: { readonly [K in Kind]: readonly string[] };
  /** Null while the run has not told. */
  readonly outcome: Outcome | null;
}

/** The record of one run: written when it begins, completed when it ends. */
export interface RunRecord {
  readonly formatVersion: typeof LEDGER_FORMAT;
  readonly id: string;
  readonly kind: RunKind;
  /** The run that a rollback undoes. */
  readonly undoes?: string;
  readonly org: string;
  readonly by: string;
  /** ISO instants; `ended` is null while the run has not ended. */
  readonly begun: string;
  readonly ended: string | null;
  /** The plan's digest, and the point its files are. Null outside git never gets here: there is no ledger then. */
  readonly plan: string;
  readonly point: Point;
  readonly scope: RunScope | null;
  /** Who may be verified when it ends. */
  readonly settles: Settlement;
  /** Of a rollback: where each user it undoes goes back to. */
  readonly restores?: Keyed<OpenUser>;
  readonly overrides: readonly Override[];
  /** By platform id. */
  readonly users: Keyed<RecordedUser>;
  readonly outcomes: Readonly<Record<Outcome, number>> | null;
  readonly stopped?: NonNullable<Result['stopped']>;
  /** How it ended: on its own, resumed, or because another run took over. */
  readonly end?: 'finished' | 'taken-over';
}

/** One commit of the chain. */
export interface LedgerEntry {
  readonly commit: string;
  readonly ledger: Ledger;
  /** The record of the run that this commit begins or ends; null for a pause. */
  readonly record: RunRecord | null;
}

/** File keys to platform ids, as last seen; kept beside the ledger, so that a narrowed run need not list everybody. */
export type KnownIds = ReadonlyMap<string, string>;

/** What one step adds to the chain. `people` left out: as before. */
export interface LedgerStep {
  readonly ledger: Ledger;
  readonly record: RunRecord | null;
  readonly people?: KnownIds;
  /** One line: what happened. */
  readonly message: string;
}

/** Where a ledger is kept. */
export interface LedgerStore {
  /** The newest entry; null when it is certain that there is none. Throws MusterError when it cannot be looked at. */
  read(): Promise<LedgerEntry | null>;
  /** The keys and ids beside the newest entry. */
  people(): Promise<KnownIds>;
  /** The chain, newest first. */
  history(): AsyncIterable<LedgerEntry>;
  /**
   * Adds to the chain behind `on` (null: begins it), here and on the remote, as one step. Throws MusterError
   * `ledger-moved` when the chain no longer ends in `on`, and others when it cannot be kept; nothing has changed then.
   */
  append(on: string | null, step: LedgerStep): Promise<LedgerEntry>;
}
