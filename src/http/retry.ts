/** Trying again, for reads only: bounded in attempts and in total time. */
import { PlatformError } from '../model/error.ts';
import type { Listener } from '../model/event.ts';
import { fullJitter, MOST_WAIT_MS } from './backoff.ts';
import type { Clock } from './clock.ts';

export interface RetryRule {
  readonly attempts: number;
  readonly totalMs: number;
}

export interface RetryMeans {
  readonly rule: RetryRule;
  readonly clock: Clock;
  readonly random: () => number;
  readonly listener: Listener;
}

const BACKOFF = { baseMs: 500, capMs: 30_000 };
/** Whoever asks for fewer requests and does not say when is given more time. */
const SLOW = { baseMs: 2000, capMs: 60_000 };
const PASSING = new Set([
  'answer-truncated',
  'connection-failed',
  'empty-answer',
  'rate-limited',
  'server-error',
  'timeout',
]);

/** What was tried again in vain: a read that failed for want of a token does not begin the sign-in anew. */
const triedInVain = new WeakSet<PlatformError>();

function mayPass(error: unknown): error is PlatformError {
  return error instanceof PlatformError && PASSING.has(error.code) && !triedInVain.has(error);
}

/** How long to wait before the next attempt; undefined when there is none. */
function waitAfter(error: PlatformError, attempt: number, means: RetryMeans & { end: number }) {
  const { rule, clock, random, end } = means;
  const backoff = error.code === 'rate-limited' ? SLOW : BACKOFF;
  const waitMs = error.retryAfterMs ?? fullJitter(backoff, attempt - 1, random);
  const tooLong = waitMs > MOST_WAIT_MS || clock.now() + waitMs > end;
  return attempt >= rule.attempts || tooLong ? undefined : waitMs;
}

/** The result of `once`, tried again while what fails may pass. Throws its last error. */
export async function retrying<T>(means: RetryMeans, once: () => Promise<T>): Promise<T> {
  const { clock, rule, listener } = means;
  const end = clock.now() + rule.totalMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (!mayPass(error)) throw error;
      const waitMs = waitAfter(error, attempt, { ...means, end });
      if (waitMs === undefined) {
        triedInVain.add(error);
        throw error;
      }
      listener({ type: 'retrying', attempt, waitMs, why: error.code });
      await clock.sleep(waitMs);
    }
  }
}
