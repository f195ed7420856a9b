/** Time, as the shell hands it in. */

/** `now` in epoch milliseconds; `sleep` ends early, by resolving or rejecting, when the signal aborts. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a timer can count: beyond it, it fires at once. */
const MOST_SLEEP_MS = 2 ** 31 - 1;

/** The same clock, whose sleeps end early rather than at once when they are too long: whoever sleeps looks at `now`. */
export function withinTimers(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(Math.min(ms, MOST_SLEEP_MS), signal),
  };
}
