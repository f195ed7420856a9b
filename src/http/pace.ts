/** The paces of reads and writes, apart: a 429 stops everybody of its kind, not only the request it hit. */
import { PlatformError } from '../model/error.ts';
import { fullJitter, MOST_WAIT_MS } from './backoff.ts';
import { createBucket } from './bucket.ts';
import { HTTP_CODES } from './codes.ts';
import type { ClientOptions } from './options.ts';

export interface Pace {
  read<T>(ask: () => Promise<T>): Promise<T>;
  /** `turn`: one was taken for this write, so it goes at once or, while there is a pause, not at all. */
  write<T>(ask: () => Promise<T>, turn: boolean): Promise<T>;
  turn(signal?: AbortSignal): Promise<void>;
}

const PAUSE = { baseMs: 2000, capMs: 60_000 };

type Means = Pick<ClientOptions, 'clock' | 'random' | 'listener' | 'pace'>;

function lane(kind: 'reads' | 'writes', { clock, random, listener, pace }: Means) {
  const bucket = createBucket(pace[kind], clock);
  let streak = 0;
  return {
    bucket,
    /** Waits for a slot; false when the signal aborts first. */
    async take(signal?: AbortSignal): Promise<boolean> {
      const asked = clock.now();
      const granted = await bucket.take(signal);
      if (granted) {
        listener({ type: 'paced', kind, waitedMs: clock.now() - asked, left: bucket.left() });
      }
      return granted;
    },
    async heed<T>(ask: () => Promise<T>): Promise<T> {
      try {
        const result = await ask();
        streak = 0;
        return result;
      } catch (error) {
        if (error instanceof PlatformError && error.status === 429) {
          const asked = error.retryAfterMs ?? fullJitter(PAUSE, streak, random);
          const waitMs = Math.min(asked, MOST_WAIT_MS);
          if (bucket.paused() === 0) streak += 1;
          bucket.pause(waitMs);
          listener({ type: 'throttled', waitMs, kind });
        }
        throw error;
      }
    },
  };
}

function notSent(retryAfterMs: number): PlatformError {
  const message = 'The write was not sent: the platform asked for a pause meanwhile.';
  const hint = HTTP_CODES['rate-limited'].cure;
  return new PlatformError('rate-limited', message, { effect: 'none', retryAfterMs, hint });
}

export function createPace(means: Means): Pace {
  const reads = lane('reads', means);
  const writes = lane('writes', means);
  let turns = 0;
  return {
    async read(ask) {
      await reads.take();
      return reads.heed(ask);
    },
    async write(ask, turn) {
      const taken = turn && turns > 0;
      if (taken) turns -= 1;
      else await writes.take();
      const pauseMs = writes.bucket.paused();
      if (taken && pauseMs > 0) throw notSent(pauseMs);
      return writes.heed(ask);
    },
    async turn(signal) {
      if (await writes.take(signal)) turns += 1;
    },
  };
}
