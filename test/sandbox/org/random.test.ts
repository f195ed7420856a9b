import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mix, randomStream, stableId } from '../../../src/sandbox/org/random.ts';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('for one seed no two indices are mixed to the same, nor do ids share their first digits', () => {
  fc.assert(
    fc.property(word, word, word, (seed, a, b) => {
      fc.pre(a !== b);
      expect(mix(seed, a)).not.toBe(mix(seed, b));
      expect(stableId(seed, a).slice(0, 8)).not.toBe(stableId(seed, b).slice(0, 8));
    }),
  );
});

test('ids have the shape of a uuid', () => {
  fc.assert(
    fc.property(word, word, (seed, index) => {
      expect(stableId(seed, index)).toMatch(
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/,
      );
    }),
  );
});

test('streams are evenly spread from 0 to 1 and repeat for a seed', () => {
  const [a, b] = [randomStream(7), randomStream(7)];
  const numbers = Array.from({ length: 20_000 }, () => a());
  expect(numbers).toEqual(Array.from({ length: 20_000 }, () => b()));
  expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
  const tenths = numbers.map((n) => Math.floor(n * 10));
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = tenths.filter((t) => t === tenth).length / numbers.length;
    expect(share).toBeCloseTo(0.1, 1);
  }
});
