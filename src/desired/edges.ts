/** One key over time: what it is on the day, when that next changes, and the edges of windows that show soon. */
import type { Org } from '../model/config.ts';
import { addDays, type Day } from '../model/day.ts';
import type { WindowEdge } from '../model/desired.ts';
import { bare } from './codes.ts';
import { type Contribution, type Decision, decide, sameOutcome } from './decide.ts';
import { isPlain } from './roster.ts';

type Edge = Pick<WindowEdge, 'day' | 'edge' | 'place'>;

export interface Settled extends Decision {
  /** The first later day on which the outcome is another. */
  readonly next?: Day;
  /** The first later day on which two places of the winning rank differ, where none do on the day itself. */
  readonly ahead?: { readonly day: Day; readonly conflict: Conflicting };
  /** Within 14 days, and only where the outcome changes that day: an edge behind a nearer entry shows nothing. */
  readonly edges: readonly Edge[];
}

type Conflicting = NonNullable<Decision['conflict']>;

export interface When {
  readonly org: Org;
  readonly day: Day;
}

const SOON_DAYS = 14;
const NO_EDGES: readonly Edge[] = [];

export function settle(contributions: readonly Contribution[], { org, day }: When): Settled {
  const decision = decide(contributions, day, org);
  const edges = edgesAfter(contributions, day);
  if (edges.length === 0) return still(decision);
  const on = (date: Day) => decide(contributions, date, org);
  const days = [...new Set(edges.map((edge) => edge.day))].sort();
  const next = days.find((date) => !same(on(date), decision));
  const soon = addDays(day, SOON_DAYS);
  const showing = new Set(
    days.filter((date) => date <= soon && !same(on(date), on(addDays(date, -1)))),
  );
  return {
    ...decision,
    ...(next !== undefined && { next }),
    ...(decision.conflict === undefined && aheadOf(days, on)),
    edges: edges.filter((edge) => showing.has(edge.day)),
  };
}

function aheadOf(days: readonly Day[], on: (date: Day) => Decision): Pick<Settled, 'ahead'> {
  for (const day of days) {
    const { conflict } = on(day);
    if (conflict) return { ahead: { day, conflict } };
  }
  return {};
}

/** What no window will change. */
function still({ want, conflict }: Decision): Settled {
  return conflict ? { want, conflict, edges: NO_EDGES } : { want, edges: NO_EDGES };
}

function same(a: Decision, b: Decision): boolean {
  return sameOutcome(a.want, b.want) && (a.conflict === undefined) === (b.conflict === undefined);
}

/** A window without an end has one edge; the day after 9999-12-31 is no day and compares as past. */
function edgesAfter(contributions: readonly Contribution[], day: Day): Edge[] {
  const edges: Edge[] = [];
  for (const { terms } of contributions)
    for (const term of terms) {
      if (isPlain(term)) continue;
      const place = bare(term.source);
      if (term.from !== undefined) edges.push({ day: term.from, edge: 'starts', place });
      if (term.until !== undefined)
        edges.push({ day: addDays(term.until, 1), edge: 'ends', place });
    }
  return edges.filter((edge) => edge.day > day);
}
