/** Plans for what is applied, made by hand: apply is told what to change, and never asks the differ. */
import { type Assignments, KINDS, keyed, type Value } from '../../src/model/assignment.ts';
import type { Change, Plan, PlannedUser } from '../../src/model/plan.ts';
import type { Target } from '../../src/model/target.ts';
import { createMemory, type MemoryOptions } from '../../src/providers/memory/index.ts';
import { list, target } from '../support/builders.ts';

type Pair = readonly [Target, Assignments];

/** A plan that brings these lists to these targets; whatever no target names is carried. */
export function planOf(pairs: readonly Pair[]): Plan {
  const users = pairs.map(planned).filter(({ changes }) => changes.length > 0);
  const made: Partial<Plan> = {
    org: 'eu-prod',
    platform: 'admin',
    day: '2026-11-23',
    digest: 'sha256:plan',
    held: [],
    users: keyed(users.map((user) => [user.userId, user] as const)),
  };
  return made as Plan;
}

function planned([wanted, before]: Pair): PlannedUser {
  const after = {
    skill: keyed(Object.entries(before.skill)),
    language: keyed(Object.entries(before.language)),
  };
  const changes: Change[] = [];
  for (const kind of KINDS) {
    for (const [id, { value }] of Object.entries(wanted.wants[kind])) {
      const old: Value | undefined = before[kind][id];
      if (old === value) continue;
      if (value === undefined) delete after[kind][id];
      else after[kind][id] = value;
      changes.push({ kind, id, name: id, action: 'change', cause: 'git' } as Change);
    }
  }
  const named = {
    skill: Object.keys(wanted.wants.skill),
    language: Object.keys(wanted.wants.language),
  };
  const { key, person } = wanted;
  const rest = { foreignKept: 0, patch: [], fingerprint: '' };
  return { userId: person.id, key, before, after, changes, named, ...rest };
}

/** A platform where everybody has `a: 10` and a foreign `f: 7`, and a plan that gives everybody `a: 60`. */
export function world(ids: readonly string[], options: Partial<MemoryOptions> = {}) {
  const lists = ids.map(
    (id) => [target({ id, skills: { a: 60 } }), list({ a: 10, f: 7 })] as const,
  );
  const provider = createMemory({
    users: lists.map(([{ person }, assignments]) => ({ person, assignments })),
    ...options,
  });
  return { provider, plan: planOf(lists) };
}
