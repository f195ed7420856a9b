/** Time, as the shell hands it in. */

/** `now` in epoch milliseconds; `sleep` rejects with the signal's reason when aborted. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
