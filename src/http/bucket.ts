/**
 * One pace: slots are given in the order they were asked for, on a schedule that does not drift. A late wake-up
 * never moves the slots behind it, because each is reckoned from when it was asked for or due, not from when it ran.
 */
import type { Clock } from './clock.ts';

/** After a rest so much may go at once; platforms do not say how much they bear, so it stays small at any pace. */
const BURST_MS = 2000;
const MOST_AT_ONCE = 10;

interface Waiter {
  readonly askedAt: number;
  readonly signal: AbortSignal | undefined;
  readonly answer: (granted: boolean) => void;
}

export interface Bucket {
  /** Resolves with true when the next request may go, with false when the signal aborts first. */
  take(signal?: AbortSignal): Promise<boolean>;
  /** Gives no slot for `ms` from now; what was saved up for a burst is lost. */
  pause(ms: number): void;
  /** Milliseconds until the pause ends; 0 when there is none. */
  paused(): number;
  /** How many requests could go at once now. */
  left(): number;
  /** Gives the slots after the next one at another pace. */
  setPace(perMinute: number): void;
}

function timing(perMinute: number) {
  const interval = 60_000 / perMinute;
  const burst = Math.min(MOST_AT_ONCE, Math.max(1, Math.floor(BURST_MS / interval)));
  return { interval, burst, slack: (burst - 1) * interval };
}

export function createBucket(perMinute: number, clock: Clock): Bucket {
  let { interval, burst, slack } = timing(perMinute);
  const queue: Waiter[] = [];
  let due = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let pumping = false;

  async function pump(): Promise<void> {
    for (let head = queue[0]; head; head = queue[0]) {
      if (head.signal?.aborted) {
        queue.shift();
        head.answer(false);
        continue;
      }
      const wait = Math.max(due - slack, pausedUntil) - clock.now();
      if (wait > 0) {
        // An abort ends the sleep early; the loop then drops the waiter and reckons again for the next.
        await clock.sleep(wait, head.signal).catch(() => undefined);
        continue;
      }
      queue.shift();
      due = Math.max(due, head.askedAt) + interval;
      head.answer(true);
    }
    pumping = false;
  }

  return {
    take: (signal) =>
      new Promise((answer) => {
        queue.push({ askedAt: clock.now(), signal, answer });
        if (pumping) return;
        pumping = true;
        void pump();
      }),
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
      due = Math.max(due, pausedUntil + slack);
    },
    paused: () => Math.max(0, pausedUntil - clock.now()),
    left() {
      const now = clock.now();
      if (now < pausedUntil) return 0;
      return Math.min(burst, Math.max(0, Math.floor((now - due + slack) / interval) + 1));
    },
    setPace(next) {
      ({ interval, burst, slack } = timing(next));
    },
  };
}
