/** Who holds what, now and after a plan: every skill and language, by proficiency. Pure. */
import {
  type Assignments,
  canonical,
  isHeld,
  KINDS,
  type Kind,
  type Value,
} from '../model/assignment.ts';
import type { LiveState } from '../model/live.ts';
import type { UserDiff } from '../model/plan.ts';
import { peopleOf } from './guards/holders.ts';

/** How many, now and after the plan. */
export interface Tally {
  readonly now: number;
  readonly after: number;
}

export interface Counted extends Tally {
  readonly kind: Kind;
  readonly id: string;
  /** Holders by value; a value without a number is one of its own. In the order in which they were met. */
  readonly values: readonly (Tally & { readonly value: Value })[];
}

export interface Census {
  /** Active people whose lists are proven, and those whose lists are not: they count for nothing. */
  readonly people: number;
  readonly unknown: number;
  /** Whatever somebody holds, now or after the plan; in no order. */
  readonly counted: readonly Counted[];
}

export function census(live: LiveState, diffs: readonly UserDiff[]): Census {
  const { still, changed, unknown } = peopleOf({ live, diffs });
  const counts = new Counts();
  for (const list of still) {
    counts.add(list, 'now');
    counts.add(list, 'after');
  }
  for (const { before, after } of changed) {
    counts.add(before, 'now');
    counts.add(after, 'after');
  }
  return { people: still.length + changed.length, unknown, counted: counts.all() };
}

interface Mutable {
  now: number;
  after: number;
}

class Counts {
  readonly #things = new Map<
    string,
    { kind: Kind; id: string; values: Map<string, Mutable & { value: Value }> }
  >();

  add(list: Assignments, when: keyof Mutable): void {
    for (const kind of KINDS)
      for (const [id, value] of Object.entries(list[kind])) {
        if (!isHeld(value)) continue;
        const key = `${kind} ${id}`;
        const thing = this.#things.get(key) ?? { kind, id, values: new Map() };
        this.#things.set(key, thing);
        const text = canonical(value);
        const tally = thing.values.get(text) ?? { value, now: 0, after: 0 };
        thing.values.set(text, tally);
        tally[when] += 1;
      }
  }

  all(): Counted[] {
    return [...this.#things.values()].map(({ kind, id, values }) => {
      const own = [...values.values()];
      return { kind, id, ...sumOf(own), values: own };
    });
  }
}

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce<Tally>(
    (sum, { now, after }) => ({ now: sum.now + now, after: sum.after + after }),
    { now: 0, after: 0 },
  );
}
