import { expect, test } from 'vitest';
import { pause, systemClock } from '../../src/sandbox/clock.ts';
import { handClock } from './client.ts';

test('a pause ends when its time is over', async () => {
  const clock = handClock();
  const paused = pause(clock, 500, new AbortController().signal);
  clock.advance(500);
  expect(await paused).toBe(true);
});

test('closing ends every pause at once, those to come as well', async () => {
  const closing = new AbortController();
  const paused = pause(systemClock, 3_600_000, closing.signal);
  closing.abort();
  expect(await paused).toBe(false);
  expect(await pause(systemClock, 3_600_000, closing.signal)).toBe(false);
});

test('a pause of nothing does not wait', async () => {
  expect(await pause(handClock(), 0, new AbortController().signal)).toBe(true);
});

test('the system clock moves', async () => {
  const before = systemClock.now();
  expect(await pause(systemClock, 5, new AbortController().signal)).toBe(true);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before + 4);
});
