/** A roster: one file's skills, profiles, teams and users, checked on its own and not yet resolved for an org or a day. */
import type { Kind } from '../model/assignment.ts';
import type { Ownership } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Source } from '../model/desired.ts';
import type { Place } from '../model/finding.ts';

export const ABSENT = 'absent';

/** One value for one key; plain without `from` and `until`. */
export interface Term {
  /** A number on the platform's scale, the name of a level, or ABSENT. */
  readonly value: number | string;
  readonly from?: Day;
  readonly until?: Day;
  readonly thenAbsent?: boolean;
  /** For people; never compared. */
  readonly reason?: string;
  readonly source: Source;
}

/** By name; several terms where the file has a list. */
export type Entries = { readonly [K in Kind]: ReadonlyMap<string, readonly Term[]> };

/** A name where it stands in a file. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

export interface Profile extends Named {
  readonly extends: readonly Named[];
  readonly entries: Entries;
}

/** A team or a user's entry takes part in an org only if `orgs` is left out or names it. */
interface Scoped {
  readonly orgs?: readonly string[];
  readonly ownership?: Ownership;
  readonly profiles: readonly Named[];
  readonly entries: Entries;
}

export interface Team extends Named, Scoped {
  /** By normalized key. */
  readonly members: readonly Named[];
}

/** `name` is the key as it is written. */
export interface User extends Named, Scoped {
  readonly key: string;
  /** The person's name. */
  readonly person?: string;
  /** By normalized key. */
  readonly formerly?: Named;
  readonly released: boolean;
}

export interface CatalogueName extends Named {
  readonly id?: string;
  readonly ids: ReadonlyMap<string, string>;
}

export interface Roster {
  readonly file: string;
  readonly skills: readonly CatalogueName[];
  readonly profiles: readonly Profile[];
  readonly teams: readonly Team[];
  readonly users: readonly User[];
}

export function takesPart(scoped: { readonly orgs?: readonly string[] }, org: string): boolean {
  return !scoped.orgs || scoped.orgs.includes(org);
}

/** Trimmed, and lower-cased where it is an e-mail; ids keep their case. */
export function userKey(written: string): string {
  const key = written.trim();
  return key.includes('@') && !key.startsWith('id:') ? key.toLowerCase() : key;
}

export function isPlain(term: Term): boolean {
  return term.from === undefined && term.until === undefined;
}
