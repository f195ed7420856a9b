/**
 * What the files said of people at the points that may be their base, by platform id: keys and names mean whom and what
 * they meant there. Pure.
 */
import { KINDS, type Kind } from '../model/assignment.ts';
import type { BaseState, Bases } from '../model/base.ts';
import type { Ownership } from '../model/config.ts';
import type { CatalogueEntry, DesiredState, DesiredUser } from '../model/desired.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LiveState } from '../model/live.ts';
import type { Point } from '../model/point.ts';
import type { Target, Targets } from '../model/target.ts';
import type { BaseSide, Side } from './diff.ts';
import { managed, openOf, pointsOf, statesOf } from './points.ts';
import { sameUser } from './same.ts';

export interface Gathering {
  readonly desired: DesiredState;
  readonly targets: Targets;
  readonly live: LiveState;
  readonly bases: Bases | undefined;
  /** File keys to platform ids, as last seen. */
  readonly ids: ReadonlyMap<string, string>;
  /** The org's: whoever left the files has no nearer one. */
  readonly ownership: Ownership;
  readonly normalize: (desired: DesiredState, live: LiveState) => Targets;
  /** The only keys looked at; undefined for everybody. */
  readonly only: ReadonlySet<string> | undefined;
  /** With the base's files as today's nobody has left them. */
  readonly leavers: boolean;
}

/** Whether what a state says under that key counts. */
type Counts = (key: string) => boolean;

const ALL: Counts = () => true;

/** What every point that may stand for a user's base says of him. */
export function sidesBy(reading: Reading): (target: Target) => readonly BaseSide[] {
  const { bases, desired } = reading;
  const byState = new Map<BaseState, SidesIn>();
  const sidesOf = (points: readonly Point[], target: Target, counts: Counts) =>
    statesOf(bases, points).map((state) => {
      const known = byState.get(state);
      const sideIn = known ?? sidesIn(state, reading);
      if (known === undefined) byState.set(state, sideIn);
      return sideIn(target, counts);
    });
  return (target) => {
    const { key, person } = target;
    const { formerly } = desired.users.get(key) ?? {};
    const open = openOf(bases, { id: person.id, key, formerly });
    if (open === undefined) return sidesOf(pointsOf(bases, open), target, ALL);
    const byId = bases.ledger.open[person.id] !== undefined;
    // An entry of a key that nobody was known by tells of that key alone; under others he stands where everybody does.
    const own: Counts = (one) => one === key || one === formerly;
    const common = byId ? [] : sidesOf(pointsOf(bases, undefined), target, (one) => !own(one));
    const named = common.filter(({ onDay, now }) => onDay !== undefined || now !== undefined);
    const counts = byId ? ALL : own;
    const verified = open.base === null ? [] : sidesOf([open.base], target, counts);
    const unsure = sidesOf(open.written, target, counts).map((side) => ({ ...side, unsure: true }));
    return [...verified, ...named, ...unsure];
  };
}

export interface Reading extends Gathering {
  readonly bases: Bases;
  /** What names mean today. Where one meant another id at base, equal names do not mean equal wants. */
  readonly meant: IdsByName;
  readonly idOf: IdOf;
}

export function readingOf(input: Gathering, bases: Bases): Reading {
  return { ...input, bases, meant: idsNow(input.targets), idOf: idFinder(input) };
}

/** Who a key of the base's files meant, by platform id. */
export type IdOf = (key: string) => string | undefined;

type SidesIn = (target: Target, counts: Counts) => BaseSide;

function sidesIn(state: BaseState, reading: Reading): SidesIn {
  const onDay = sideIn(state.onDay, reading);
  const now = state.now === state.onDay ? onDay : sideIn(state.now, reading);
  return (target, counts) => ({ onDay: onDay(target, counts), now: now(target, counts) });
}

/** By person: whoever wants the same as today shares today's target, so that memory follows the change. */
function sideIn(state: DesiredState, reading: Reading): (target: Target, counts: Counts) => Side {
  const { desired, targets, idOf } = reading;
  const moved = namesMoved(state, reading);
  const todays = new Map(targets.users.map((target) => [target.key, target]));
  const differing: DesiredUser[] = [];
  const same = new Set<string>();
  for (const user of state.users.values()) {
    if (!managed(user)) continue;
    const today = moved ? undefined : todays.get(user.key);
    const his = today !== undefined && (idOf(user.key) ?? today.person.id) === today.person.id;
    if (his && sameUser(user, desired.users.get(user.key))) same.add(today.person.id);
    else differing.push(user);
  }
  const others = new Map(
    normalizeBase(state, differing, reading).users.map((target) => [target.person.id, target]),
  );
  const keys = new Map(differing.flatMap(({ key }) => [[idOf(key), key] as const]));
  return (target, counts) => {
    const { id } = target.person;
    if (same.has(id)) return counts(target.key) ? target : undefined;
    const other = others.get(id);
    return other !== undefined && counts(keys.get(id) ?? other.key) ? other : undefined;
  };
}

/** Base's users by platform id, with the ids that their names had; what is wrong with old files is nobody's business. */
export function normalizeBase(
  state: DesiredState,
  users: readonly DesiredUser[],
  { bases, live, normalize, idOf }: Reading,
): Targets {
  const renamed = users.map((user) => {
    const id = idOf(user.key);
    return [user.key, id === undefined ? user : { ...user, key: `id:${id}` }] as const;
  });
  const catalogue = recordedNames(bases.ledger, state);
  return normalize({ ...state, users: new Map(renamed), catalogue }, live);
}

/** As last seen, or the one that says the key was his. */
function idFinder({ desired, targets, ids, live }: Gathering): IdOf {
  const persons = new Map(targets.users.map(({ key, person }) => [key, person.id]));
  const heirs = new Map<string, string>();
  for (const { key, formerly } of desired.users.values()) {
    const id = persons.get(key);
    if (formerly !== undefined && id !== undefined) heirs.set(formerly, id);
  }
  return (key) => {
    const seen = ids.get(key);
    return heirs.get(key) ?? (seen !== undefined && live.users.has(seen) ? seen : undefined);
  };
}

function recordedNames({ names }: Ledger, state: DesiredState): Map<string, CatalogueEntry> {
  const pins = new Map(state.catalogue);
  const place = { file: '', line: 1, col: 1 };
  for (const kind of KINDS) {
    for (const [name, id] of Object.entries(names[kind])) {
      // What those files pinned is what they meant, whatever the name has come to mean since.
      if (state.catalogue.get(name)?.id !== undefined) continue;
      pins.delete(name);
      pins.set(`${kind} ${name}`, { name, id, place });
    }
  }
  return pins;
}

type IdsByName = { readonly [K in Kind]: ReadonlyMap<string, string> };

function idsNow({ users }: Targets): IdsByName {
  const ids = { skill: new Map<string, string>(), language: new Map<string, string>() };
  for (const { wants } of users) {
    for (const kind of KINDS) {
      for (const [id, { name }] of Object.entries(wants[kind])) ids[kind].set(name, id);
    }
  }
  return ids;
}

function namesMoved({ catalogue }: DesiredState, { meant, bases }: Reading): boolean {
  return KINDS.some((kind) =>
    [...meant[kind]].some(([name, id]) => {
      const then = catalogue.get(name)?.id ?? bases.ledger.names[kind][name];
      return then !== undefined && then !== id;
    }),
  );
}
