/**
 * The paces of reads and writes, apart, and of both together where the platform counts them so: a 429 stops everybody of
 * its kind, not only the request it hit.
 */
import { PlatformError } from '../model/error.ts';
import { fullJitter, MOST_WAIT_MS } from './backoff.ts';
import { type Bucket, createBucket } from './bucket.ts';
import { HTTP_CODES } from './codes.ts';
import type { ClientOptions, Paces } from './options.ts';

export interface Pace {
  read<T>(ask: () => Promise<T>): Promise<T>;
  /** `turn`: one was taken for this write, so it goes at once or, while there is a pause, not at all. */
  write<T>(ask: () => Promise<T>, turn: boolean): Promise<T>;
  turn(signal?: AbortSignal): Promise<void>;
  repace(pace: Paces): void;
}

const PAUSE = { baseMs: 2000, capMs: 60_000 };

type Means = Pick<ClientOptions, 'clock' | 'random' | 'listener' | 'pace' | 'pausesMs'>;

/** How long everybody waits after the 429 that has `streak` before it, when the platform asks for `askedMs`. */
function pauseMs(askedMs: number | undefined, streak: number, { pausesMs, random }: Means): number {
  if (pausesMs === undefined) return askedMs ?? fullJitter(PAUSE, streak, random);
  const least = pausesMs[Math.min(streak, pausesMs.length - 1)] as number;
  return Math.max(askedMs ?? 0, Math.floor(least * (1 + random() / 4)));
}

/** `buckets`: a request needs a slot of each. */
function lane(kind: 'reads' | 'writes', buckets: readonly Bucket[], means: Means) {
  const { clock, listener } = means;
  let streak = 0;
  const paused = () => Math.max(...buckets.map((bucket) => bucket.paused()));
  return {
    paused,
    /** Waits for a slot; false when the signal aborts first. */
    async take(signal?: AbortSignal): Promise<boolean> {
      const asked = clock.now();
      for (const bucket of buckets) if (!(await bucket.take(signal))) return false;
      const left = Math.min(...buckets.map((bucket) => bucket.left()));
      listener({ type: 'paced', kind, waitedMs: clock.now() - asked, left });
      return true;
    },
    async heed<T>(ask: () => Promise<T>): Promise<T> {
      try {
        const result = await ask();
        streak = 0;
        return result;
      } catch (error) {
        if (error instanceof PlatformError && error.status === 429) {
          const waitMs = Math.min(pauseMs(error.retryAfterMs, streak, means), MOST_WAIT_MS);
          if (paused() === 0) streak += 1;
          for (const bucket of buckets) bucket.pause(waitMs);
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
  const { clock, pace } = means;
  const buckets = {
    reads: createBucket(pace.reads, clock),
    writes: createBucket(pace.writes, clock),
    both: createBucket(pace.both ?? Number.POSITIVE_INFINITY, clock),
  };
  const common = pace.both === undefined ? [] : [buckets.both];
  const reads = lane('reads', [buckets.reads, ...common], means);
  const writes = lane('writes', [buckets.writes, ...common], means);
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
      const pauseMs = writes.paused();
      if (taken && pauseMs > 0) throw notSent(pauseMs);
      return writes.heed(ask);
    },
    async turn(signal) {
      if (await writes.take(signal)) turns += 1;
    },
    repace(next) {
      buckets.reads.setPace(next.reads);
      buckets.writes.setPace(next.writes);
      if (next.both !== undefined) buckets.both.setPace(next.both);
    },
  };
}
