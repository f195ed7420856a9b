/** Desired state: what the files say, resolved for one org and one day; still by name, not yet by platform id. */
import type { Kind } from './assignment.ts';
import type { Ownership } from './config.ts';
import type { Day } from './day.ts';
import type { Place } from './finding.ts';

/** Where a value comes from: its entry's place, and the teams and profiles it came through, nearest first. */
export interface Source extends Place {
  readonly chain: readonly string[];
}

/**
 * What the files want of one user's skill on the day. A skill that is not named has no entry.
 * `loan`: the value comes from a windowed entry, nothing plain stands behind it, and the entry does not say
 * `then: absent`, so its end would destroy a live value that nobody declares; of an absent: that end has come.
 */
export type Want =
  | {
      readonly state: 'value';
      readonly proficiency: number;
      readonly level?: string;
      readonly until?: Day;
      readonly loan: boolean;
      readonly source: Source;
    }
  | { readonly state: 'absent'; readonly loan?: true; readonly source: Source }
  | { readonly state: 'pending'; readonly from: Day; readonly source: Source };

export interface DesiredUser {
  /** Lower-cased e-mail, user name, or `id:<platform id>`. */
  readonly key: string;
  readonly name?: string;
  /** His key before it was changed: what the base had under it is his. */
  readonly formerly?: string;
  /** Names of the teams that list him, sorted. */
  readonly teams: readonly string[];
  readonly place: Place;
  readonly ownership: Ownership;
  /** No longer managed: never written, keeps what he has. */
  readonly released: boolean;
  readonly wants: { readonly [K in Kind]: ReadonlyMap<string, Want> };
}

/** A name in the rosters' catalogue and, where pinned, the platform id it stands for in this org. */
export interface CatalogueEntry {
  readonly name: string;
  readonly id?: string;
  readonly place: Place;
}

export interface DesiredState {
  readonly org: string;
  readonly day: Day;
  /** By key, in the order of the keys. */
  readonly users: ReadonlyMap<string, DesiredUser>;
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  /** The first day after `day` on which some value differs; undefined when none will. */
  readonly validUntil?: Day;
  /** What starts or ends within 14 days after `day`. */
  readonly upcoming: readonly WindowEdge[];
}

export interface WindowEdge {
  /** The first day on which the edge shows: the `from`, or the day after the `until`. */
  readonly day: Day;
  readonly edge: 'starts' | 'ends';
  readonly user: string;
  readonly kind: Kind;
  readonly name: string;
  readonly place: Place;
}
