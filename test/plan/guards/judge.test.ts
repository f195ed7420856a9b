import { expect, test } from 'vitest';
import { ALLOWABLE, DEFAULT_GUARDS, type Override } from '../../../src/model/guard.ts';
import { freezeVerdict, judge, refusals } from '../../../src/plan/guards/judge.ts';
import { guards, input, many, NOON, said, verdictOf } from './world.ts';

const HOUR = 3_600_000;
const FREEZE = { from: NOON - HOUR, until: NOON + HOUR };

test('only what is set is judged, always in the same order', () => {
  const names = (of: Parameters<typeof judge>[0]) => judge(of).map(({ guard }) => guard);
  expect(names(input([]))).toEqual(['removals', 'users', 'leavers', 'skill']);
  const all = guards({
    coverage: [{ skill: 'A', users: 1 }],
    freeze: [FREEZE],
    protected: { users: ['u0'], skills: [] },
    rules: [{ holds: 'A', must: 'B' }],
  });
  // Of these nothing is judged here: what was reviewed is not the guards' to know, and a rollback holds people.
  const elsewhere = ['review', 'rolled-back'];
  const order = ALLOWABLE.filter((name) => !elsewhere.includes(name));
  expect(names(input([], { guards: [all], doubts: ['Why.'] }))).toEqual(order);
});

test('without guards the defaults hold', () => {
  const of = input(many(20, { has: { a: 1, b: 1 }, gets: {} }), { guards: [] });
  expect(judge(of)).toEqual(judge({ ...of, guards: [DEFAULT_GUARDS] }));
  expect(verdictOf('removals', of).passed).toBe(false);
});

test('what does not pass prints the very flag that allows it, and what passes does not', () => {
  const of = input(many(6, { has: { a: 1 }, gets: {}, leaver: true }), { desired: 1 });
  expect(verdictOf('leavers', of)).toEqual({
    guard: 'leavers',
    passed: false,
    message: '6 people who left the files are changed; allowed are 5.',
    hint: 'If this is meant: --allow leavers --reason "..."',
  });
  expect(verdictOf('removals', of)).not.toHaveProperty('hint');
});

test('what is overridden by its name no longer refuses, and nothing else is let through', () => {
  const verdicts = judge(input(many(20, { has: { a: 1 }, gets: {}, leaver: true })));
  const refused = (...overrides: Override[]) =>
    refusals(verdicts, overrides).map(({ guard }) => guard);
  expect(refused()).toEqual(['removals', 'leavers', 'skill']);
  expect(refused({ guard: 'leavers', reason: 'closed' })).toEqual(['removals', 'skill']);
  expect(refused({ guard: 'users', reason: 'closed' })).toEqual(['removals', 'leavers', 'skill']);
});

test('a doubtful base is told with all its reasons, once each', () => {
  expect(said('base', input([], { doubts: ['Two.', 'One.', 'One.'] }))).toBe(
    '- The base cannot be used as it is. One. Two.',
  );
  const doubts = ['A.', 'B.', 'C.', 'D.', 'E.', 'F.', 'G.'];
  expect(said('base', input([], { doubts }))).toMatch(/ E\. And 2 more\.$/);
});

test('a freeze says from when on it may be applied, across spans that touch', () => {
  const at = (freeze: Parameters<typeof guards>[0], now: number) =>
    freezeVerdict([guards(freeze)], now)?.message;
  const set = {
    freeze: [
      { from: NOON + 2 * HOUR, until: NOON + 3 * HOUR, reason: 'sale' },
      { from: NOON, until: NOON + HOUR, reason: 'peak' },
      { from: NOON + HOUR, until: NOON + 2 * HOUR },
      { from: NOON + 5 * HOUR, until: NOON + 6 * HOUR },
      { from: NOON, until: NOON + HOUR / 2, reason: 'peak' },
    ],
  };
  const held =
    'A freeze holds since 2026-12-24T12:00:00Z (peak, sale); from 2026-12-24T15:00:00Z on it may be applied.';
  expect(at(set, NOON)).toBe(held);
  expect(at(set, NOON + 3 * HOUR - 1)).toBe(held);
  expect(at(set, NOON - 1)).toBe('The next freeze begins at 2026-12-24T12:00:00Z (peak, sale).');
  expect(at(set, NOON + 3 * HOUR)).toBe('The next freeze begins at 2026-12-24T17:00:00Z.');
  expect(at(set, NOON + 6 * HOUR)).toBe('No freeze is set from now on.');
  expect(at({}, NOON)).toBeUndefined();
});

test('a freeze refuses changes, and a plan without any is not held up', () => {
  const frozen = { guards: [guards({ freeze: [FREEZE] }), guards()] };
  expect(said('freeze', input(many(1, { has: {}, gets: { a: 1 } }), frozen))).toMatch(
    /^- A freeze/,
  );
  expect(said('freeze', input(many(1, { has: {} }), frozen))).toMatch(
    /^\+ Nothing is changed. A freeze holds since/,
  );
  const later = { ...frozen, now: NOON + HOUR };
  expect(said('freeze', input(many(1, { has: {}, gets: { a: 1 } }), later))).toMatch(
    /^\+ No freeze/,
  );
});
