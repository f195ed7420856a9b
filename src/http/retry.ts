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
const PASSING = new Set([
  'answer-truncated',
  'connection-failed',
  'empty-answer',
  'rate-limited',
  'server-error',
  'timeout',
]);

function mayPass(error: unknown): error is PlatformError {
  return error instanceof PlatformError && PASSING.has(error.code);
}

/** The result of `once`, tried again while what fails may pass. Throws its last error. */
export async function retrying<T>(means: RetryMeans, once: () => Promise<T>): Promise<T> {
  const { rule, clock, random, listener } = means;
  const end = clock.now() + rule.totalMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (!mayPass(error) || attempt >= rule.attempts) throw error;
      const waitMs = error.retryAfterMs ?? fullJitter(BACKOFF, attempt - 1, random);
      if (waitMs > MOST_WAIT_MS || clock.now() + waitMs > end) throw error;
      listener({ type: 'retrying', attempt, waitMs, why: error.code });
      await clock.sleep(waitMs);
    }
  }
}
