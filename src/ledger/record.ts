/** A plan as its run's record keeps it, and back: ids, no names. Pure. */

import { type Keyed, keyed, type Value } from '../model/assignment.ts';
import type { Override } from '../model/guard.ts';
import {
  LEDGER_FORMAT,
  type Ledger,
  type OpenUser,
  type RecordedUser,
  type RunKind,
  type RunRecord,
} from '../model/ledger.ts';
import type { Plan, PlannedUser } from '../model/plan.ts';
import type { Point } from '../model/point.ts';
import type { Held } from '../model/target.ts';

export interface Beginning {
  readonly id: string;
  readonly kind: RunKind;
  readonly by: string;
  /** ISO instant. */
  readonly begun: string;
  readonly point: Point;
  readonly overrides: readonly Override[];
  readonly undoes?: string;
  readonly restores?: Keyed<OpenUser>;
}

export function recordOf(plan: Plan, beginning: Beginning): RunRecord {
  const { org, digest, scope, settles } = plan;
  const users = Object.values(plan.users).map((user) => [user.userId, recorded(user)] as const);
  return {
    formatVersion: LEDGER_FORMAT,
    ...beginning,
    org,
    ended: null,
    plan: digest,
    scope,
    settles,
    users: keyed(users),
    outcomes: null,
  };
}

function recorded({ key, before, changes, named }: PlannedUser): RecordedUser {
  return {
    key,
    before,
    changes: changes.map(({ kind, id, action, before: old, after, cause }) => ({
      kind,
      id,
      action,
      ...(old === undefined ? {} : { before: old }),
      ...(after === undefined ? {} : { after }),
      ...(cause === 'drift' || cause === 'both' ? { drift: true as const } : {}),
    })),
    named,
    outcome: null,
  };
}

/** The users of a run's record as they were planned, for going on with it. `names` are those of the ledger. */
export function plannedOf(record: RunRecord, names: Ledger['names']): PlannedUser[] {
  const nameOf = {
    skill: new Map(Object.entries(names.skill).map(([name, id]) => [id, name])),
    language: new Map(Object.entries(names.language).map(([name, id]) => [id, name])),
  };
  return Object.entries(record.users).map(([userId, user]) => ({
    userId,
    key: user.key,
    before: user.before,
    after: afterOf(user),
    changes: user.changes.map((change) => ({
      ...change,
      name: nameOf[change.kind].get(change.id) ?? change.id,
      cause: 'first',
      source: { file: '', line: 1, col: 1, chain: [] },
    })),
    named: user.named,
    foreignKept: 0,
    patch: [],
    fingerprint: '',
  }));
}

/** The list a run meant somebody to have. */
function afterOf({ before, changes }: Pick<RecordedUser, 'before' | 'changes'>) {
  const after = {
    skill: keyed<Value>(Object.entries(before.skill)),
    language: keyed<Value>(Object.entries(before.language)),
  };
  for (const { kind, id, after: value } of changes) {
    if (value === undefined) delete after[kind][id];
    else after[kind][id] = value;
  }
  return after;
}

/** The plan a run goes on with: its record's, without those who are held now. */
export function resumedPlan(
  plan: Omit<Plan, 'users' | 'held' | 'totals'>,
  users: readonly PlannedUser[],
  held: readonly Held[],
): Plan {
  const kept = users.filter(({ userId }) => !held.some((each) => each.userId === userId));
  const count = (action: string) =>
    kept.reduce((sum, { changes }) => sum + changes.filter((c) => c.action === action).length, 0);
  return {
    ...plan,
    users: keyed(kept.map((user) => [user.userId, user])),
    held,
    totals: {
      add: count('add'),
      change: count('change'),
      remove: count('remove'),
      people: kept.length,
      leavers: 0,
      held: held.length,
      released: 0,
      foreignKept: 0,
      desired: kept.length,
    },
  };
}
