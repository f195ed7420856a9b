/**
 * Everybody to be compared: those the files name now, and those they named at base and no longer do. Beside each stand
 * the points that may be his base. Pure: `normalize` is the platform's, handed in.
 */

import { KINDS, keyed } from '../model/assignment.ts';
import type { BaseState, Bases } from '../model/base.ts';
import type { Ownership } from '../model/config.ts';
import type { CatalogueEntry, DesiredState, DesiredUser } from '../model/desired.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LiveState, Person } from '../model/live.ts';
import type { Held, Target, Targets } from '../model/target.ts';
import type { BaseSide, Side } from './diff.ts';
import { baseKeys, managed, openOf, pointsOf, statesOf } from './points.ts';
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

export interface Gathered {
  readonly target: Target;
  readonly base: readonly BaseSide[];
  readonly leaver: boolean;
}

export interface People {
  readonly people: readonly Gathered[];
  /** Leavers who have something to lose and cannot be written. */
  readonly held: readonly Held[];
  /** Leavers nobody can say anything of now; keys by platform id or `key:<key>`. */
  readonly unknown: Readonly<Record<string, string>>;
}

export function gather(input: Gathering): People {
  const { targets, bases } = input;
  if (bases === undefined) {
    const people = targets.users.map((target) => ({ target, base: [], leaver: false }));
    return { people, held: [], unknown: {} };
  }
  const sides = sidesBy(input, bases);
  const people: Gathered[] = targets.users.map((target) => {
    return { target, base: sides(target), leaver: false };
  });
  const left = input.leavers ? leaversOf(input, bases) : NOBODY;
  for (const target of left.targets) people.push({ target, base: sides(target), leaver: true });
  return { people, held: left.held, unknown: left.unknown };
}

const NOBODY = { targets: [], held: [], unknown: {} };

/** What every point that may stand for a user's base says of him. */
function sidesBy(input: Gathering, bases: Bases): (target: Target) => readonly BaseSide[] {
  const moved = namesMoved(input.targets, bases.ledger);
  const byState = new Map<BaseState, (target: Target) => BaseSide>();
  return (target) => {
    const open = openOf(bases, { id: target.person.id, key: target.key });
    return statesOf(bases, pointsOf(bases, open)).map((state) => {
      const known = byState.get(state);
      const sideIn = known ?? sidesIn(state, { ...input, bases, moved });
      if (known === undefined) byState.set(state, sideIn);
      return sideIn(target);
    });
  };
}

interface Reading extends Gathering {
  readonly bases: Bases;
  /** Some name means another id than the ledger recorded: then equal names do not mean equal wants. */
  readonly moved: boolean;
}

function sidesIn(state: BaseState, reading: Reading): (target: Target) => BaseSide {
  const onDay = sideIn(state.onDay, reading);
  const now = state.now === state.onDay ? onDay : sideIn(state.now, reading);
  return (target) => ({ onDay: onDay(target), now: now(target) });
}

/** By person: whoever wants the same as today shares today's target, so that memory follows the change. */
function sideIn(state: DesiredState, reading: Reading): (target: Target) => Side {
  const { desired, targets, moved } = reading;
  const todays = new Map(targets.users.map((target) => [target.key, target]));
  const differing: DesiredUser[] = [];
  const same = new Set<string>();
  for (const user of state.users.values()) {
    if (!managed(user)) continue;
    const today = moved ? undefined : todays.get(user.key);
    if (today && sameUser(user, desired.users.get(user.key))) same.add(today.person.id);
    else differing.push(user);
  }
  const others = new Map(
    normalizeBase(state, differing, reading).users.map((target) => [target.person.id, target]),
  );
  return (target) => (same.has(target.person.id) ? target : others.get(target.person.id));
}

/** Base's users by platform id, with the ids that their names had; what is wrong with old files is nobody's business. */
function normalizeBase(
  state: DesiredState,
  users: readonly DesiredUser[],
  { bases, live, normalize, ...how }: Reading,
): Targets {
  const idOf = idFinder({ ...how, live });
  const renamed = users.map((user) => {
    const id = idOf(user.key);
    return [user.key, id === undefined ? user : { ...user, key: `id:${id}` }] as const;
  });
  const catalogue = recordedNames(bases.ledger, state);
  return normalize({ ...state, users: new Map(renamed), catalogue }, live);
}

/** Who a key meant: as last seen, or the one that says it was his. */
function idFinder({ desired, targets, ids, live }: Omit<Gathering, 'bases' | 'normalize'>) {
  const persons = new Map(targets.users.map(({ key, person }) => [key, person.id]));
  const heirs = new Map<string, string>();
  for (const { key, formerly } of desired.users.values()) {
    const id = persons.get(key);
    if (formerly !== undefined && id !== undefined) heirs.set(formerly, id);
  }
  return (key: string): string | undefined => {
    const seen = ids.get(key);
    return heirs.get(key) ?? (seen !== undefined && live.users.has(seen) ? seen : undefined);
  };
}

function recordedNames({ names }: Ledger, state: DesiredState): Map<string, CatalogueEntry> {
  const pins = new Map(state.catalogue);
  const place = { file: '', line: 1, col: 1 };
  for (const kind of KINDS) {
    for (const [name, id] of Object.entries(names[kind])) {
      pins.delete(name);
      pins.set(`${kind} ${name}`, { name, id, place });
    }
  }
  return pins;
}

function namesMoved({ users }: Targets, { names }: Ledger): boolean {
  for (const { wants } of users) {
    for (const kind of KINDS) {
      for (const [id, { name }] of Object.entries(wants[kind])) {
        const recorded = names[kind][name];
        if (recorded !== undefined && recorded !== id) return true;
      }
    }
  }
  return false;
}

interface Left {
  readonly targets: Target[];
  readonly held: Held[];
  readonly unknown: Record<string, string>;
}

/** Whom a base names and the files no longer do. */
function leaversOf(input: Gathering, bases: Bases): Left {
  const { desired, only } = input;
  const left: Left = { targets: [], held: [], unknown: keyed() };
  const heirs = new Set([...desired.users.values()].flatMap(({ formerly }) => formerly ?? []));
  const isGone = (key: string) =>
    !desired.users.has(key) && !heirs.has(key) && (only?.has(key) ?? true);
  const reading: Reading = { ...input, bases, moved: true };
  const present = presentPeople(input);
  for (const { state, users } of candidates(bases, isGone)) {
    takeLeavers(left, {
      reading,
      present,
      users,
      found: normalizeBase(state.onDay, users, reading),
    });
  }
  return left;
}

interface Finding {
  readonly reading: Reading;
  readonly present: ReturnType<typeof presentPeople>;
  readonly users: readonly DesiredUser[];
  readonly found: Targets;
}

function takeLeavers(left: Left, { reading, present, users, found }: Finding): void {
  const { live, ownership } = reading;
  const idOf = idFinder(reading);
  const keyOf = new Map(users.map(({ key }) => [`id:${idOf(key)}`, key]));
  for (const target of found.users) {
    if (present(target.person)) continue;
    present.add(target.person.id);
    const key = keyOf.get(target.key) ?? target.key;
    left.targets.push({ ...target, key, ownership, wants: NOTHING });
  }
  for (const one of found.held) {
    const key = keyOf.get(one.key) ?? one.key;
    const person = one.userId === undefined ? undefined : live.users.get(one.userId)?.person;
    if (person !== undefined && present(person)) continue;
    left.unknown[one.userId ?? `key:${key}`] = key;
    if (one.reason === 'inactive' && losesSomething(one, live)) left.held.push({ ...one, key });
  }
}

const NOTHING: Target['wants'] = { skill: keyed(), language: keyed() };

/** Base's users the files may have dropped, by the state that knows them. */
function candidates(bases: Bases, wanted: (key: string) => boolean) {
  const byState = new Map<BaseState, DesiredUser[]>();
  for (const { key, open } of baseKeys(bases)) {
    if (!wanted(key)) continue;
    const states = statesOf(bases, pointsOf(bases, open));
    const state = states.find(({ onDay }) => managed(onDay.users.get(key)));
    const user = state?.onDay.users.get(key);
    if (state === undefined || user === undefined) continue;
    const users = byState.get(state);
    if (users) users.push(user);
    else byState.set(state, [user]);
  }
  return [...byState].map(([state, users]) => ({ state, users }));
}

/** Whether a person is somebody the files name, by whichever of his keys. */
function presentPeople({ desired, targets }: Gathering) {
  const ids = new Set(targets.users.map(({ person }) => person.id));
  for (const { userId } of targets.held) if (userId !== undefined) ids.add(userId);
  const released = new Set(
    [...desired.users.values()].filter((user) => user.released).map((user) => user.key),
  );
  const present = ({ id, email, userName }: Person): boolean =>
    ids.has(id) ||
    [`id:${id}`, email, userName?.toLowerCase(), userName].some((key) => {
      return key !== undefined && released.has(key);
    });
  return Object.assign(present, { add: (id: string) => ids.add(id) });
}

/** Somebody with an empty list has nothing that could be taken from him. */
function losesSomething({ userId }: Held, live: LiveState): boolean {
  const list = userId === undefined ? undefined : live.users.get(userId)?.list;
  return !list?.proven || KINDS.some((kind) => Object.keys(list.assignments[kind]).length > 0);
}
