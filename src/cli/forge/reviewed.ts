/**
 * What a forge vouches for as reviewed: of each pull request merged since the oldest base, the plan that its comment
 * shows. Its invariant: a plan that is returned makes the very changes whose digest stands in a comment of our own.
 */
import { type Merged, mergedBehind, vouchedFor } from '../../forge/reviews.ts';
import type { Org } from '../../model/config.ts';
import { MusterError } from '../../model/error.ts';
import type { Forge } from '../../model/forge.ts';
import type { Override } from '../../model/guard.ts';
import type { Plan } from '../../model/plan.ts';
import { reviewDigest } from '../../plan/digest.ts';
import { overridesIn } from '../overrides.ts';
import { planFrom } from '../saved.ts';

export interface VouchedFor {
  readonly plans: readonly Plan[];
  /** Of trailers of the pull requests' own commits. */
  readonly overrides: readonly Override[];
  /** Of each pull request that does not count, and why; a clause each. */
  readonly doubts: readonly string[];
}

export async function reviewedOn(
  forge: Forge,
  org: Org,
  commits: readonly string[],
): Promise<VouchedFor> {
  const plans: Plan[] = [];
  const overrides: Override[] = [];
  const doubts: string[] = [];
  for (const merged of await mergedBehind(forge, commits)) {
    const found = await planOf(forge, org, merged);
    if ('why' in found) {
      doubts.push(`#${merged.request.number}: ${found.why}`);
      continue;
    }
    plans.push(found.plan);
    overrides.push(...merged.commits.flatMap(({ message }) => overridesIn(message)));
  }
  return { plans, overrides, doubts };
}

async function planOf(
  forge: Forge,
  org: Org,
  merged: Merged,
): Promise<{ readonly plan: Plan } | { readonly why: string }> {
  const { name } = org;
  const vouched = vouchedFor(merged, { name, orgId: org.orgId ?? null });
  if ('why' in vouched) return vouched;
  const { digest } = vouched.header;
  for (const raw of await forge.keptPlans({ org: name, head: merged.request.head })) {
    const plan = await intact(raw);
    // What a plan says of its own digest proves nothing: it is worked out again.
    if (plan && reviewDigest(plan.orgId, Object.values(plan.users)) === digest) return { plan };
  }
  return { why: 'no job has kept the plan that its comment shows' };
}

async function intact(raw: unknown): Promise<Plan | undefined> {
  try {
    return await planFrom(raw);
  } catch (error) {
    if (error instanceof MusterError) return undefined;
    throw error;
  }
}
