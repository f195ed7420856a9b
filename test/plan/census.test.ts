import { expect, test } from 'vitest';
import { type Assignments, dormant } from '../../src/model/assignment.ts';
import type { LiveState, LiveUser } from '../../src/model/live.ts';
import type { UserDiff } from '../../src/model/plan.ts';
import { census } from '../../src/plan/census.ts';
import { list } from '../support/builders.ts';

function live(users: Readonly<Record<string, Assignments | null | 'inactive'>>): LiveState {
  const entries = Object.entries(users).map(([id, has]): [string, LiveUser] => {
    const assignments = typeof has === 'object' && has !== null ? has : list();
    const own =
      has === null ? { proven: false as const, why: '' } : { proven: true as const, assignments };
    return [id, { person: { id, active: has !== 'inactive' }, list: own }];
  });
  return { users: new Map(entries), catalogue: [], directory: true };
}

const diff = (userId: string, before: Assignments, after: Assignments) =>
  ({ userId, before, after }) as UserDiff;

test('active people with proven lists are counted, now and after the plan', () => {
  const odd = { proficiency: null };
  const now = list({ a: 1, b: 5 }, { l: 2 });
  const found = census(
    live({ u1: now, u2: list({ a: 1, b: odd, c: dormant(3) }), u3: null, u4: 'inactive' }),
    [diff('u1', now, list({ a: 2 }, { l: 2 }))],
  );
  expect(found).toMatchObject({ people: 2, unknown: 1 });
  const byId = new Map(found.counted.map((one) => [`${one.kind} ${one.id}`, one]));
  expect([...byId.keys()].sort()).toEqual(['language l', 'skill a', 'skill b']);
  expect(byId.get('skill a')).toMatchObject({ now: 2, after: 2 });
  expect(byId.get('skill a')?.values).toEqual(
    expect.arrayContaining([
      { value: 1, now: 2, after: 1 },
      { value: 2, now: 0, after: 1 },
    ]),
  );
  expect(byId.get('skill b')).toMatchObject({ now: 2, after: 1 });
  expect(byId.get('skill b')?.values).toEqual(
    expect.arrayContaining([{ value: odd, now: 1, after: 1 }]),
  );
});
