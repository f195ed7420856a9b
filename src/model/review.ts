/** Reviews: the plans that people have agreed to before the files were merged. What is in none of them nobody has seen. */
import type { DesiredState } from './desired.ts';
import type { Override } from './guard.ts';
import type { Plan } from './plan.ts';

/** changes: what was not reviewed is held, the rest goes on. all: the whole plan is refused. */
export const REVIEW_MODES = ['changes', 'all'] as const;
export type ReviewMode = (typeof REVIEW_MODES)[number];

export interface Review {
  readonly mode: ReviewMode;
  /** Of this org, each intact. */
  readonly plans: readonly Plan[];
  /** Guards that reviewed commits allow, as far as the one who vouches for them knows. */
  readonly overrides: readonly Override[];
  /**
   * The very files that are applied, on the days they were reviewed on: what they want today and did not want then is
   * the calendar's doing, and was reviewed with them. Empty where other files were reviewed than are applied.
   */
  readonly sameFiles: readonly DesiredState[];
}
