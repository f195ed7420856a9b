/**
 * The differ: one user's targets against his live list. Pure, and generic over kinds and platforms: it compares keyed
 * maps by value. Its invariant: an id that no rule below touches is in `after` exactly as it is in `before`.
 */
import fastJsonPatch from 'fast-json-patch';
import {
  type Assignments,
  byCodeUnit,
  KINDS,
  type Kind,
  keyed,
  sameValue,
  type Value,
} from '../model/assignment.ts';
import type { Place } from '../model/finding.ts';
import type { Change, PatchOperation, UserDiff } from '../model/plan.ts';
import type { Target, TargetWant } from '../model/target.ts';

/** Display names by kind and id. */
export type Names = { readonly [K in Kind]: Readonly<Record<string, string>> };

/** The differ's word on one user; `foreignKept` counts whether or not anything changes. */
export interface Diffed {
  readonly diff: UserDiff | undefined;
  readonly foreignKept: number;
}

/** What shall be at one id: a value, nothing, or whatever is there now. */
type Verdict = { readonly set: Value } | 'remove' | 'keep';

/** Compares `live` (a proven list) with what `target` wants, and says what to change. */
export function diffUser(target: Target, live: Assignments, names: Names): Diffed {
  const after = { skill: keyed<Value>(), language: keyed<Value>() };
  const changes: Change[] = [];
  let foreignKept = 0;
  for (const kind of KINDS) {
    const before = live[kind];
    const wants = target.wants[kind];
    for (const id of sortedIds(before, wants)) {
      const want = wants[id];
      const old = before[id];
      const value = settle(verdict(want, target.ownership), old);
      if (value !== undefined) after[kind][id] = value;
      if (!sameValue(old, value)) {
        changes.push(
          change({ kind, id, name: nameOf(id, want, names[kind]), old, value, want }, target),
        );
      } else if (want === undefined) foreignKept += 1;
    }
  }
  if (changes.length === 0) return { diff: undefined, foreignKept };
  changes.sort(inReadingOrder);
  const diff: UserDiff = {
    userId: target.person.id,
    key: target.key,
    ...(target.person.name === undefined ? {} : { name: target.person.name }),
    before: { skill: sorted(live.skill), language: sorted(live.language) },
    after,
    changes,
    named: {
      skill: sortedIds(target.wants.skill),
      language: sortedIds(target.wants.language),
    },
    foreignKept,
    patch: fastJsonPatch.compare(live, after) as PatchOperation[],
  };
  return { diff, foreignKept };
}

function sortedIds(...maps: readonly object[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map)))].sort(byCodeUnit);
}

/** The same list in the order of its ids: platforms return it in any. */
function sorted(list: Assignments[Kind]): Assignments[Kind] {
  return keyed(sortedIds(list).map((id) => [id, list[id] as Value] as const));
}

/** The table of docs/plan.md, without a base: nobody can tell what left the files from what was never in them. */
function verdict(want: TargetWant | undefined, ownership: Target['ownership']): Verdict {
  if (want?.value !== undefined) return { set: want.value };
  if (want?.want.state === 'absent') return 'remove';
  return ownership === 'complete' ? 'remove' : 'keep';
}

function settle(decided: Verdict, old: Value | undefined): Value | undefined {
  if (decided === 'keep') return old;
  return decided === 'remove' ? undefined : decided.set;
}

interface Parts {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly old: Value | undefined;
  readonly value: Value | undefined;
  readonly want: TargetWant | undefined;
}

function change({ kind, id, name, old, value, want }: Parts, target: Target): Change {
  const level = want?.want.state === 'value' ? want.want.level : undefined;
  return {
    kind,
    id,
    name,
    action: old === undefined ? 'add' : value === undefined ? 'remove' : 'change',
    ...(old === undefined ? {} : { before: old }),
    ...(value === undefined ? {} : { after: value }),
    ...(level === undefined ? {} : { level }),
    cause: 'first',
    source: want === undefined ? ownPlace(target.place) : want.want.source,
  };
}

function ownPlace(place: Place): Change['source'] {
  return { file: place.file, line: place.line, col: place.col, chain: [] };
}

function nameOf(id: string, want: TargetWant | undefined, names: Readonly<Record<string, string>>) {
  return want?.name ?? names[id] ?? id;
}

function inReadingOrder(a: Change, b: Change): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    byCodeUnit(a.name, b.name) ||
    byCodeUnit(a.id, b.id)
  );
}
