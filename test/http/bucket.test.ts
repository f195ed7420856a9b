import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBucket } from '../../src/http/bucket.ts';
import { virtualClock } from './support.ts';

test('slots come on the schedule, after a burst of two seconds worth', async () => {
  const clock = virtualClock(0);
  const bucket = createBucket(60, clock);
  const times: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    await bucket.take();
    times.push(clock.now());
  }
  expect(times).toEqual([0, 0, 1000, 2000, 3000]);
});

test('late wake-ups do not push the slots behind them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 40, maxLength: 40 }),
      async (late) => {
        const inner = virtualClock(0);
        let n = 0;
        const clock = {
          now: inner.now,
          sleep: (ms: number) => inner.sleep(ms + (late[n++ % late.length] ?? 0)),
        };
        const bucket = createBucket(60, clock);
        await Promise.all(late.map(() => bucket.take()));
        expect(inner.now()).toBeLessThanOrEqual((late.length - 2) * 1000 + 400);
        expect(inner.now()).toBeGreaterThanOrEqual((late.length - 2) * 1000);
      },
    ),
    { numRuns: 30 },
  );
});

test('a pause stops everybody, and no burst follows it', async () => {
  const clock = virtualClock(0);
  const bucket = createBucket(600, clock);
  bucket.pause(5000);
  expect(bucket.paused()).toBe(5000);
  const times: number[] = [];
  await Promise.all([1, 2, 3].map(() => bucket.take().then(() => times.push(clock.now()))));
  expect(times).toEqual([5000, 5100, 5200]);
  expect(bucket.paused()).toBe(0);
});

test('an aborted wait ends at once, takes no slot and lets the next one on', async () => {
  const clock = virtualClock(0);
  const bucket = createBucket(1, clock);
  await bucket.take();
  const stop = new AbortController();
  const aborted = bucket.take(stop.signal);
  const next = bucket.take();
  stop.abort();
  expect(await aborted).toBe(false);
  expect(await next).toBe(true);
  expect(clock.now()).toBe(60_000);
});
