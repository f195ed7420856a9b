/**
 * The page: the whole story of a plan and of an apply. The shell hands in files, bases, a provider and the day;
 * everything here is reading, comparing, judging, and handing on.
 */

import { type ApplyOptions, apply } from './apply/apply.ts';
import { holdOverfull } from './diff/ceilings.ts';
import { diffEverybody } from './diff/everybody.ts';
import { movedNames } from './diff/moved.ts';
import { narrowChanges, narrowTo } from './diff/narrow.ts';
import { baseKeys, type Files, formerKeys, idsSeen } from './diff/points.ts';
import { scopeKeys } from './diff/scope.ts';
import type { Org } from './model/config.ts';
import type { DesiredState } from './model/desired.ts';
import { type Listener, stagesOf } from './model/event.ts';
import { type Finding, hasErrors } from './model/finding.ts';
import type { GuardName, Guards } from './model/guard.ts';
import type { LiveState } from './model/live.ts';
import type { Plan, RunScope, UserDiff } from './model/plan.ts';
import { CEILINGS, SCALES } from './model/platform.ts';
import type { Point } from './model/point.ts';
import type { Provider } from './model/provider.ts';
import type { Result } from './model/result.ts';
import type { Review } from './model/review.ts';
import type { Targets } from './model/target.ts';
import { judge } from './plan/guards/judge.ts';
import { planLosses } from './plan/losses.ts';
import { makePlan } from './plan/plan.ts';
import { judgeReview, reviewed, unreviewed } from './plan/review.ts';
import { settlement } from './plan/settle.ts';
import { tellHolders, tellPlanned } from './plan/tell.ts';

export interface PlanRequest extends Files {
  readonly org: Org;
  /** The commit the files were read at, and the files as a point of the ledger; null outside git. */
  readonly head: string | null;
  readonly point: Point | null;
  /** Keys of the people of whom the files say something else than the commit they are on. */
  readonly uncommitted: ReadonlySet<string>;
  /** Findings of the files; none may be an error. */
  readonly findings: readonly Finding[];
  /** Null: everybody and everything. */
  readonly scope: RunScope | null;
  /** The guards of the org, and of the base's files: the stricter holds. */
  readonly guards: readonly Guards[];
  readonly allowed: readonly GuardName[];
  /** Why the base must not be used unseen, besides what `bases` tells; each a sentence. */
  readonly doubts?: readonly string[];
  /** Null: nobody has to have seen the changes. */
  readonly review: Review | null;
  /** Told to write nothing: its transport refuses. */
  readonly provider: Provider;
  readonly listener: Listener;
  readonly made: Plan['made'];
}

/** A plan, and whom each key meant; or the findings that stand in its way. */
export type Planned =
  | {
      readonly plan: Plan;
      readonly findings: readonly Finding[];
      readonly ids: ReadonlyMap<string, string>;
    }
  | { readonly plan: undefined; readonly findings: readonly Finding[] };

/** Reads what is live, puts what the files want and wanted beside it, and says what would change. Writes nothing. */
export async function planFor(request: PlanRequest): Promise<Planned> {
  const { org, desired, bases, scope, provider, listener } = request;
  const ids = idsSeen(request);
  const only = scopeKeys(scope, { desired, bases, ids });
  const keys = [...(only ?? everyKey(request))];
  const stage = stagesOf(listener);
  const live = await stage('fetch', () =>
    provider.fetch(only === undefined ? { keys, ids } : { keys, only: { ids } }),
  );
  const targets = provider.normalize(only === undefined ? desired : among(desired, only), live);
  const ledger = bases?.ledger;
  const moved = ledger === undefined ? [] : movedNames({ desired, targets, live, ledger });
  const findings = [...request.findings, ...targets.findings, ...moved];
  if (hasErrors(findings)) return { plan: undefined, findings };

  const compare = (files: DesiredState, wanted: Targets) =>
    diffEverybody({
      ...{ desired: files, targets: wanted, live, bases, ids, only },
      ownership: org.ownership,
      normalize: provider.normalize,
      leavers: scope?.at !== 'base',
      allowRolledBack: request.allowed.includes('rolled-back'),
    });
  const compared = await stage('diff', async () => compare(desired, targets));
  const narrowed = narrowTo(compared.diffs, scope);
  const seen = throughReview(request, narrowed.diffs, (files) => {
    const then = provider.normalize(only === undefined ? files : among(files, only), live);
    return hasErrors(then.findings) ? undefined : compare(files, then).diffs;
  });
  const { diffs, held: overfull } = holdOverfull(seen.diffs, CEILINGS[org.platform]);
  const held = [...targets.held, ...compared.held, ...seen.held, ...overfull];
  const partial = only !== undefined || (scope?.causes ?? scope?.ignore) !== undefined;
  const verdicts = await stage('guards', async () =>
    judge({
      ...{ diffs, desired: desired.users.size, guards: request.guards },
      live: await liveToCount(request, { only, live, diffs }),
      looked: new Set([
        ...Object.keys(compared.settled),
        ...compared.diffs.map(({ userId }) => userId),
      ]),
      narrowed: partial,
      idsOf: idsByName(targets, live),
      better: SCALES[org.platform].skill?.best ?? 'high',
      doubts: [...(request.doubts ?? []), ...(bases?.doubts ?? [])],
      now: Date.parse(request.made.at),
    }),
  );
  const settles = settlement({
    ...{ scope, targets, held, point: request.point },
    settled: compared.settled,
    partly: compared.partly,
    formerly: formerKeys(request),
    left: {
      ...{ ...compared.left, ...narrowed.left, ...seen.left },
      ...uncommitted(request, compared.settled, diffs),
    },
  });
  const plan = await stage('plan', async () =>
    makePlan({
      ...{ org, desired, targets, diffs, held, findings, scope, settles },
      head: request.head,
      ledger: bases?.commit ?? null,
      live: live.incomplete ? { complete: false, why: live.incomplete.why } : { complete: true },
      foreignKept: compared.foreignKept,
      guards: [...verdicts, ...seen.guards],
      losses: planLosses({ diffs, live, narrowed: partial }),
      made: request.made,
    }),
  );
  tellPlanned(listener, plan);
  if (org.telemetry?.holders && only === undefined)
    tellHolders(listener, live, targets.names.skill);
  return { plan, findings, ids: idsByKey(targets) };
}

export type { ApplyOptions };

/** Writes what the plan says, to whom it still applies, and reads everybody back. */
export function applyPlan(plan: Plan, options: ApplyOptions): Promise<Result> {
  return apply(plan, options);
}

/** What is left of the changes when only what somebody has agreed to is written; or the guard that refuses them all. */
function throughReview(
  { review, allowed }: PlanRequest,
  diffs: readonly UserDiff[],
  compareOn: (files: DesiredState) => readonly UserDiff[] | undefined,
) {
  const whole = { diffs, left: {}, held: [], guards: [] };
  if (review === null) return whole;
  const onDays = review.sameFiles.flatMap((files) => {
    const then = compareOn(files);
    return then === undefined ? [] : [then];
  });
  const isReviewed = reviewed({ plans: review.plans, onDays });
  if (review.mode === 'all') return { ...whole, guards: [judgeReview(diffs, isReviewed)] };
  if (allowed.includes('review')) return whole;
  const kept = narrowChanges(diffs, isReviewed);
  return { ...kept, held: unreviewed(kept.dropped), guards: [] };
}

function everyKey({ desired, bases }: Files): Set<string> {
  const keys = new Set(desired.users.keys());
  if (bases !== undefined) for (const { key } of baseKeys(bases)) keys.add(key);
  return keys;
}

function among(desired: DesiredState, only: ReadonlySet<string>): DesiredState {
  return { ...desired, users: new Map([...desired.users].filter(([key]) => only.has(key))) };
}

/** Coverage counts the whole org: a narrowed plan that takes a covered skill from somebody reads it after all. */
async function liveToCount(
  { guards, provider, desired }: PlanRequest,
  seen: { only: ReadonlySet<string> | undefined; live: LiveState; diffs: readonly UserDiff[] },
): Promise<LiveState> {
  if (seen.only === undefined) return seen.live;
  const covered = new Set(guards.flatMap(({ coverage }) => coverage.map(({ skill }) => skill)));
  const touched = seen.diffs.some(({ changes }) =>
    changes.some(({ name, action }) => action !== 'add' && covered.has(name)),
  );
  return touched ? provider.fetch({ keys: [...desired.users.keys()] }) : seen.live;
}

function idsByName({ names }: Targets, { catalogue }: LiveState): (name: string) => string[] {
  const byName = new Map<string, Set<string>>();
  const enter = (name: string, id: string) => {
    byName.set(name, (byName.get(name) ?? new Set()).add(id));
  };
  for (const [id, name] of Object.entries(names.skill)) enter(name, id);
  for (const { kind, id, name } of catalogue ?? []) if (kind === 'skill') enter(name, id);
  return (name) => [...(byName.get(name) ?? [])];
}

/** Whoever the uncommitted files concern is not at the commit, whatever is applied to him. */
function uncommitted(
  request: PlanRequest,
  settled: Readonly<Record<string, string>>,
  diffs: readonly UserDiff[],
) {
  const people = [
    ...Object.entries(settled),
    ...diffs.map(({ userId, key }) => [userId, key] as const),
  ];
  return Object.fromEntries(people.filter(([, key]) => request.uncommitted.has(key)));
}

function idsByKey({ users }: Targets): Map<string, string> {
  return new Map(users.map(({ key, person }) => [key, person.id]));
}
