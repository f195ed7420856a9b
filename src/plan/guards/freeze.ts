/** Spans of time in which nothing is applied. What is said changes only at their edges, never with the passing minute. */
import type { Freeze } from '../../model/guard.ts';
import type { GuardVerdict } from '../../model/plan.ts';
import { named, verdict } from './words.ts';

/** Spans that touch or overlap, joined: between them there is no moment to apply at. */
interface Span {
  readonly from: number;
  until: number;
  readonly reasons: string[];
}

/** `now` in epoch milliseconds; undefined when no freeze is set. */
export function judgeFreeze(freeze: readonly Freeze[], now: number): GuardVerdict | undefined {
  if (freeze.length === 0) return undefined;
  const ahead = joined(freeze).find(({ until }) => until > now);
  if (!ahead) return verdict('freeze', true, 'No freeze is set from now on.');
  const reasons = ahead.reasons.length === 0 ? '' : ` (${named(ahead.reasons)})`;
  if (ahead.from > now)
    return verdict('freeze', true, `The next freeze begins at ${iso(ahead.from)}${reasons}.`);
  const until = iso(ahead.until);
  return verdict(
    'freeze',
    false,
    `A freeze holds since ${iso(ahead.from)}${reasons}; from ${until} on it may be applied.`,
  );
}

function joined(freeze: readonly Freeze[]): Span[] {
  const spans: Span[] = [];
  for (const { from, until, reason } of [...freeze].sort((a, b) => a.from - b.from)) {
    const reasons = reason === undefined ? [] : [reason];
    const last = spans.at(-1);
    if (!last || last.until < from) {
      spans.push({ from, until, reasons });
      continue;
    }
    last.until = Math.max(last.until, until);
    last.reasons.push(...reasons);
  }
  return spans;
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
