/** Live state: what a platform has, as a provider read it. Assignments are by platform id. */
import type { Assignments, Kind } from './assignment.ts';
import type { PlatformError } from './error.ts';

/** A person the platform knows. */
export interface Person {
  readonly id: string;
  /** Lower-cased. */
  readonly email?: string;
  readonly userName?: string;
  readonly name?: string;
  /** The team or division the platform counts them to, by its name. */
  readonly team?: string;
  readonly active: boolean;
}

/**
 * A user's own list: proven complete, or unknown with the reason. Unknown is never taken for empty. `error` is there
 * when the list could not be read at all, and missing when what was read cannot be trusted.
 */
export type OwnList =
  | {
      readonly proven: true;
      readonly assignments: Assignments;
      /** Kinds that were not asked for and not read: `assignments` has none of them, and that means nothing. */
      readonly unread?: readonly Kind[];
    }
  | { readonly proven: false; readonly why: string; readonly error?: PlatformError };

export interface LiveUser {
  readonly person: Person;
  readonly list: OwnList;
}

/** Why not everything live is shown, and what to do about it; a sentence each. */
export interface Incomplete {
  readonly why: string;
  readonly hint: string;
}

export interface CatalogueItem {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
}

export interface LiveState {
  /** By platform id. */
  readonly users: ReadonlyMap<string, LiveUser>;
  /** `undefined` when the platform lists no catalogue: names then need an id in a roster's `skills`. */
  readonly catalogue: readonly CatalogueItem[] | undefined;
  /** Whether the directory holds everybody: false where users can only be read one by one, by id. */
  readonly directory: boolean;
  /** Left out when all was shown. What the platform hides from the credentials may be anything, so nothing is removed. */
  readonly incomplete?: Incomplete;
}
