/** What a comment on a pull request says of its plans to the next run that reads it. */
import type { Keyed } from './assignment.ts';

/**
 * planned: nothing was written yet. refused: a guard, or the apply, said no. outdated: of an earlier commit.
 * partly-applied: somebody did not reach the plan.
 */
export const REVIEW_STATES = [
  'planned',
  'refused',
  'outdated',
  'applying',
  'applied',
  'partly-applied',
] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export interface OrgHeader {
  readonly state: ReviewState;
  readonly orgId: string | null;
  /** The review digest of the plan that is shown. */
  readonly digest: string;
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly people: number;
  readonly held: number;
  /** The run that applies it, or applied it last. */
  readonly run?: string;
}

export interface ReviewHeader {
  readonly v: 1;
  /** The pull request's newest commit when the comment was written. */
  readonly head: string;
  /** Not every change is named: it does not fit. */
  readonly truncated: boolean;
  readonly orgs: Keyed<OrgHeader>;
}
