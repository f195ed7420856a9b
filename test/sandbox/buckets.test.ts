import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Buckets } from '../../src/sandbox/buckets.ts';

test('no more than the burst and the rate get through, whatever the arrivals', () => {
  const rates = { reads: 120, writes: 60, burst: 5 };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 200 }), (gaps) => {
      const buckets = new Buckets(rates);
      let now = 0;
      let taken = 0;
      for (const gap of gaps) {
        now += gap;
        if (buckets.take('t', 'writes', now) === undefined) taken += 1;
      }
      expect(taken).toBeLessThanOrEqual(rates.burst + Math.floor(now / 1000) + 1e-6);
    }),
  );
});

test('who waits as told gets through', () => {
  const buckets = new Buckets({ reads: 7, writes: 7, burst: 1 });
  expect(buckets.take('t', 'reads', 0)).toBeUndefined();
  const wait = buckets.take('t', 'reads', 10) ?? 0;
  expect(wait).toBe(9);
  expect(buckets.take('t', 'reads', 10 + wait * 1000)).toBeUndefined();
});

test('tokens, and reads and writes of one, are counted apart', () => {
  const buckets = new Buckets({ reads: 60, writes: 60, burst: 1 });
  expect(buckets.take('a', 'reads', 0)).toBeUndefined();
  expect(buckets.take('a', 'reads', 0)).toBe(1);
  expect(buckets.take('a', 'writes', 0)).toBeUndefined();
  expect(buckets.take('b', 'reads', 0)).toBeUndefined();
});

test('a rate of 0 is no limit', () => {
  const buckets = new Buckets({ reads: 0, writes: 60, burst: 1 });
  const waits = Array.from({ length: 1000 }, () => buckets.take('t', 'reads', 0));
  expect(waits.every((wait) => wait === undefined)).toBe(true);
});
