/** The plan: the changes as a value. It is written to a file as it stands here; schemas/plan.schema.json describes it. */
import { type Assignments, isHeld, type Keyed, type Kind, type Value } from './assignment.ts';
import type { Ignore } from './config.ts';
import type { Day } from './day.ts';
import type { WindowEdge } from './desired.ts';
import type { Finding, Place } from './finding.ts';
import type { GuardName } from './guard.ts';
import type { Platform } from './platform.ts';
import type { Point } from './point.ts';
import type { Held } from './target.ts';

export const PLAN_FORMAT = '1.0';

export type Action = 'add' | 'change' | 'remove';
export const CAUSES = ['git', 'drift', 'both', 'schedule', 'first'] as const;
export type Cause = (typeof CAUSES)[number];

/** What a change does to who holds what: a dormant value is held by nobody, so waking it adds. The two differ. */
export function actionOf(before: Value | undefined, after: Value | undefined): Action {
  if (isHeld(before) === isHeld(after)) return 'change';
  return isHeld(after) ? 'add' : 'remove';
}

/** An RFC 6902 operation. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}

/** An `add` has no `before` but a dormant one, a `remove` no `after` but such. `level` names `after` where the files did. */
export interface Change {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly action: Action;
  readonly before?: Value;
  readonly after?: Value;
  readonly level?: string;
  readonly cause: Cause;
  /**
   * The entry that asks for it. Where no entry does (it left the files, or is foreign under `complete`): the user's own
   * place, with the chain that the entry which left had come through.
   */
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
  /** Left the files altogether: his place is in the base's files. */
  readonly leaver?: true;
  /** Ids that the files name, or named at base: with the changed ones, what the gate compares. */
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
  /** People with changes; `leavers` of them have left the files. */
  readonly people: number;
  readonly leavers: number;
  readonly held: number;
  readonly released: number;
  /** Foreign assignments of everybody in the files. */
  readonly foreignKept: number;
  /** Everybody in the files. */
  readonly desired: number;
}

/** What one guard makes of the plan: its numbers in one sentence, whether it passed or not. */
export interface GuardVerdict {
  readonly guard: GuardName;
  readonly passed: boolean;
  readonly message: string;
  /** What to do, where it did not pass. */
  readonly hint?: string;
}

/** A skill or language that the plan takes from somebody. */
export interface Loss {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Active people who lose it, and who gain it. */
  readonly lose: number;
  readonly gain: number;
  /** Active people who hold it now, as far as their lists are proven; left out of a narrowed plan, which reads too few. */
  readonly holders?: number;
}

/** What a run was narrowed to; what is left out was not. Users and teams are keys and names of the files. */
export interface RunScope {
  /** At the base's files instead of today's. */
  readonly at?: 'base';
  readonly changed?: true;
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  readonly causes?: readonly Cause[];
  /** Keys of people, and names of skills and languages, that are left alone; `*` and `?` stand for anything. */
  readonly ignore?: Ignore;
}

/** What the ledger may say once the plan has been applied. */
export interface Settlement {
  /** The files the plan was made of; null outside git. */
  readonly point: Point | null;
  /**
   * whole: everybody is looked at, so whoever is not planned, held or `left` is verified. narrowed: only the planned
   * and `verified` are.
   */
  readonly reach: 'whole' | 'narrowed';
  /** Keys by platform id: read, and already as the files say. Only where the reach is narrowed. */
  readonly verified: Keyed<string>;
  /** Keys by platform id (or `key:<key>`): not as the files say even when all goes well, the held among them. */
  readonly left: Keyed<string>;
  /**
   * Of `left`, keys by platform id: not planned, and read to be as the files say but for what is held or waits for its
   * window. What the files gave them is theirs, though nobody wrote it.
   */
  readonly partly?: Keyed<string>;
  /** The keys that people whom the ledger still has under an earlier one had, by those they have now. */
  readonly formerly?: Keyed<string>;
  /** Names of the files to platform ids. */
  readonly names: { readonly [K in Kind]: Keyed<string> };
}

/** Whether everything live was shown; when it was not nothing is removed, and `why` says why. */
export interface LiveRead {
  readonly complete: boolean;
  readonly why?: string;
}

export interface Plan {
  readonly formatVersion: typeof PLAN_FORMAT;
  readonly org: string;
  readonly orgId: string | null;
  readonly platform: Platform;
  /** The commit the files were read at; null outside git. */
  readonly head: string | null;
  /** The ledger's commit that the plan was made on; null when there is none. */
  readonly ledger: string | null;
  readonly day: Day;
  readonly validUntil: Day | null;
  /** `sha256:` of the targets. */
  readonly desired: string;
  readonly live: LiveRead;
  /** Null for a plan of everybody and everything. */
  readonly scope: RunScope | null;
  /** The run that is undone, where the plan does that: no change is then the files' doing, whatever its cause says. */
  readonly undoes?: string;
  readonly settles: Settlement;
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
  /** Outside the digest, and left out where nobody loses anything. */
  readonly losses?: readonly Loss[];
  readonly made: { readonly at: string; readonly by: string };
}
