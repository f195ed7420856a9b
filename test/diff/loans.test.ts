import { expect, test } from 'vitest';
import { holdLoans } from '../../src/diff/loans.ts';
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

test('nothing is held where the files own the whole list', () => {
  expect(
    heldIds(target({ skills: { a: { loan: 90 } }, ownership: 'complete' }), list({ a: 40 })),
  ).toEqual([]);
});
