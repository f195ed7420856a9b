/** The words of verdicts: counts, shares, and lists that stay short. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { GuardName, Share } from '../../model/guard.ts';
import type { GuardVerdict } from '../../model/plan.ts';

const MOST_NAMED = 5;

/** `message` is one or more sentences; what does not pass comes with the flag that allows it. */
export function verdict(guard: GuardName, passed: boolean, message: string): GuardVerdict {
  if (passed) return { guard, passed, message };
  return { guard, passed, message, hint: `If this is meant: --allow ${guard} --reason "..."` };
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function quoted(name: string): string {
  return `\`${name}\``;
}

/** The first five, and how many more there are. */
export function few(items: readonly string[], between = ', '): string {
  const more = items.length - MOST_NAMED;
  const first = items.slice(0, MOST_NAMED).join(between);
  return more > 0 ? `${first} and ${more} more` : first;
}

/** Names, each once and in order. */
export function named(names: Iterable<string>): string {
  return few([...new Set(names)].sort(byCodeUnit));
}

/** Whole sentences, each once and in order. */
export function told(sentences: Iterable<string>): string {
  const sorted = [...new Set(sentences)].sort(byCodeUnit);
  const more = sorted.length - MOST_NAMED;
  return [...sorted.slice(0, MOST_NAMED), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** Both must be exceeded; exact, however large the numbers. */
export function exceeds(part: number, whole: number, { percent, count: most }: Share): boolean {
  return part > most && part * 100 > percent * whole;
}

/** One decimal at most; never rounded down to a limit that is exceeded. */
export function percentOf(part: number, whole: number, limit: number): string {
  if (whole === 0) return '0 %';
  const exact = (part * 100) / whole;
  const rounded = Math.round(exact * 10) / 10;
  const shown = exact > limit && rounded <= limit ? Math.ceil(exact * 10) / 10 : rounded;
  return `${shown} %`;
}

/** What a share lets through, as the end of a sentence. */
export function allowed({ percent, count: most }: Share, narrowed: boolean): string {
  if (narrowed) return `allowed are ${most} in a narrowed plan`;
  return `allowed are ${percent} % or ${most}`;
}
