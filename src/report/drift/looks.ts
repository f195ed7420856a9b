/** The looks of the last nights: what an issue about drift remembers, hidden in its text, from one run to the next. */
import { hiddenLine, readHidden } from '../comment/marker.ts';
import { type Drift, driftTotals } from './drift.ts';

/** One look. failed: it could not be told whether there is drift. */
export interface Look {
  /** ISO instant. */
  readonly at: string;
  readonly found: 'none' | 'drift' | 'failed';
  readonly assignments: number;
  readonly people: number;
}

const KEPT = 14;
const NAME = 'looks';
/** A night's run comes within a day, give or take. */
const MISSED_MS = 26 * 3_600_000;

export function lookOf(drift: Drift): Look {
  const { added, changed, removed, people } = driftTotals(drift);
  const assignments = added + changed + removed;
  return { at: drift.at, found: people === 0 ? 'none' : 'drift', assignments, people };
}

export function failedLook(at: string): Look {
  return { at, found: 'failed', assignments: 0, people: 0 };
}

export function looksLine(looks: readonly Look[]): string {
  return hiddenLine(NAME, looks);
}

/** Oldest first; nothing of a text that muster would not have written. */
export function readLooks(body: string): readonly Look[] {
  const raw = readHidden(body, NAME);
  return Array.isArray(raw) && raw.every(isLook) ? raw : [];
}

/** With one more at the end, and no more than are worth keeping. */
export function remembered(looks: readonly Look[], look: Look): Look[] {
  return [...looks, look].slice(-KEPT);
}

/** Hours between a look and the one before it, where a run must have been missed in between; undefined otherwise. */
export function hoursMissed(looks: readonly Look[]): number | undefined {
  const [before, last] = looks.slice(-2);
  if (before === undefined || last === undefined) return undefined;
  const gap = Date.parse(last.at) - Date.parse(before.at);
  return gap > MISSED_MS ? Math.round(gap / 3_600_000) : undefined;
}

function isLook(raw: unknown): raw is Look {
  const { at, found, assignments, people } = Object(raw) as Record<string, unknown>;
  const counts = [assignments, people].every((one) => Number.isInteger(one));
  const known = found === 'none' || found === 'drift' || found === 'failed';
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) && known && counts;
}
