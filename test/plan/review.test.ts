import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import type { Change, UserDiff } from '../../src/model/plan.ts';
import { judgeReview, reviewed, unreviewed } from '../../src/plan/review.ts';
import { list, planOf, target } from '../support/builders.ts';

const change = (more: Partial<Change> = {}): Change => ({
  ...{ kind: 'skill', id: 'a', name: 'Billing', action: 'change', before: 40, after: 60 },
  cause: 'git',
  source: { file: 'r.yaml', line: 3, col: 5, chain: [] },
  ...more,
});
const diff = (changes: readonly Change[], userId = 'u1'): UserDiff => ({
  ...{ userId, key: `${userId}@example.com`, changes, foreignKept: 0, patch: [] },
  before: { skill: keyed(), language: keyed() },
  after: { skill: keyed(), language: keyed() },
  named: { skill: [], language: [] },
});
const plan = planOf([[target({ id: 'u1', skills: { a: 60 } }), list({ a: 40 })]]);
const agreed = plan.users.u1?.changes[0] as Change;

test('a change is agreed to by what it does to whom, not by why or where', () => {
  const has = reviewed({ plans: [plan], onDays: [] });
  expect(has('u1', { ...agreed, cause: 'both', name: 'renamed' })).toBe(true);
  expect(has('u2', agreed)).toBe(false);
  expect(has('u1', { ...agreed, before: 41 })).toBe(false);
  expect(has('u1', { ...agreed, after: 61 })).toBe(false);
  expect(has('u1', { ...agreed, kind: 'language' })).toBe(false);
  expect(has('u1', { ...agreed, id: 'b' })).toBe(false);
});

test('without a reviewed plan only the schedule of applied files is agreed to', () => {
  const has = reviewed({ plans: [], onDays: [] });
  expect(has('u1', change({ cause: 'schedule' }))).toBe(true);
  for (const cause of ['git', 'drift', 'both', 'first'] as const)
    expect(has('u1', change({ cause }))).toBe(false);
});

test('a window of the reviewed files may bring another change, or one where there was none', () => {
  const has = reviewed({ plans: [plan], onDays: [[diff([agreed])]] });
  expect(has('u1', { ...agreed, after: 90 })).toBe(true);
  expect(has('u1', change({ id: 'b' }))).toBe(true);
  expect(has('u1', change({ id: 'b', cause: 'drift' }))).toBe(false);
});

test('what nobody had agreed to on the day of the review stays so on a later one', () => {
  const drifted = { ...agreed, before: 33 };
  const has = reviewed({ plans: [plan], onDays: [[diff([drifted])]] });
  expect(has('u1', { ...drifted, after: 90 })).toBe(false);
  const put = reviewed({ plans: [plan], onDays: [[diff([{ ...agreed, cause: 'drift' }])]] });
  expect(put('u1', { ...agreed, after: 90 })).toBe(false);
});

test('what is held says why, and what to do about drift', () => {
  const held = unreviewed([
    { userId: 'u1', key: 'k', change: change() },
    { userId: 'u1', key: 'k', change: change({ cause: 'drift', id: 'b' }) },
  ]);
  expect(held.map(({ reason, hint }) => [reason, hint])).toEqual([
    ['unreviewed', 'Have a plan that shows it reviewed, or apply without --require-review.'],
    ['unreviewed', expect.stringContaining('muster drift --revert')],
  ]);
  expect(held[0]).toMatchObject({
    ...{ key: 'k', userId: 'u1', assignment: { kind: 'skill', id: 'a', name: 'Billing' } },
    ...{ place: { file: 'r.yaml', line: 3, col: 5 } },
    message: 'The change to Billing (cause: git) is in no reviewed plan.',
  });
});

test('the guard counts changes and people', () => {
  const none = () => false;
  const diffs = [diff([change(), change({ id: 'b' })]), diff([change()], 'u2')];
  expect(judgeReview(diffs, none)).toMatchObject({
    ...{ guard: 'review', passed: false },
    message: '3 changes are in no reviewed plan, of 2 people.',
  });
  expect(judgeReview(diffs, () => true)).toMatchObject({ guard: 'review', passed: true });
  const only = judgeReview(diffs, (userId, { id }) => userId === 'u2' || id === 'b');
  expect(only.message).toBe('1 change is in no reviewed plan, of 1 person.');
});
