/** Plans and live orgs for the guards, person by person: what each has, and what the plan makes of it. */
import fc from 'fast-check';
import {
  type Assignments,
  dormant,
  KINDS,
  sameValue,
  type Value,
} from '../../../src/model/assignment.ts';
import { DEFAULT_GUARDS, type Guards } from '../../../src/model/guard.ts';
import type { LiveUser, Person } from '../../../src/model/live.ts';
import {
  actionOf,
  type Change,
  type GuardVerdict,
  type UserDiff,
} from '../../../src/model/plan.ts';
import type { GuardInput } from '../../../src/plan/guards/judge.ts';
import { judge } from '../../../src/plan/guards/judge.ts';
import { list } from '../../support/builders.ts';

type Values = Readonly<Record<string, Value>>;

export interface Someone {
  readonly id: string;
  readonly key?: string;
  readonly person?: Partial<Person>;
  /** Skills now; null for a list that is not known. */
  readonly has: Values | null;
  readonly speaks?: Values;
  /** Skills after the plan; left out for somebody it leaves alone. */
  readonly gets?: Values;
  readonly getsToSpeak?: Values;
  readonly leaver?: true;
}

export const NOON = Date.parse('2026-12-24T12:00:00Z');

/** Names are ids in capitals; `a` and `a2` share the name `A`. */
function nameOf(id: string): string {
  return id.slice(0, 1).toUpperCase();
}

export function idsOf(name: string): readonly string[] {
  return ['a', 'a2', 'b', 'c', 'd'].filter((id) => nameOf(id) === name);
}

export function guards(more: Partial<Guards> = {}): Guards {
  return { ...DEFAULT_GUARDS, ...more };
}

export function input(people: readonly Someone[], more: Partial<GuardInput> = {}): GuardInput {
  const users = people.map(liveOf);
  return {
    guards: [DEFAULT_GUARDS],
    diffs: people.filter(({ gets }) => gets).map(diffOf),
    live: {
      users: new Map(users.map((user) => [user.person.id, user])),
      catalogue: [],
      directory: true,
    },
    looked: new Set(people.map(({ id }) => id)),
    desired: people.filter(({ leaver }) => !leaver).length,
    narrowed: false,
    idsOf,
    better: 'high',
    doubts: [],
    now: NOON,
    ...more,
  };
}

export function verdictOf(guard: string, of: GuardInput): GuardVerdict {
  const found = judge(of).find((verdict) => verdict.guard === guard);
  if (!found) throw new Error(`no verdict of ${guard}`);
  return found;
}

/** `+ message` of what passed, `- message` of what did not. */
export function said(guard: string, of: GuardInput): string {
  const { passed, message } = verdictOf(guard, of);
  return `${passed ? '+' : '-'} ${message}`;
}

/** `count` people, all alike. */
export function many(count: number, one: Omit<Someone, 'id'>, from = 'u'): Someone[] {
  return Array.from({ length: count }, (_, index) => ({ ...one, id: `${from}${index}` }));
}

function liveOf({ id, person, has, speaks }: Someone): LiveUser {
  return {
    person: { id, active: true, ...person },
    list: has
      ? { proven: true, assignments: list(has, speaks) }
      : { proven: false, why: 'It was not read.' },
  };
}

function diffOf({ id, key = id, has, speaks, gets, getsToSpeak, leaver }: Someone): UserDiff {
  const before = list(has ?? {}, speaks);
  const after = list(gets, getsToSpeak ?? speaks);
  return {
    userId: id,
    key,
    before,
    after,
    changes: changesOf(before, after),
    ...(leaver && { leaver }),
    named: { skill: [], language: [] },
    foreignKept: 0,
    patch: [],
  };
}

function changesOf(before: Assignments, after: Assignments): Change[] {
  return KINDS.flatMap((kind) => {
    const ids = new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])]);
    return [...ids].flatMap((id): Change[] => {
      const [from, to] = [before[kind][id], after[kind][id]];
      if (sameValue(from, to)) return [];
      const action = actionOf(from, to);
      const source = { file: 'rosters/a.yaml', line: 1, col: 1, chain: [] };
      return [{ kind, id, name: nameOf(id), action, cause: 'git', source }];
    });
  });
}

const proficiency = fc.integer({ min: 1, max: 3 });
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: proficiency },
  { weight: 1, arbitrary: proficiency.map(dormant) },
);
const values = fc.dictionary(fc.constantFrom('a', 'a2', 'b', 'c'), value, { maxKeys: 4 });

/** Up to twelve people, some changed, some unknown, some inactive. */
const anyPeople: fc.Arbitrary<readonly Someone[]> = fc
  .array(
    fc.record({
      has: fc.oneof({ weight: 8, arbitrary: values }, { weight: 1, arbitrary: fc.constant(null) }),
      gets: fc.option(values),
      leaver: fc.boolean(),
      active: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ has, gets, leaver, active }, index): Someone => {
      const someone = { id: `u${index}`, has, person: { active } };
      // Nobody is planned whose list is not known, or who is not active.
      if (has === null || gets === null || !active) return someone;
      return { ...someone, gets, ...(leaver && { leaver }) };
    }),
  );

const skill = fc.constantFrom('A', 'B', 'C');
const share = fc.record({
  percent: fc.integer({ min: 0, max: 100 }),
  count: fc.integer({ min: 0, max: 6 }),
});

export const anyGuards: fc.Arbitrary<Guards> = fc.record({
  removals: fc
    .tuple(share, fc.integer({ min: 0, max: 12 }))
    .map(([both, max]) => ({ ...both, max })),
  users: share,
  leavers: fc.record({ count: fc.integer({ min: 0, max: 4 }) }),
  skill: share,
  coverage: fc.array(
    fc
      .record({
        skill,
        users: fc.integer({ min: 0, max: 6 }),
        proficiency: fc.option(fc.integer({ min: 1, max: 3 })),
      })
      .map(({ skill, users, proficiency }) => ({
        skill,
        users,
        ...(proficiency !== null && { atLeast: { proficiency } }),
      })),
    { maxLength: 2 },
  ),
  freeze: fc.array(
    fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .map(([from, hours]) => ({ from: NOON + from, until: NOON + from + hours })),
    { maxLength: 3 },
  ),
  protected: fc.record({
    users: fc.uniqueArray(fc.constantFrom('u0', 'u1', 'u9'), { maxLength: 2 }),
    skills: fc.uniqueArray(skill, { maxLength: 1 }),
  }),
  rules: fc.array(
    fc.oneof(fc.record({ holds: skill, must: skill }), fc.record({ holds: skill, mustNot: skill })),
    { maxLength: 2 },
  ),
});

export const anyInput: fc.Arbitrary<GuardInput> = fc
  .record({
    people: anyPeople,
    guards: fc.array(anyGuards, { minLength: 1, maxLength: 2 }),
    narrowed: fc.boolean(),
    better: fc.constantFrom('high' as const, 'low' as const),
    doubts: fc.subarray(['One.', 'Two.']),
  })
  .map(({ people, ...more }) => input(people, more));
