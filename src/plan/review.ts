/** Reviewed is applied: which changes somebody has agreed to, and what becomes of the others. Pure. */
import type { Change, GuardVerdict, UserDiff } from '../model/plan.ts';
import type { Review } from '../model/review.ts';
import type { Held } from '../model/target.ts';
import { reviewTuple } from './digest.ts';
import { count, verdict } from './guards/words.ts';

export interface Reviewing extends Pick<Review, 'plans'> {
  /** What the applied files would have changed on the days they were reviewed on: one list a day. */
  readonly onDays: readonly (readonly UserDiff[])[];
}

/**
 * Whether a change was agreed to: it is in a reviewed plan; or only a window of files that were applied before brings
 * it; or the reviewed files themselves do, because a window began or ended since the review. Then the plan of that day
 * must hold nothing else for the same key that nobody has reviewed.
 */
export function reviewed({
  plans,
  onDays,
}: Reviewing): (userId: string, change: Change) => boolean {
  const tuples = new Set(plans.flatMap(tuplesOf));
  const orgId = plans[0]?.orgId ?? null;
  const agreed = (userId: string, change: Change) =>
    tuples.has(reviewTuple({ orgId, userId }, change));
  const days = onDays.map(byKey);
  return (userId, change) => {
    if (change.cause === 'schedule' || agreed(userId, change)) return true;
    return days.some((then) => {
      const planned = then.get(keyOf(userId, change));
      if (planned === undefined) return change.cause !== 'drift';
      return agreed(userId, planned) && planned.cause !== 'drift';
    });
  };
}

function tuplesOf({ orgId, users }: Review['plans'][number]): string[] {
  return Object.values(users).flatMap(({ userId, changes }) =>
    changes.map((change) => reviewTuple({ orgId, userId }, change)),
  );
}

function byKey(diffs: readonly UserDiff[]): Map<string, Change> {
  return new Map(
    diffs.flatMap(({ userId, changes }) =>
      changes.map((change) => [keyOf(userId, change), change] as const),
    ),
  );
}

function keyOf(userId: string, { kind, id }: Pick<Change, 'kind' | 'id'>): string {
  return `${kind} ${id} ${userId}`;
}

/** A change nobody has agreed to is kept back, with the reason. */
export function unreviewed(
  dropped: readonly { readonly userId: string; readonly key: string; readonly change: Change }[],
): Held[] {
  return dropped.map(({ userId, key, change }) => {
    const { kind, id, name, cause, source } = change;
    const { file, line, col } = source;
    return {
      ...{ key, userId, assignment: { kind, id, name } },
      reason: 'unreviewed',
      message: `The change to ${name} (cause: ${cause}) is in no reviewed plan.`,
      hint:
        HINTS[cause] ?? 'Have a plan that shows it reviewed, or apply without --require-review.',
      place: { file, line, col },
    };
  });
}

const HINTS: Partial<Record<Change['cause'], string>> = {
  drift:
    'Somebody changed it on the platform: muster drift --revert puts it back, muster drift --adopt takes it over.',
};

/** Refuses the whole plan for what nobody has agreed to. */
export function judgeReview(
  diffs: readonly UserDiff[],
  isReviewed: (userId: string, change: Change) => boolean,
): GuardVerdict {
  const open = diffs.map(({ userId, changes }) =>
    changes.reduce((sum, change) => sum + (isReviewed(userId, change) ? 0 : 1), 0),
  );
  const changes = open.reduce((sum, one) => sum + one, 0);
  if (changes === 0) return verdict('review', true, 'Every change is in a reviewed plan.');
  const people = open.filter((one) => one > 0).length;
  return verdict(
    'review',
    false,
    `${count(changes, 'change is', 'changes are')} in no reviewed plan, of ${count(people, 'person', 'people')}.`,
  );
}
