/** Time, as the shell hands it in. */

/** `now` in epoch milliseconds; `sleep` ends early, by resolving or rejecting, when the signal aborts. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
