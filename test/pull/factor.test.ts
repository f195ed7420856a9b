import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factor } from '../../src/pull/factor.ts';

const list = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 6 });

test('nobody gets anything else, and only what three share is shared', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 14 }), (lists) => {
      const { shared, rest } = factor(lists);
      const again = rest.map((items) => [...items]);
      for (const { items, holders } of shared) {
        expect(items.length).toBeGreaterThanOrEqual(2);
        expect(new Set(holders).size).toBeGreaterThanOrEqual(3);
        for (const at of holders) again[at]?.push(...items);
      }
      expect(again.map((items) => items.sort())).toEqual(lists.map((items) => [...items].sort()));
      const lines = shared.reduce(
        (sum, { items, holders }) => sum + items.length * holders.length - holders.length - 1,
        0,
      );
      expect(lines).toBeGreaterThanOrEqual(shared.length);
    }),
    { numRuns: 300 },
  );
});

test('people who do the same have one profile, whatever each has besides', () => {
  const roles = [
    ['billing', 'chat', 'refunds'],
    ['chat', 'sales'],
    ['care', 'chat', 'email', 'vip'],
  ];
  const people = Array.from({ length: 60 }, (_, n) => [...(roles[n % 3] ?? []), `own ${n}`]);
  const { shared, rest } = factor(people);
  expect(shared.map(({ items, holders }) => [[...items].sort(), holders.length])).toEqual([
    [['care', 'chat', 'email', 'vip'], 20],
    [['billing', 'chat', 'refunds'], 20],
    [['chat', 'sales'], 20],
  ]);
  expect(rest).toEqual(people.map((_, n) => [`own ${n}`]));
});

test('the order of what each has does not matter', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 10 }), (lists) => {
      const turned = lists.map((items) => [...items].reverse());
      const sorted = ({ shared }: ReturnType<typeof factor>) =>
        shared.map(({ items, holders }) => [[...items].sort(), holders]);
      expect(sorted(factor(turned))).toEqual(sorted(factor(lists)));
    }),
    { numRuns: 100 },
  );
});
