/**
 * The page: the whole story of a plan and of an apply. The shell hands in files, a provider and the day; everything
 * here is reading, comparing, and handing on.
 */
import { type ApplyOptions, apply } from './apply/apply.ts';
import { diffUser } from './diff/diff.ts';
import { holdLoans } from './diff/loans.ts';
import type { Org } from './model/config.ts';
import type { DesiredState } from './model/desired.ts';
import type { Listener } from './model/event.ts';
import { type Finding, hasErrors } from './model/finding.ts';
import type { LiveState } from './model/live.ts';
import type { Plan, UserDiff } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { Result } from './model/result.ts';
import type { Held, Target, Targets } from './model/target.ts';
import { makePlan } from './plan/plan.ts';

export interface PlanRequest {
  readonly org: Org;
  /** The commit the files were read at; null outside git. */
  readonly head: string | null;
  readonly desired: DesiredState;
  /** Findings of the files; none may be an error. */
  readonly findings: readonly Finding[];
  /** Told to write nothing: its transport refuses. */
  readonly provider: Provider;
  readonly listener: Listener;
  readonly made: Plan['made'];
}

/** A plan, or the findings that stand in its way. */
export type Planned =
  | { readonly plan: Plan; readonly findings: readonly Finding[] }
  | { readonly plan: undefined; readonly findings: readonly Finding[] };

/** Reads what is live, puts what the files want beside it, and says what would change. Writes nothing. */
export async function planFor(request: PlanRequest): Promise<Planned> {
  const { org, head, desired, provider, listener, made } = request;
  const live = await provider.fetch({ keys: [...desired.users.keys()] });
  const targets = provider.normalize(desired, live);
  const findings = [...request.findings, ...targets.findings];
  if (hasErrors(findings)) return { plan: undefined, findings };

  const { diffs, held, foreignKept } = diffEverybody(targets, live);
  const plan = makePlan({
    org,
    head,
    desired,
    targets,
    diffs,
    held: [...targets.held, ...held],
    foreignKept,
    findings,
    made,
  });
  listener({ type: 'planned', totals: plan.totals });
  return { plan, findings };
}

/** Writes what the plan says, to whom it still applies, and reads everybody back. */
export function applyPlan(plan: Plan, options: ApplyOptions): Promise<Result> {
  return apply(plan, options);
}

function diffEverybody(targets: Targets, live: LiveState) {
  const diffs: UserDiff[] = [];
  const held: Held[] = [];
  let foreignKept = 0;
  for (const user of targets.users) {
    const list = live.users.get(user.person.id)?.list;
    if (!list?.proven) {
      held.push(unread(user, list?.why ?? 'The platform did not return it.'));
      continue;
    }
    const loans = holdLoans(user, list.assignments);
    const compared = diffUser(loans.target, list.assignments, targets.names);
    held.push(...loans.held);
    foreignKept += compared.foreignKept - loans.held.length;
    if (compared.diff !== undefined) diffs.push(compared.diff);
  }
  return { diffs, held, foreignKept };
}

function unread(user: Target, why: string): Held {
  return {
    key: user.key,
    userId: user.person.id,
    reason: 'unread',
    message: `The user's own list could not be read, and unknown is never taken for empty. ${why}`,
    hint: 'Plan again; if it stays so, look at this person on the platform.',
    place: user.place,
  };
}
