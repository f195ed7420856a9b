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

/** What every point that may stand for a user's base says of him. */
export function sidesBy(reading: Reading): (target: Target) => readonly BaseSide[] {
  const { bases, desired } = reading;
  const byState = new Map<BaseState, (target: Target) => BaseSide>();
  const sideOf = (state: BaseState, target: Target): BaseSide => {
    const known = byState.get(state);
    const sideIn = known ?? sidesIn(state, reading);
    if (known === undefined) byState.set(state, sideIn);
    return sideIn(target);
  };
  return (target) => {
    const { formerly } = desired.users.get(target.key) ?? {};
    const open = openOf(bases, { id: target.person.id, key: target.key, formerly });
    if (open === undefined) {
      return statesOf(bases, pointsOf(bases, open)).map((state) => sideOf(state, target));
    }
    const verified = open.base === null ? [] : statesOf(bases, [open.base]);
    const unsure = statesOf(bases, open.written).map((state) => {
      return { ...sideOf(state, target), unsure: true };
    });
    return [...verified.map((state) => sideOf(state, target)), ...unsure];
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

function sidesIn(state: BaseState, reading: Reading): (target: Target) => BaseSide {
  const onDay = sideIn(state.onDay, reading);
  const now = state.now === state.onDay ? onDay : sideIn(state.now, reading);
  return (target) => ({ onDay: onDay(target), now: now(target) });
}

/** By person: whoever wants the same as today shares today's target, so that memory follows the change. */
function sideIn(state: DesiredState, reading: Reading): (target: Target) => Side {
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
  return (target) => (same.has(target.person.id) ? target : others.get(target.person.id));
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
