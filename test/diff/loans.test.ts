import { expect, test } from 'vitest';
import { holdLoans, lendsOver } from '../../src/diff/loans.ts';
import { list, target } from '../support/builders.ts';

const heldIds = (one: ReturnType<typeof target>, live: ReturnType<typeof list>) =>
  holdLoans(one, live, []).held.map((held) => held.assignment?.id);

test('a loan over a live value that nobody declares is held, and the rest goes on', () => {
  const one = target({ skills: { a: { loan: 90 }, b: 10 } });
  const { target: rest, held } = holdLoans(one, list({ a: 40 }), []);
  expect(held).toMatchObject([
    { reason: 'loan-no-return', userId: 'u1', assignment: { kind: 'skill', id: 'a', name: 'a' } },
  ]);
  expect(Object.keys(rest.wants.skill)).toEqual(['b']);
});

test.each([
  ['nothing is there', { a: { loan: 90 } }, {}],
  ['the loan is already there', { a: { loan: 90 } }, { a: 90 }],
  ['a plain value stands beside it', { a: 90 }, { a: 40 }],
  ['it is absent', { a: 'absent' }, { a: 40 }],
] as const)('nothing is held when %s', (_name, skills, live) => {
  const one = target({ skills });
  expect(holdLoans(one, list(live), [])).toEqual({ target: one, held: [], undeclared: 0 });
});

test('what the base named is not foreign, and counts as declared only when it certainly was given', () => {
  const one = target({ skills: { a: { loan: 90 }, b: { loan: 50 } } });
  const live = list({ a: 40, b: 20 });
  const gave = target({ skills: { a: 40 } });
  const said = target({ skills: { a: 'absent' } });
  const at = (onDay: typeof gave | undefined, unsure = false) => ({ onDay, now: onDay, unsure });
  const held = (...base: readonly ReturnType<typeof at>[]) => {
    const { held: loans, undeclared } = holdLoans(one, live, base);
    return [loans.map(({ assignment }) => assignment?.id), undeclared];
  };
  expect(held()).toEqual([['a', 'b'], 2]);
  expect(held(at(undefined))).toEqual([['a', 'b'], 2]);
  expect(held(at(gave))).toEqual([['b'], 1]);
  expect(held(at(gave, true))).toEqual([['b'], 1]);
  expect(held(at(target({ skills: { a: 41 } }), true))).toEqual([['a', 'b'], 1]);
  expect(held(at(said))).toEqual([['a', 'b'], 1]);
  expect(held(at(undefined), at(said))).toEqual([['a', 'b'], 1]);
});

test('a loan that was held and has ended takes nothing away; one that was there, or never was held, does', () => {
  const ended = target({ skills: { a: 'ended' } });
  const lent = target({ skills: { a: { loan: 90 } } });
  const at = (onDay: typeof lent | undefined, unsure = false) => ({ onDay, now: ended, unsure });
  const held = (value: number, ...base: readonly ReturnType<typeof at>[]) =>
    holdLoans(ended, list({ a: value }), base).held.length;
  expect(held(50, at(lent, true))).toBe(1);
  expect(held(50, at(undefined), at(lent, true))).toBe(1);
  expect(held(50, at(lent, true), at(ended, true))).toBe(1);
  expect(held(90, at(lent, true))).toBe(0);
  expect(held(50, at(lent))).toBe(0);
  expect(held(50, at(target({ skills: { a: 50 } })), at(lent, true))).toBe(0);
  expect(held(50)).toBe(0);
  expect(held(50, at(ended, true))).toBe(0);
  expect(holdLoans(ended, list({}), [at(lent, true)]).held).toEqual([]);
  const said = target({ skills: { a: 'absent' } });
  expect(holdLoans(said, list({ a: 50 }), [at(lent, true)]).held).toEqual([]);
});

test('nothing is held where the files own the whole list', () => {
  expect(
    heldIds(target({ skills: { a: { loan: 90 } }, ownership: 'complete' }), list({ a: 40 })),
  ).toEqual([]);
});

test('only files that may never have been written, and lend another value over what is there, are asked for later', () => {
  const lent = target({ skills: { a: { loan: 90 } } });
  const over = (value: number | undefined, onDay: typeof lent | undefined, unsure = true) =>
    lendsOver(list(value === undefined ? {} : { a: value }), [{ onDay, now: onDay, unsure }]);
  expect(over(50, lent)).toBe(true);
  expect(over(90, lent)).toBe(false);
  expect(over(undefined, lent)).toBe(false);
  expect(over(50, lent, false)).toBe(false);
  expect(over(50, undefined)).toBe(false);
  expect(over(50, target({ skills: { a: 90 } }))).toBe(false);
  expect(over(50, target({ skills: { a: 'absent' } }))).toBe(false);
});
