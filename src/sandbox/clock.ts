/** Time as the sandbox sees it: injectable, and every wait ends at once when the sandbox closes. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `run` after `ms` milliseconds; the returned function cancels that. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits `ms` milliseconds. Resolves to false, at once, when `closed` aborts first. */
export function pause(clock: Clock, ms: number, closed: AbortSignal): Promise<boolean> {
  if (closed.aborted) return Promise.resolve(false);
  if (ms <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const stop = () => {
      cancel();
      resolve(false);
    };
    const cancel = clock.after(ms, () => {
      closed.removeEventListener('abort', stop);
      resolve(true);
    });
    closed.addEventListener('abort', stop, { once: true });
  });
}
