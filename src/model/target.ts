/** Targets: desired state by platform id, ready to be compared with what is live. */
import type { Keyed, Kind, Value } from './assignment.ts';
import type { Ownership } from './config.ts';
import type { Want } from './desired.ts';
import type { Finding, Place } from './finding.ts';
import type { Person } from './live.ts';

/** `value` is as the platform will store it: rounded as it rounds. Only a `value` want has one. */
export interface TargetWant {
  readonly name: string;
  readonly want: Want;
  readonly value?: Value;
}

export interface Target {
  readonly key: string;
  readonly person: Person;
  readonly place: Place;
  readonly ownership: Ownership;
  readonly wants: { readonly [K in Kind]: Keyed<TargetWant> };
}

/**
 * `loan-no-return`, `changed-since` (of a rollback: changed after the run that is undone), `unreviewed` (in no plan that
 * somebody has agreed to) and `incomplete` (a removal, while not everything live is shown) hold one assignment; the
 * others hold a person. `rolled-back`: undone, and his files are as they were. `files-changed` (of a resumed run): his
 * files say something else than the run was begun with. `over-ceiling`: he would have more than the platform lets anybody
 * have.
 */
export type HeldReason =
  | 'not-found'
  | 'inactive'
  | 'unread'
  | 'loan-no-return'
  | 'rolled-back'
  | 'files-changed'
  | 'changed-since'
  | 'unreviewed'
  | 'incomplete'
  | 'over-ceiling';

/** Somebody, or one assignment of somebody, kept back from the plan. */
export interface Held {
  readonly key: string;
  readonly userId?: string;
  readonly assignment?: { readonly kind: Kind; readonly id: string; readonly name: string };
  readonly reason: HeldReason;
  readonly message: string;
  readonly hint?: string;
  readonly place: Place;
}

export interface Targets {
  /** In the order of the users' keys. */
  readonly users: readonly Target[];
  readonly held: readonly Held[];
  /** Keys of released users. */
  readonly released: readonly string[];
  /** Display names by kind and id: of the catalogue, and of what the rosters pin. */
  readonly names: { readonly [K in Kind]: Keyed<string> };
  readonly findings: readonly Finding[];
}
