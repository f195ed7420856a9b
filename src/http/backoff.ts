/** How long to wait before trying again: what the platform asks for, else exponential back-off with full jitter. */

/** A longer wait that the platform asks for is told, not waited for. */
export const MOST_WAIT_MS = 300_000;

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
  if (/^\d+(\.\d+)?$/.test(text))
    return Math.min(Math.ceil(Number(text) * 1000), Number.MAX_SAFE_INTEGER);
  // Date.parse takes "-5" and "1" for years: an HTTP date begins with the name of a day.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const UNITS = [
  { unit: 'seconds', seconds: 1, below: 600 },
  { unit: 'minutes', seconds: 60, below: 7200 },
  { unit: 'hours', seconds: 3600, below: 172_800 },
  { unit: 'days', seconds: 86_400, below: 31_536_000 },
];

/** A wait as people say it. */
export function spoken(ms: number): string {
  const seconds = ms / 1000;
  const fit = UNITS.find(({ below }) => seconds < below);
  return fit ? `${Math.ceil(seconds / fit.seconds)} ${fit.unit}` : 'more than a year';
}
