/** Makes the plan out of diffs. Pure: the same inputs give the same bytes, whatever order they come in. */
import { byCodeUnit, canonical, keyed } from '../model/assignment.ts';
import type { DesiredState } from '../model/desired.ts';
import type { Finding } from '../model/finding.ts';
import {
  type Action,
  type GuardVerdict,
  type LiveRead,
  type Loss,
  PLAN_FORMAT,
  type Plan,
  type PlannedUser,
  type RunScope,
  type Settlement,
  type Totals,
  type UserDiff,
} from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import type { Held, Targets } from '../model/target.ts';
import { desiredDigest, planDigest, reviewDigest, sha256 } from './digest.ts';

export interface PlanInputs {
  readonly org: { readonly name: string; readonly orgId?: string; readonly platform: Platform };
  /** The commit the files were read at; null outside git. */
  readonly head: string | null;
  readonly desired: DesiredState;
  readonly targets: Targets;
  readonly diffs: readonly UserDiff[];
  /** Everybody and everything kept back: by the provider, by the differ. */
  readonly held: readonly Held[];
  readonly foreignKept: number;
  readonly findings: readonly Finding[];
  /** The ledger's commit; null where there is none. */
  readonly ledger: string | null;
  readonly live: LiveRead;
  readonly scope: RunScope | null;
  readonly undoes?: string;
  readonly settles: Settlement;
  readonly guards: readonly GuardVerdict[];
  /** Left out: nothing is known of them. */
  readonly losses?: readonly Loss[];
  readonly made: Plan['made'];
}

export function makePlan(inputs: PlanInputs): Plan {
  const { org, desired, targets, losses = [] } = inputs;
  const users = inputs.diffs
    .map((diff): PlannedUser => ({ ...diff, fingerprint: sha256(canonical(diff.before)) }))
    .sort((a, b) => byCodeUnit(a.userId, b.userId));
  const held = [...inputs.held].sort((a, b) => byCodeUnit(heldOrder(a), heldOrder(b)));
  const orgId = org.orgId ?? null;
  const content = {
    formatVersion: PLAN_FORMAT,
    org: org.name,
    orgId,
    platform: org.platform,
    head: inputs.head,
    ledger: inputs.ledger,
    day: desired.day,
    validUntil: desired.validUntil ?? null,
    desired: desiredDigest(targets.users),
    live: inputs.live,
    scope: inputs.scope,
    ...(inputs.undoes === undefined ? {} : { undoes: inputs.undoes }),
    settles: inputs.settles,
    users: keyed(users.map((user) => [user.userId, user] as const)),
    held,
    released: [...targets.released].sort(byCodeUnit),
    findings: inputs.findings,
    guards: inputs.guards,
    totals: totals(inputs, users, held),
    reviewDigest: reviewDigest(orgId, users),
  } satisfies Omit<Plan, 'digest' | 'upcoming' | 'losses' | 'made'>;
  return {
    ...content,
    digest: planDigest(content),
    upcoming: desired.upcoming,
    ...(losses.length === 0 ? {} : { losses }),
    made: inputs.made,
  };
}

function totals(inputs: PlanInputs, users: readonly PlannedUser[], held: readonly Held[]): Totals {
  const count = (action: Action) =>
    users.reduce((sum, user) => sum + user.changes.filter((c) => c.action === action).length, 0);
  return {
    add: count('add'),
    change: count('change'),
    remove: count('remove'),
    people: users.length,
    leavers: users.filter((user) => user.leaver).length,
    held: held.length,
    released: inputs.targets.released.length,
    foreignKept: inputs.foreignKept,
    desired: inputs.desired.users.size,
  };
}

function heldOrder({ key, assignment, reason }: Held): string {
  return canonical([
    key,
    assignment?.kind ?? '',
    assignment?.name ?? '',
    assignment?.id ?? '',
    reason,
  ]);
}
