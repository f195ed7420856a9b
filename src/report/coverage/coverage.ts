/** Holders of each skill and language, now and after the plan, as a value to be rendered. */
import type { Kind, Value } from '../../model/assignment.ts';
import type { Day } from '../../model/day.ts';
import type { Platform } from '../../model/platform.ts';

/** How many, now and after the plan. */
export interface Tally {
  readonly now: number;
  readonly after: number;
}

export interface CoveredSkill extends Tally {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** At each level of the org or better, in the order of the levels. */
  readonly atLeast: readonly (Tally & { readonly level: string })[];
  /** By value, the best first, odd ones last. */
  readonly values: readonly (Tally & { readonly value: Value })[];
}

export interface CoverageReport {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly platform: Platform;
  readonly day: Day;
  /** Active people whose lists are proven: everybody who is counted. */
  readonly people: number;
  /** Active people whose lists are not. */
  readonly uncounted: number;
  /** What the guard `coverage` says of the plan; null where the org has none. */
  readonly guard: { readonly passed: boolean; readonly message: string } | null;
  /** Sorted by kind and name. */
  readonly skills: readonly CoveredSkill[];
}
