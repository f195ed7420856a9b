/** What the guards look at: the whole plan, what was read, and the rules. */
import type { Guards } from '../../model/guard.ts';
import type { LiveState } from '../../model/live.ts';
import type { UserDiff } from '../../model/plan.ts';

export interface GuardInput {
  /** Head's and base's: of each number the stricter holds, and of each list all. None: the defaults. */
  readonly guards: readonly Guards[];
  /** Everybody whom the plan changes. */
  readonly diffs: readonly UserDiff[];
  /** What was read. */
  readonly live: LiveState;
  /** Platform ids of everybody the plan is about, changed or not: removals are a share of what they have. */
  readonly looked: ReadonlySet<string>;
  /** How many people the files name. */
  readonly desired: number;
  /** A plan of some people or causes alone: counts hold, percents do not. */
  readonly narrowed: boolean;
  /** The ids of the skills of a name; several where the platform has doubles, none where it has no such skill. */
  readonly idsOf: (name: string) => readonly string[];
  /** Which direction of proficiency is better. */
  readonly better: 'high' | 'low';
  /** Why the base must not be used unseen, each a sentence. */
  readonly doubts: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The input with its guards made one. */
export interface Judged extends Omit<GuardInput, 'guards'> {
  readonly guards: Guards;
}
