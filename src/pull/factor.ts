/**
 * What several people have in common, found greedily: in each turn the set of assignments whose sharing saves most is
 * taken out of everybody who has all of it. Deterministic: ties go to the item that comes first.
 */

import { byCodeUnit } from '../model/assignment.ts';

/** What can be shared: the same text is the same assignment. */
export type Item = string;

export interface Factored {
  /** Each at least two items, in their order, and who has it: positions in the given list. */
  readonly shared: readonly {
    readonly items: readonly Item[];
    readonly holders: readonly number[];
  }[];
  /** What is left of each, in the given order. */
  readonly rest: readonly (readonly Item[])[];
}

/** Fewer are no crowd. */
const LEAST_HOLDERS = 3;
const LEAST_ITEMS = 2;

interface Candidate {
  readonly items: readonly Item[];
  readonly holders: readonly number[];
  readonly saving: number;
}

export function factor(lists: readonly (readonly Item[])[]): Factored {
  const left = lists.map((items) => new Set(items));
  const holders = holdersOf(left);
  const queue = [...holders.keys()].sort().map((seed) => grow(seed, { left, holders }));
  queue.sort(bySaving);
  const shared: Candidate[] = [];
  for (let best = next(queue, { left, holders }); best; best = next(queue, { left, holders })) {
    shared.push(best);
    for (const at of best.holders)
      for (const item of best.items) {
        left[at]?.delete(item);
        holders.get(item)?.delete(at);
      }
  }
  return { shared, rest: left.map((items) => [...items]) };
}

interface Left {
  readonly left: readonly Set<Item>[];
  readonly holders: ReadonlyMap<Item, Set<number>>;
}

function holdersOf(left: readonly Set<Item>[]): Map<Item, Set<number>> {
  const holders = new Map<Item, Set<number>>();
  for (const [at, items] of left.entries())
    for (const item of items) {
      const own = holders.get(item) ?? new Set();
      holders.set(item, own.add(at));
    }
  return holders;
}

/** From one item on, by the item that most of its holders have besides; the stage that saves most. */
function grow(seed: Item, { left, holders }: Left): Candidate {
  let items: readonly Item[] = [seed];
  let here: readonly number[] = [...(holders.get(seed) ?? [])];
  let best: Candidate = { items, holders: here, saving: 0 };
  for (;;) {
    const [item, count] = commonest(here, { left, besides: items });
    if (item === undefined || count < LEAST_HOLDERS) return best;
    items = [...items, item];
    here = here.filter((at) => left[at]?.has(item));
    const saving = savingOf(items.length, here.length);
    if (saving > best.saving) best = { items, holders: here, saving };
  }
}

/** Each holder loses the items and gets the name; the profile itself costs a line. */
function savingOf(items: number, holders: number): number {
  return items < LEAST_ITEMS ? 0 : items * holders - holders - 1;
}

function commonest(
  here: readonly number[],
  { left, besides }: { readonly left: Left['left']; readonly besides: readonly Item[] },
): [Item | undefined, number] {
  const counts = new Map<Item, number>();
  for (const at of here)
    for (const item of left[at] ?? [])
      if (!besides.includes(item)) counts.set(item, (counts.get(item) ?? 0) + 1);
  let best: Item | undefined;
  let most = 0;
  for (const [item, count] of counts)
    if (count > most || (count === most && best !== undefined && item < best))
      [best, most] = [item, count];
  return [best, most];
}

function bySaving(a: Candidate, b: Candidate): number {
  return b.saving - a.saving || byCodeUnit(a.items[0] as Item, b.items[0] as Item);
}

/** What a seed comes to only falls as others are taken: it is looked at again when it is first, and not before. */
function next(queue: Candidate[], left: Left): Candidate | undefined {
  for (let first = queue.shift(); first && first.saving > 0; first = queue.shift()) {
    const now = grow(first.items[0] as Item, left);
    const behind = queue.findIndex((other) => bySaving(now, other) <= 0);
    queue.splice(behind === -1 ? queue.length : behind, 0, now);
    if (queue[0] === now) return now.saving > 0 ? now : undefined;
  }
  return undefined;
}
