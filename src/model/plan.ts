/** The plan: the changes as a value. It is written to a file as it stands here; schemas/plan.schema.json describes it. */
import type { Assignments, Keyed, Kind, Value } from './assignment.ts';
import type { Day } from './day.ts';
import type { WindowEdge } from './desired.ts';
import type { Finding, Place } from './finding.ts';
import type { Platform } from './platform.ts';
import type { Held } from './target.ts';

export const PLAN_FORMAT = '1.0';

export type Action = 'add' | 'change' | 'remove';
type Cause = 'git' | 'drift' | 'both' | 'schedule' | 'first';

/** An RFC 6902 operation. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}

/** `before` is left out of an `add`, `after` of a `remove`. `level` names `after` where the files did. */
export interface Change {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly action: Action;
  readonly before?: Value;
  readonly after?: Value;
  readonly level?: string;
  readonly cause: Cause;
  /** The entry that asks for it; for a removal under `complete`, the user's own place. */
  readonly source: Place & { readonly chain: readonly string[] };
}

/** What the differ makes of one user. */
export interface UserDiff {
  readonly userId: string;
  readonly key: string;
  readonly name?: string;
  readonly before: Assignments;
  readonly after: Assignments;
  /** Sorted by kind, then name, then id. Never empty. */
  readonly changes: readonly Change[];
  /** Ids that the files name, whether they change or not: with the changed ones, what the gate compares. */
  readonly named: { readonly [K in Kind]: readonly string[] };
  /** How many assignments nobody names are carried as they are. */
  readonly foreignKept: number;
  readonly patch: readonly PatchOperation[];
}

export interface PlannedUser extends UserDiff {
  /** `sha256:` of the canonical `before`. */
  readonly fingerprint: string;
}

export interface Totals {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  /** People with changes. */
  readonly people: number;
  readonly held: number;
  readonly released: number;
  /** Foreign assignments of everybody in the files. */
  readonly foreignKept: number;
  /** Everybody in the files. */
  readonly desired: number;
}

export interface GuardVerdict {
  readonly guard: string;
  readonly passed: boolean;
  readonly message: string;
}

export interface Plan {
  readonly formatVersion: typeof PLAN_FORMAT;
  readonly org: string;
  readonly orgId: string | null;
  readonly platform: Platform;
  /** The commit the files were read at; null outside git. */
  readonly head: string | null;
  /** The ledger's commit; null when there is none. */
  readonly ledger: string | null;
  readonly day: Day;
  readonly validUntil: Day | null;
  /** `sha256:` of the targets. */
  readonly desired: string;
  readonly live: { readonly complete: boolean };
  /** By platform id. */
  readonly users: Keyed<PlannedUser>;
  readonly held: readonly Held[];
  readonly released: readonly string[];
  readonly findings: readonly Finding[];
  readonly guards: readonly GuardVerdict[];
  readonly totals: Totals;
  /** Over (orgId, user id, kind, id, action, before, after) alone. */
  readonly reviewDigest: string;
  /** Over everything above. */
  readonly digest: string;
  /** Outside the digest. */
  readonly upcoming: readonly WindowEdge[];
  readonly made: { readonly at: string; readonly by: string };
}
