/** Where each value of one person comes from, as a value to be rendered. */
import type { Kind, Value } from '../../model/assignment.ts';
import type { Ownership } from '../../model/config.ts';
import type { Day } from '../../model/day.ts';
import type { Source, Want } from '../../model/desired.ts';
import type { Place } from '../../model/finding.ts';
import type { Change } from '../../model/plan.ts';
import type { Platform } from '../../model/platform.ts';
import type { HeldReason } from '../../model/target.ts';

/**
 * What one entry has to do with the value. wins: it is the value. behind: another goes before it. later, over: its
 * window has not begun, or has ended.
 */
export type Part = 'wins' | 'behind' | 'later' | 'over';

export interface ExplainedEntry extends Source {
  readonly part: Part;
  /** A number, a level, or `absent`. */
  readonly value: number | string;
  readonly from?: Day;
  readonly until?: Day;
  readonly thenAbsent?: boolean;
  readonly reason?: string;
}

export interface ExplainedSkill {
  readonly kind: Kind;
  readonly name: string;
  /** Null while it is not known which one the name means. */
  readonly id: string | null;
  /** Null: no file names it for this person. */
  readonly want: Want | null;
  /** The nearest first; those of one rank in the order of the files. */
  readonly entries: readonly ExplainedEntry[];
  /** Null: nothing is there. Left out where nothing live was read. */
  readonly live?: Value | null;
  /** What a plan would do; null: nothing. Left out where none could be made. */
  readonly change?: Pick<Change, 'action' | 'before' | 'after' | 'cause'> | null;
}

export interface Explanation {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly platform: Platform;
  readonly day: Day;
  readonly key: string;
  readonly name?: string;
  readonly userId: string | null;
  readonly place: Place;
  readonly teams: readonly string[];
  readonly ownership: Ownership;
  readonly released: boolean;
  /** Why nothing live was read: a sentence. */
  readonly unread?: string;
  readonly held: readonly { readonly reason: HeldReason; readonly message: string }[];
  /** The one name that was asked for. */
  readonly asked?: string;
  /** Sorted by kind and name. */
  readonly skills: readonly ExplainedSkill[];
}
