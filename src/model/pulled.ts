/** What a pull made of the files: values, ready to be written and to be told. */
import type { Place } from './finding.ts';
import type { Incomplete } from './live.ts';

export interface PulledFile {
  /** Relative to the folder of muster.yaml. */
  readonly path: string;
  readonly text: string;
  /** As it was read; left out of a new one. */
  readonly before?: string;
  readonly state: 'new' | 'changed';
  /** People who are new in this file, and people whose entry in it was changed. */
  readonly added: number;
  readonly changed: number;
}

/**
 * Somebody, or one assignment, that the files cannot be made to match.
 * unread: the list could not be proven. odd: a value that no file can say. unnamed: a skill that the platform's catalogue
 * does not list. shared: only a file that other orgs read as well says it. refused: the file is written in a way that
 * cannot be changed. gone, inactive: in the files, and not found, or not active, on the platform.
 */
export type LeftReason = 'unread' | 'odd' | 'unnamed' | 'shared' | 'refused' | 'gone' | 'inactive';

export interface Left {
  readonly reason: LeftReason;
  /** The key in the files, or `id:<platform id>`. */
  readonly key: string;
  /** The skill or language it is about, by name or id. */
  readonly what?: string;
  /** Why, in the platform's or the reader's own words, where there are some. */
  readonly why?: string;
  /** Where the files speak of it. */
  readonly place?: Place;
}

export interface Pulled {
  /** In the order of paths; none when the files match already. */
  readonly files: readonly PulledFile[];
  /** In the order of reason and key. */
  readonly left: readonly Left[];
  /** Active people whose lists are proven: those the files are about now. */
  readonly people: number;
  /** Profiles that were made. */
  readonly profiles: number;
  /** Inactive people of the platform who are in no file. */
  readonly inactive: number;
  /** Left out when everything live was shown. */
  readonly incomplete?: Incomplete;
}
