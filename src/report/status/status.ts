/** How an org stands, as a value to be rendered. Instants are ISO. */
import type { Day } from '../../model/day.ts';
import type { Paused } from '../../model/ledger.ts';
import type { Platform } from '../../model/platform.ts';
import type { Point } from '../../model/point.ts';
import type { RunLine } from '../history/history.ts';

/** How somebody's live list compares with what a begun run planned for him. */
export type Reads = 'as-planned' | 'as-before' | 'neither' | 'unread';

/** Somebody of whom it is not known what he has been given. */
export interface Doubtful {
  /** Null while the platform id is not known. */
  readonly userId: string | null;
  readonly key: string;
  /** When it was that he may have been written: the run's begin, or the day of the files. */
  readonly since: string;
  /** Left out where nothing live was read of him. */
  readonly reads?: Reads;
}

export interface Covered {
  readonly skill: string;
  /** A level's name, or a number. */
  readonly atLeast?: string;
  readonly needed: number;
  /** Active people with a proven list; null when the platform has no such skill. */
  readonly holders: number | null;
}

/** Why somebody does not stand where everybody does. */
export type Why =
  | { readonly why: 'rolled-back'; readonly run: string }
  | { readonly why: 'in-doubt'; readonly since: Day }
  /** Read back as planned, but the plan left something out: it was held, another cause's, or is yet to begin. */
  | { readonly why: 'in-part'; readonly since: Day }
  /** Read back as planned, from files that no commit has. */
  | { readonly why: 'uncommitted'; readonly since: Day }
  | { readonly why: 'never-verified' }
  | { readonly why: 'verified-apart'; readonly commit: string; readonly day: Day };

export type OpenPerson = { readonly userId: string | null; readonly key: string } & Why;

export interface Status {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly platform: Platform;
  readonly at: string;
  /** No begun run, no pause, nobody in doubt, and every coverage that is asked for is known to be there. */
  readonly calm: boolean;
  /** The next command to type. */
  readonly next: string;
  /** False outside git: nothing is known of the past then. */
  readonly ledger: boolean;
  readonly doubt: readonly Doubtful[];
  /** Whatever is configured; empty where it could not be looked at. */
  readonly coverage: readonly Covered[];
  /** Active people whose lists are not known, and so count for no coverage. */
  readonly uncounted: number;
  /** Why live lists were not read, where they would have been of use. */
  readonly unread?: string;
  readonly run: (RunLine & { readonly undecided: number }) | null;
  readonly paused: Paused | null;
  /** The last run that has ended. */
  readonly last: RunLine | null;
  readonly applied: Point | null;
  /** The commit at hand; `relation` is to the applied one. */
  readonly head: {
    readonly commit: string;
    readonly relation: 'same' | 'ahead' | 'apart' | 'unknown';
  } | null;
  readonly open: readonly OpenPerson[];
}

export function isUnder({ holders, needed }: Covered): boolean {
  return holders === null || holders < needed;
}
