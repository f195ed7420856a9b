/** Small plans, results and findings to render; every part can be given. */

import { type Assignments, keyed, NO_ASSIGNMENTS } from '../../src/model/assignment.ts';
import type { Finding, Place } from '../../src/model/finding.ts';
import type { GuardName } from '../../src/model/guard.ts';
import type { Change, GuardVerdict, Plan, PlannedUser, Settlement } from '../../src/model/plan.ts';
import type { Point } from '../../src/model/point.ts';
import { OUTCOMES, type Outcome, type Result, type UserResult } from '../../src/model/result.ts';
import type { Held } from '../../src/model/target.ts';

export const PLAIN = { color: false, width: 80 } as const;
const SHA = `sha256:${'0'.repeat(64)}`;

export function place(file = 'rosters/a.yaml', line = 12, col = 7): Place {
  return { file, line, col };
}

/** An added skill, unless told otherwise. */
export function change(over: Partial<Change> & { chain?: readonly string[] } = {}): Change {
  const { chain = [], ...rest } = over;
  const name = rest.name ?? 'Spanish';
  return {
    kind: 'skill',
    id: `id-${name}`,
    name,
    action: 'add',
    ...(rest.action === 'remove' ? {} : { after: 60 }),
    cause: 'git',
    source: { ...place(), chain },
    ...rest,
  };
}

export function user(
  key: string,
  changes: readonly Change[],
  over: Partial<PlannedUser> = {},
): PlannedUser {
  const side = (which: 'before' | 'after'): Assignments => ({
    ...NO_ASSIGNMENTS,
    skill: keyed(
      changes.flatMap((one) => (one[which] === undefined ? [] : [[one.id, one[which]] as const])),
    ),
  });
  return {
    userId: `id-${key}`,
    key,
    before: side('before'),
    after: side('after'),
    changes,
    named: { skill: changes.map((one) => one.id), language: [] },
    foreignKept: 0,
    patch: changes.map((one) => ({ op: 'add', path: `/skill/${one.id}`, value: one.after })),
    fingerprint: SHA,
    ...over,
  };
}

export function plan(users: readonly PlannedUser[], over: Partial<Plan> = {}): Plan {
  const changes = users.flatMap((one) => one.changes);
  const count = (action: Change['action']) => changes.filter((c) => c.action === action).length;
  return {
    formatVersion: '1.0',
    org: 'eu-prod',
    orgId: null,
    platform: 'admin',
    head: '5ab9261',
    ledger: null,
    day: '2026-11-23',
    validUntil: null,
    desired: SHA,
    live: { complete: true },
    scope: null,
    settles: settles(),
    users: keyed(users.map((one) => [one.userId, one])),
    held: [],
    released: [],
    findings: [],
    guards: [],
    totals: {
      add: count('add'),
      change: count('change'),
      remove: count('remove'),
      people: users.length,
      leavers: users.filter((one) => one.leaver).length,
      held: over.held?.length ?? 0,
      released: over.released?.length ?? 0,
      foreignKept: 0,
      desired: users.length,
    },
    reviewDigest: SHA,
    digest: SHA,
    upcoming: [],
    made: { at: '2026-11-23T21:00:00.000Z', by: 'muster 0.1.0' },
    ...over,
  };
}

export function point(over: Partial<Point> = {}): Point {
  return { commit: '5ab9261', day: '2026-11-23', ...over };
}

/** Of everybody, with nobody left open. */
export function settles(over: Partial<Settlement> = {}): Settlement {
  return {
    point: point(),
    reach: 'whole',
    verified: keyed(),
    left: keyed(),
    names: { skill: keyed(), language: keyed() },
    ...over,
  };
}

/** Failed, with the flag that allows it, unless told otherwise; renderers take any name for a guard. */
export function verdict(guard: string, over: Partial<GuardVerdict> = {}): GuardVerdict {
  return {
    guard: guard as GuardName,
    passed: false,
    message: '12 of 20 assignments would go.',
    hint: `If this is meant: --allow ${guard} --reason "..."`,
    ...over,
  };
}

export function held(over: Partial<Held> = {}): Held {
  return {
    key: 'ben@example.com',
    reason: 'not-found',
    message: 'Nobody on the platform has this key.',
    hint: 'correct the key, or remove the entry.',
    place: place('rosters/a.yaml', 3, 3),
    ...over,
  };
}

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    code: 'skill-unknown',
    severity: 'error',
    message: 'The catalogue has no skill `Billng`.',
    place: place(),
    ...over,
  };
}

export function outcome(kind: Outcome, over: Partial<UserResult> = {}): UserResult {
  const key = over.key ?? `${kind}@example.com`;
  return { userId: `id-${key}`, key, outcome: kind, ...over };
}

export function result(users: readonly UserResult[], over: Partial<Result> = {}): Result {
  const count = (kind: Outcome) => users.filter((one) => one.outcome === kind).length;
  return {
    formatVersion: '1.0',
    org: 'eu-prod',
    platform: 'admin',
    day: '2026-11-23',
    run: null,
    plan: SHA,
    planned: { ...plan([]).totals, add: 30, change: 4, remove: 2, people: users.length },
    users,
    held: [],
    outcomes: Object.fromEntries(OUTCOMES.map((kind) => [kind, count(kind)])) as Result['outcomes'],
    ...over,
  };
}

/** A plan in which every part of a plan occurs. */
export function fullPlan(): Plan {
  const l2 = ['team emea-billing', 'profile billing-l2'];
  const ana = user(
    'ana@example.com',
    [
      change({
        name: 'Billing',
        action: 'change',
        before: 40,
        after: 90,
        level: 'expert',
        chain: l2,
      }),
      change({ name: 'Chat', action: 'remove', before: 20, cause: 'drift' }),
      change({ name: 'Spanish' }),
      change({ kind: 'language', name: 'Spanish', id: 'l1', after: 4, cause: 'schedule' }),
    ],
    { name: 'Ana Ruiz', foreignKept: 2 },
  );
  const odd = change({
    name: 'Retention',
    action: 'change',
    before: { proficiency: null },
    cause: 'both',
  });
  const left = change({
    name: 'Refunds',
    action: 'remove',
    before: 60,
    source: { ...place('rosters/old.yaml', 4), chain: ['team emea-billing'] },
  });
  const bob = user('bob@example.com', [left], { leaver: true });
  return plan([user('cem@example.com', [odd]), bob, ana], {
    validUntil: '2026-11-28',
    held: [
      held(),
      held({
        key: 'ana@example.com',
        userId: 'id-ana@example.com',
        assignment: { kind: 'language', id: 'l2', name: 'French' },
        reason: 'loan-no-return',
        message: 'The entry would end on a live value that no file declares.',
      }),
    ],
    released: ['dan@example.com', 'eva@example.com'],
    findings: [
      finding({ code: 'name-renamed', severity: 'warning', message: 'The skill was renamed.' }),
    ],
    guards: [verdict('removals')],
    upcoming: [
      {
        day: '2026-11-28',
        edge: 'ends',
        user: 'ana@example.com',
        kind: 'skill',
        name: 'Refunds',
        place: place('rosters/a.yaml', 20),
      },
    ],
  });
}
