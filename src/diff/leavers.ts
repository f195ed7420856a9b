/** Whom the files named at base and no longer do: somebody else's key, or nobody's, is not theirs any more. Pure. */
import { isHeld, KINDS, keyed } from '../model/assignment.ts';
import type { BaseState } from '../model/base.ts';
import type { DesiredUser } from '../model/desired.ts';
import type { LiveState, Person } from '../model/live.ts';
import type { Held, Target, Targets } from '../model/target.ts';
import { baseKeys, managed, pointsOf, statesOf } from './points.ts';
import { type Gathering, type IdOf, normalizeBase, type Reading } from './sides.ts';

export interface Leavers {
  readonly targets: Target[];
  readonly held: Held[];
  readonly unknown: Record<string, string>;
}

/** Whom a base names and the files no longer do. */
export function leaversOf(reading: Reading): Leavers {
  const left: Leavers = { targets: [], held: [], unknown: keyed() };
  const present = presentPeople(reading);
  for (const { state, users } of candidates(reading, goneIn(reading))) {
    takeLeavers(left, {
      reading,
      present,
      users,
      found: normalizeBase(state.onDay, users, reading),
    });
  }
  return left;
}

/** Whether nobody goes by the key any more, or somebody else than it meant at base. */
function goneIn({ desired, targets, only, idOf }: Reading): (key: string) => boolean {
  const heirs = new Set([...desired.users.values()].flatMap(({ formerly }) => formerly ?? []));
  const holders = new Map(targets.users.map(({ key, person }) => [key, person.id]));
  return (key) => {
    if (heirs.has(key) || only?.has(key) === false) return false;
    if (!desired.users.has(key)) return true;
    const holder = holders.get(key);
    return holder !== undefined && (idOf(key) ?? holder) !== holder;
  };
}

interface Finding {
  readonly reading: Reading;
  readonly present: ReturnType<typeof presentPeople>;
  readonly users: readonly DesiredUser[];
  readonly found: Targets;
}

function takeLeavers(left: Leavers, { reading, present, users, found }: Finding): void {
  const { live, ownership, idOf, ids } = reading;
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
    left.unknown[one.userId ?? ids.get(key) ?? `key:${key}`] = key;
    if (person !== undefined && losesSomething(person, live)) left.held.push({ ...one, key });
  }
}

const NOTHING: Target['wants'] = { skill: keyed(), language: keyed() };

/** Base's users the files may have dropped, by the state that knows them. */
function candidates({ bases, idOf }: Reading, wanted: (key: string) => boolean) {
  const byState = new Map<BaseState, DesiredUser[]>();
  for (const { key, id, open } of baseKeys(bases)) {
    if (!wanted(key)) continue;
    for (const state of statesOf(bases, pointsOf(bases, open))) {
      const user = managedIn(state, { key, id, idOf });
      if (user === undefined) continue;
      byState.set(state, [...(byState.get(state) ?? []), user]);
      break;
    }
  }
  return [...byState].map(([state, users]) => ({ state, users }));
}

/** Whom the files of a point managed under the key or, where they called him something else, as that person. */
function managedIn(
  { onDay }: BaseState,
  { key, id, idOf }: { key: string; id: string | undefined; idOf: IdOf },
): DesiredUser | undefined {
  const user = onDay.users.get(key);
  if (managed(user)) return user;
  if (user !== undefined || id === undefined) return undefined;
  return [...onDay.users.values()].find((each) => managed(each) && idOf(each.key) === id);
}

/** Whether a person is somebody the files name, by whichever of his keys, and whether or not he was looked at. */
function presentPeople({ desired }: Gathering) {
  const ids = new Set<string>();
  const names = new Set([...desired.users.keys()].map(bare));
  const present = ({ id, email, userName }: Person): boolean =>
    ids.has(id) ||
    [`id:${id}`, email, userName].some((key) => key !== undefined && names.has(bare(key)));
  return Object.assign(present, { add: (id: string) => ids.add(id) });
}

/** E-mails and user names are compared in lower case, ids as they are. */
function bare(key: string): string {
  return key.startsWith('id:') ? key : key.toLowerCase();
}

/** Somebody with an empty list has nothing that could be taken from him. */
function losesSomething({ id }: Person, live: LiveState): boolean {
  const list = live.users.get(id)?.list;
  return !list?.proven || KINDS.some((kind) => Object.values(list.assignments[kind]).some(isHeld));
}
