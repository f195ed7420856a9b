/**
 * The differ: one user's targets, and what the files said at base, against his live list. Pure, and generic over kinds
 * and platforms: it compares keyed maps by value. Its invariant: an id that the table does not touch is in `after`
 * exactly as it is in `before`.
 */
import fastJsonPatch from 'fast-json-patch';
import {
  type Assignments,
  byCodeUnit,
  isHeld,
  KINDS,
  type Kind,
  keyed,
  sameValue,
  type Value,
} from '../model/assignment.ts';
import { actionOf, type Change, type PatchOperation, type UserDiff } from '../model/plan.ts';
import type { Target, TargetWant } from '../model/target.ts';
import {
  type BaseSaying,
  causeOf,
  hasValue,
  lends,
  type Saying,
  settle,
  UNMANAGED,
} from './table.ts';

/** Display names by kind and id. */
export type Names = { readonly [K in Kind]: Readonly<Record<string, string>> };

/** The ids that the files name, or named at base. */
type Named = UserDiff['named'];

/** What a state of the files wants of a user; undefined where it does not manage him. */
export type Side = Pick<Target, 'wants' | 'ownership'> | undefined;

/** What the files of one base point say of a user: on their own day, and today. */
export interface BaseSide {
  readonly onDay: Side;
  readonly now: Side;
  /** Perhaps never written: a run began with it, and nobody has verified what became of it. */
  readonly unsure?: boolean;
}

export interface Comparison {
  readonly target: Target;
  /** The files no longer name him: `target` wants nothing, and its place is in the base's files. */
  readonly leaver?: boolean;
  /** Proven. */
  readonly live: Assignments;
  /** The points that may stand for his base; none when nothing is known of it. */
  readonly base: readonly BaseSide[];
  readonly names: Names;
}

/** The differ's word on one user; `foreignKept` counts whether or not anything changes. */
export interface Diffed {
  readonly diff: UserDiff | undefined;
  readonly foreignKept: number;
  /** Something the base gave is kept until its window begins: until then only the base knows whose it is. */
  readonly waits: boolean;
}

/** Compares `live` with what `target` wants, and says what to change and why. */
export function diffUser(comparison: Comparison): Diffed {
  const { target, live, base } = comparison;
  const after = { skill: keyed<Value>(), language: keyed<Value>() };
  const named = {
    skill: namedIds(comparison, 'skill'),
    language: namedIds(comparison, 'language'),
  };
  const changes: Change[] = [];
  let waits = false;
  for (const kind of KINDS) {
    const ids = new Set([...Object.keys(live[kind]), ...named[kind]]);
    for (const id of [...ids].sort(byCodeUnit)) {
      const old = live[kind][id];
      const sayings = base.map((side) => sayingsOf(side, { kind, id }, live));
      const value = settle(sayingOf(target, { kind, id }), sayings, old);
      waits ||= isLent({ today: target.wants[kind][id], old }, sayings);
      if (value !== undefined) after[kind][id] = value;
      if (!sameValue(old, value)) {
        changes.push(change({ kind, id, old, value, sayings }, comparison));
      }
    }
  }
  const foreignKept = countForeign(after, named);
  if (changes.length === 0) return { diff: undefined, foreignKept, waits };
  changes.sort(inReadingOrder);
  const diff: UserDiff = {
    userId: target.person.id,
    key: target.key,
    ...(target.person.name === undefined ? {} : { name: target.person.name }),
    ...(comparison.leaver === true ? { leaver: true } : {}),
    before: { skill: sorted(live.skill), language: sorted(live.language) },
    after,
    changes,
    named,
    foreignKept,
    patch: fastJsonPatch.compare(live, after) as PatchOperation[],
  };
  return { diff, foreignKept, waits };
}

/** Held, named by nobody, and so kept as it was. */
function countForeign(after: Assignments, named: Named): number {
  return KINDS.flatMap((kind) => {
    const known = new Set(named[kind]);
    return Object.entries(after[kind]).filter(([id, value]) => isHeld(value) && !known.has(id));
  }).length;
}

interface Kept {
  readonly today: TargetWant | undefined;
  readonly old: Value | undefined;
}

function isLent({ today, old }: Kept, sayings: readonly BaseSaying[]): boolean {
  if (!isHeld(old) || today?.want.state !== 'pending') return false;
  return sayings.some(({ onDay }) => hasValue(onDay));
}

/** The ids that the files name now, or named at base; sorted. */
function namedIds({ target, base }: Comparison, kind: Kind): string[] {
  const wants = base.flatMap(({ onDay }) => (onDay === undefined ? [] : [onDay.wants[kind]]));
  return sortedIds(target.wants[kind], ...wants);
}

interface Thing {
  readonly kind: Kind;
  readonly id: string;
}

function sayingOf(side: Side, { kind, id }: Thing): Saying {
  return side === undefined ? UNMANAGED : { want: side.wants[kind][id], ownership: side.ownership };
}

function sayingsOf({ onDay, now, unsure }: BaseSide, thing: Thing, live: Assignments): BaseSaying {
  const saying = { onDay: sayingOf(onDay, thing), now: sayingOf(now, thing), unsure };
  const loan = onDay?.wants[thing.kind][thing.id];
  if (!unsure || loan === undefined || !lends(loan)) return saying;
  if (sameValue(loan.value, live[thing.kind][thing.id])) return saying;
  // A loan that is not there may have been held back: then what is there is still nobody's.
  const { onDay: then, now: today } = saying;
  return { onDay: { ...then, want: undefined }, now: { ...today, want: undefined }, unsure };
}

function sortedIds(...maps: readonly object[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map)))].sort(byCodeUnit);
}

/** The same list in the order of its ids: platforms return it in any. */
function sorted(list: Assignments[Kind]): Assignments[Kind] {
  return keyed(sortedIds(list).map((id) => [id, list[id] as Value] as const));
}

interface Parts extends Thing {
  readonly old: Value | undefined;
  readonly value: Value | undefined;
  readonly sayings: readonly BaseSaying[];
}

function change({ kind, id, old, value, sayings }: Parts, { target, names }: Comparison): Change {
  const want = target.wants[kind][id];
  const past = pastWant(sayings);
  const level = want?.want.state === 'value' ? want.want.level : undefined;
  const { file, line, col } = target.place;
  return {
    kind,
    id,
    name: want?.name ?? names[kind][id] ?? past?.name ?? id,
    action: actionOf(old, value),
    ...(old === undefined ? {} : { before: old }),
    ...(value === undefined ? {} : { after: value }),
    ...(level === undefined ? {} : { level }),
    cause: causeOf({ live: old, after: value }, sayings),
    source: want?.want.source ?? { file, line, col, chain: past?.want.source.chain ?? [] },
  };
}

/** What the base gave there; where today's files say nothing of it, its chain is how it had come. */
function pastWant(sayings: readonly BaseSaying[]): TargetWant | undefined {
  return sayings.find(({ onDay }) => hasValue(onDay))?.onDay.want;
}

function inReadingOrder(a: Change, b: Change): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    byCodeUnit(a.name, b.name) ||
    byCodeUnit(a.id, b.id)
  );
}
