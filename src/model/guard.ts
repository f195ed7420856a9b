/** Guards: rules over a whole plan that can refuse it, with their defaults filled in. */

/** Refused when `percent` and `count` are both exceeded. */
export interface Share {
  readonly percent: number;
  readonly count: number;
}

/** A level by its name, or a number on the platform's own scale. */
export interface AtLeast {
  readonly proficiency: number;
  readonly level?: string;
}

/** At least `users` active people must hold the skill, `atLeast` as well where that is given. */
export interface Coverage {
  readonly skill: string;
  readonly users: number;
  readonly atLeast?: AtLeast;
}

/** From the instant `from` until before the instant `until`, in epoch milliseconds. */
export interface Freeze {
  readonly from: number;
  readonly until: number;
  readonly reason?: string;
}

/** Whoever holds the skill `holds` must hold `must`, or must not hold `mustNot`. */
export interface HoldingRule {
  readonly holds: string;
  readonly must?: string;
  readonly mustNot?: string;
  readonly reason?: string;
}

export interface Guards {
  /** Besides, never more than `max` removals, however large the org is. */
  readonly removals: Share & { readonly max: number };
  readonly users: Share;
  /** People who left the files altogether. */
  readonly leavers: { readonly count: number };
  /** Holders that any one skill may lose. */
  readonly skill: Share;
  readonly coverage: readonly Coverage[];
  readonly freeze: readonly Freeze[];
  /** Keys of people, and names of skills, that no plan touches. */
  readonly protected: { readonly users: readonly string[]; readonly skills: readonly string[] };
  readonly rules: readonly HoldingRule[];
}

export const DEFAULT_GUARDS: Guards = {
  removals: { percent: 25, count: 10, max: 500 },
  users: { percent: 30, count: 50 },
  leavers: { count: 5 },
  skill: { percent: 50, count: 5 },
  coverage: [],
  freeze: [],
  protected: { users: [], skills: [] },
  rules: [],
};

/**
 * What can refuse a plan, and be allowed by its name. `base`: the base cannot be used as it is (its files do not parse,
 * or it is no ancestor of head). `review`: changes that no reviewed plan has, where review is required. `rolled-back`:
 * nothing refuses; allowing it lets people go on whom a rollback holds.
 */
export const ALLOWABLE = [
  'removals',
  'users',
  'leavers',
  'skill',
  'coverage',
  'freeze',
  'protected',
  'rules',
  'base',
  'review',
  'rolled-back',
] as const;
export type GuardName = (typeof ALLOWABLE)[number];

/** A guard overridden by its name and a reason; kept in the ledger. */
export interface Override {
  readonly guard: GuardName;
  readonly reason: string;
}
