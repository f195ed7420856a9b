import { expect, test } from 'vitest';
import type { Paces } from '../../src/http/options.ts';
import { createPace } from '../../src/http/pace.ts';
import { PlatformError } from '../../src/model/error.ts';
import { virtualClock } from './support.ts';

function stand(pace: Paces, more: Partial<Parameters<typeof createPace>[0]> = {}) {
  const clock = virtualClock(0);
  return {
    clock,
    ...createPace({ clock, random: () => 0.5, listener: () => undefined, pace, ...more }),
  };
}

const nothing = async () => undefined;
const throttled = async () => {
  const details = { status: 429, retryAfterMs: 10_000, effect: 'none' } as const;
  throw new PlatformError('rate-limited', 'Too many.', details);
};

test('reads and writes that are counted together share one pace', async () => {
  const { clock, read, write, turn } = stand({ reads: 300, writes: 300, both: 300 });
  const work: Promise<unknown>[] = [];
  for (let n = 0; n < 100; n += 1) work.push(read(nothing), write(nothing, false), turn());
  await Promise.all(work);
  // 300 in all, ten of them at once: 290 slots of 200 ms.
  expect(clock.now()).toBe(290 * 200);
});

test('each kind keeps its own pace below that of both', async () => {
  const { clock, read, write } = stand({ reads: 600, writes: 60, both: 600 });
  const work: Promise<unknown>[] = [];
  for (let n = 0; n < 11; n += 1) work.push(write(nothing, false));
  await Promise.all(work);
  expect(clock.now()).toBe(9000);
  await read(nothing);
  expect(clock.now()).toBe(9000);
});

test('a 429 on a read stops writes too where they are counted together', async () => {
  const { clock, read, write, turn } = stand({ reads: 300, writes: 300, both: 300 });
  await turn();
  await read(throttled).catch(() => undefined);
  await expect(write(nothing, true)).rejects.toMatchObject({ code: 'rate-limited' });
  await write(nothing, false);
  expect(clock.now()).toBe(10_000);
});

test('where they are counted apart it does not', async () => {
  const { clock, read, write, turn } = stand({ reads: 300, writes: 300 });
  await turn();
  await read(throttled).catch(() => undefined);
  await write(nothing, true);
  expect(clock.now()).toBe(0);
});

test('an aborted turn takes no slot of both', async () => {
  const { clock, read, turn } = stand({ reads: 60, writes: 60, both: 60 });
  await turn(AbortSignal.abort());
  await Promise.all([read(nothing), read(nothing)]);
  expect(clock.now()).toBe(0);
});

test('a pace that turns out otherwise is kept from then on', async () => {
  const { clock, read, repace } = stand({ reads: 60, writes: 60, both: 60 });
  repace({ reads: 600, writes: 600, both: 600 });
  await Promise.all(Array.from({ length: 110 }, () => read(nothing)));
  expect(clock.now()).toBe(10_000);
  repace({ reads: 60, writes: 60 });
  const at = clock.now();
  await Promise.all(Array.from({ length: 30 }, () => read(nothing)));
  expect(clock.now() - at).toBeGreaterThan(27_000);
});

const asking = (retryAfterMs?: number) => async () => {
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  throw new PlatformError('rate-limited', 'Too many.', { status: 429, effect: 'none', ...wait });
};

test.each([
  [0, [2000, 6000, 18_000, 18_000]],
  [0.999, [2499, 7498, 22_495, 22_495]],
])(
  'pauses that are set grow with every 429 in a row, by a quarter at most',
  async (random, pauses) => {
    const pausesMs = [2000, 6000, 18_000] as const;
    const { clock, read } = stand(
      { reads: 6000, writes: 6000 },
      { pausesMs, random: () => random },
    );
    const waited = async () => {
      const from = clock.now();
      await read(nothing);
      return clock.now() - from;
    };
    for (const [nth, pause] of pauses.entries()) {
      for (let again = 0; again <= nth; again += 1) await read(asking()).catch(() => undefined);
      expect(await waited()).toBe(pause);
    }
  },
);

test('beside pauses that are set a longer Retry-After is obeyed, and a shorter one is not believed', async () => {
  const pausesMs = [2000] as const;
  for (const [asked, pause] of [
    [30_000, 30_000],
    [0, 2250],
  ] as const) {
    const { clock, read } = stand({ reads: 6000, writes: 6000 }, { pausesMs });
    await read(asking(asked)).catch(() => undefined);
    await read(nothing);
    expect(clock.now()).toBe(pause);
  }
});
