/** Tables of who has which skill, as people keep them in spreadsheets: what one changes in the rosters, as a value. */
import type { Kind } from './assignment.ts';
import type { Day } from './day.ts';
import type { Finding, Place } from './finding.ts';

/** One value of one skill; without `from` and `until` it holds whenever no other does. */
export interface Said {
  /** A number of the scale, a level, or `absent`. */
  readonly proficiency: number | string;
  readonly from?: Day;
  readonly until?: Day;
  /** Afterwards it is taken away, whatever there was before. */
  readonly thenAbsent?: true;
  readonly reason?: string;
}

/** How the table names somebody: by what the rosters know him by, or by his display name. */
export type NamedBy = 'key' | 'name';

/** What a table changes of one person's skill. */
export interface TableChange {
  readonly user: string;
  readonly name?: string;
  readonly namedBy: NamedBy;
  /** No roster has named him yet. */
  readonly newUser: boolean;
  readonly kind: Kind;
  readonly skill: string;
  /** No roster has named it yet. */
  readonly newSkill: boolean;
  /** All that holds from today on, through whatever it comes; empty where no file names the skill. */
  readonly before: readonly Said[];
  readonly after: readonly Said[];
  /** Team and profiles that the value before came through; empty for the person's own. */
  readonly through: readonly string[];
  /** What his own entry is to be; empty: it is taken out. */
  readonly entry: readonly Said[];
  /** Where the table says so. */
  readonly place: Place;
}

/** The preview of an import. */
export interface TablePreview {
  readonly table: string;
  /** How the file was read. */
  readonly how: string;
  readonly org: string;
  readonly day: Day;
  /** In the order of people, kinds and skills. */
  readonly changes: readonly TableChange[];
  /** What the rosters say already: so many cells or rows. */
  readonly unchanged: number;
  /** Where each change is written, in the order of the changes: the line as it will be, or as it was. */
  readonly written: readonly Place[];
  readonly findings: readonly Finding[];
}

/** What a change comes to: nothing named it before, or nothing gives it afterwards. */
export function tableAction({ before, after }: TableChange): 'add' | 'change' | 'remove' {
  if (before.length === 0) return 'add';
  return after.every(({ proficiency }) => proficiency === 'absent') ? 'remove' : 'change';
}
