/** How long to wait before trying again: what the platform asks for, else exponential back-off with full jitter. */

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Between 0 and `baseMs * 2^attempt`, capped; `attempt` counts from 0, `random` gives [0, 1). */
export function fullJitter(backoff: Backoff, attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(backoff.capMs, backoff.baseMs * 2 ** attempt));
}

/** `Retry-After` in milliseconds from `now`: seconds or an HTTP date; undefined when absent or unreadable. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // Date.parse takes "-5" and "1" for years: an HTTP date begins with the name of a day.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
