import { expect, test } from 'vitest';
import { planJson } from '../../src/report/plan/json.ts';
import { list, planOf, target } from '../support/builders.ts';

const two = [
  [target({ id: 'u2', skills: { a: 60, b: 'absent' } }), list({ b: 1, f: 7 })],
  [target({ id: 'u1', skills: { a: 60 } }), list({ a: 10 })],
  [target({ id: 'u3', skills: { a: 60 } }), list({ a: 60 })],
] as const;

test('totals count changes, people, and foreign assignments of everybody', () => {
  expect(planOf(two).totals).toEqual({
    add: 1,
    change: 1,
    remove: 1,
    people: 2,
    leavers: 0,
    held: 0,
    released: 0,
    foreignKept: 1,
    desired: 3,
  });
});

test('the order of the inputs does not change the bytes', () => {
  expect(JSON.stringify(planOf([...two].reverse()))).toBe(JSON.stringify(planOf(two)));
});

test('held people and assignments are sorted, the released too', () => {
  const held = (key: string, id?: string) => ({
    key,
    reason: 'not-found' as const,
    message: 'm',
    place: { file: 'f', line: 1, col: 1 },
    ...(id === undefined ? {} : { assignment: { kind: 'skill' as const, id, name: id } }),
  });
  const made = planOf(two, { held: [held('b', 'z'), held('b', 'y'), held('a')] });
  expect(made.held.map((one) => [one.key, one.assignment?.id])).toEqual([
    ['a', undefined],
    ['b', 'y'],
    ['b', 'z'],
  ]);
});

test('the digest moves with the content and not with the time of making or what is upcoming', () => {
  const made = planOf(two);
  expect(planOf(two, { made: { at: 'later', by: 'x' } }).digest).toBe(made.digest);
  expect(planOf(two, { head: 'abc' }).digest).not.toBe(made.digest);
});

test('the review digest covers who, what, from and to, and the tenant, and nothing else', () => {
  const made = planOf(two);
  expect(planOf(two, { head: 'abc' }).reviewDigest).toBe(made.reviewDigest);
  expect(planOf(two.slice(1)).reviewDigest).not.toBe(made.reviewDigest);
  const pinned = planOf(two, { org: { name: 'eu-prod', platform: 'admin', orgId: 'T' } });
  expect(pinned.orgId).toBe('T');
  expect(pinned.reviewDigest).not.toBe(made.reviewDigest);
});

test('the digest of what is desired ignores what is live and moves with what is wanted', () => {
  const other = two.map(([one]) => [one, list()] as const);
  expect(planOf(other).desired).toBe(planOf(two).desired);
  expect(planOf(two.slice(1)).desired).not.toBe(planOf(two).desired);
});

test('validUntil is the next day on which the files say something else', () => {
  const desired = {
    org: 'o',
    day: '2026-11-23',
    users: new Map(),
    catalogue: new Map(),
    upcoming: [],
  };
  expect(planOf([]).validUntil).toBeNull();
  expect(planOf([], { desired: { ...desired, validUntil: '2026-12-01' } }).validUntil).toBe(
    '2026-12-01',
  );
});

test('a plan saved is the plan as JSON, made in pieces', () => {
  for (const made of [planOf(two), planOf([])]) {
    expect(planJson(made)).toBe(`${JSON.stringify(made, null, 2)}\n`);
  }
});
