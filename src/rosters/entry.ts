/** What may be written for one skill: a value, a value within a window of days, or a list of those. */
import { ABSENT } from '../desired/roster.ts';
import type { Json } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import type { Tree } from './write.ts';

interface WindowedEntry {
  /** A number, a level, or `absent`. */
  readonly proficiency: number | string;
  readonly from?: Day;
  readonly until?: Day;
  /** Afterwards the skill is taken away, whatever the user had before. */
  readonly thenAbsent?: boolean;
  readonly reason?: string;
}

type Term = number | string | WindowedEntry;
export type Entry = Term | readonly Term[];

/** In the order in which the documentation writes the fields. */
export function treeOf(entry: Entry): Tree {
  if (typeof entry !== 'object') return entry;
  if (isList(entry)) return entry.map(treeOf);
  const fields = [
    ['proficiency', entry.proficiency],
    ['from', entry.from],
    ['until', entry.until],
    ['then', entry.thenAbsent ? ABSENT : undefined],
    ['reason', entry.reason],
  ] as const;
  return new Map(fields.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function isList(entry: Entry): entry is readonly Term[] {
  return Array.isArray(entry);
}

/** What is written already, and of which windows that begin after `day` stay beside the new entry. */
export interface Beside {
  readonly written: Json;
  readonly day: Day;
}

/** Undefined when nothing is left. */
export function withPending(entry: Entry | undefined, { written, day }: Beside): Entry | undefined {
  const terms = Array.isArray(written) ? (written as readonly Json[]) : [written];
  const kept = terms.flatMap((term) => pendingOf(term, day));
  if (kept.length === 0) return entry;
  const before = entry === undefined ? [] : isList(entry) ? entry : [entry];
  return [...before, ...kept];
}

function pendingOf(term: Json, day: Day): WindowedEntry[] {
  if (typeof term !== 'object' || term === null || Array.isArray(term)) return [];
  const { from, then, ...rest } = term as { readonly [field: string]: Json };
  if (typeof from !== 'string' || from <= day) return [];
  return [{ ...rest, from, ...(then === ABSENT && { thenAbsent: true }) } as WindowedEntry];
}
