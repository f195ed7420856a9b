/** What the ledger tells of runs, as values to be rendered. */
import type { Kind, Value } from '../../model/assignment.ts';
import type { Override } from '../../model/guard.ts';
import type { RunKind } from '../../model/ledger.ts';
import type { Action, RunScope } from '../../model/plan.ts';
import type { Point } from '../../model/point.ts';
import type { Outcome, Result } from '../../model/result.ts';

/** `begun` and `ended` are ISO instants. */
export interface RunLine {
  readonly id: string;
  readonly kind: RunKind;
  /** The run that a rollback undid. */
  readonly undoes?: string;
  readonly by: string;
  readonly begun: string;
  readonly ended: string | null;
  readonly end: 'finished' | 'taken-over' | 'not-ended';
  /** How many it planned, and how many of them are known to have come to what. */
  readonly people: number;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly overrides: readonly Override[];
  readonly stopped?: NonNullable<Result['stopped']>;
}

export interface History {
  readonly formatVersion: '1.0';
  readonly org: string;
  /** Newest first. */
  readonly runs: readonly RunLine[];
  /** There are older ones. */
  readonly more: boolean;
}

export interface RunChange {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly action: Action;
  readonly before?: Value;
  readonly after?: Value;
}

export interface RunPerson {
  readonly userId: string;
  readonly key: string;
  /** Null while the run has not told. */
  readonly outcome: Outcome | null;
  readonly changes: readonly RunChange[];
}

/** One run, person by person. */
export interface RunDetail {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly run: RunLine & { readonly point: Point; readonly scope: RunScope | null };
  /** In the order of their keys. */
  readonly users: readonly RunPerson[];
}
