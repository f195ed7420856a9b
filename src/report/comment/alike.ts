/** Orgs with the same changes: told once, and of the others only what is different. */
import { canonical } from '../../model/assignment.ts';
import type { PlannedOrg } from './input.ts';
import { type Changed, type Split, splitOf } from './split.ts';

export interface Alike {
  /** The org whose section tells it. */
  readonly as: PlannedOrg;
  /** Changed here alone, and there alone. */
  readonly only: readonly Changed[];
  readonly missing: readonly Changed[];
}

/** Fewer changes are told again: that is shorter. */
const FEWEST = 4;
/** Exceptions, of a hundred. */
const MOST_PERCENT = 10;

/** The first of `earlier` that has the same changes but for a few exceptions. */
export function alikeOf(split: Split, earlier: readonly PlannedOrg[]): Alike | undefined {
  const mine = changesOf(split);
  if (mine.size < FEWEST) return undefined;
  for (const as of earlier) {
    const theirs = changesOf(splitOf(as));
    const only = without(mine, theirs);
    const missing = without(theirs, mine);
    const exceptions = [...only, ...missing].reduce((sum, { changes }) => sum + changes.length, 0);
    if (exceptions * 100 <= mine.size * MOST_PERCENT) return { as, only, missing };
  }
  return undefined;
}

type Entry = readonly [Changed, Changed['changes'][number]];

/** By person, name and values: ids differ from org to org. */
function changesOf({ leavers, losing, others }: Split): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const one of [...leavers, ...losing, ...others]) {
    for (const change of one.changes) {
      const { kind, name, action, before, after, level } = change;
      const left = one.user.leaver === true;
      const what = [one.user.key, kind, name, action, before, after, level ?? null, left];
      found.set(canonical(what), [one, change]);
    }
  }
  return found;
}

function without(all: ReadonlyMap<string, Entry>, others: ReadonlyMap<string, Entry>): Changed[] {
  const left = new Map<Changed, Changed['changes'][number][]>();
  for (const [what, [one, change]] of all) {
    if (!others.has(what)) left.set(one, [...(left.get(one) ?? []), change]);
  }
  return [...left].map(([{ user }, changes]) => ({ user, changes }));
}
