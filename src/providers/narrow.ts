/**
 * A fetch of some people alone: by the ids the ledger remembers, and by the directory where those do not answer. Once
 * the directory has been read it says who is who, just as in a fetch of everybody.
 */
import type { LiveUser, OwnList, Person } from '../model/live.ts';
import type { Scope } from '../model/provider.ts';
import { idIn, indexPeople } from './people.ts';

/** What reading one person by id says. */
export interface Single {
  /** As far as the call tells of him: perhaps the id alone. */
  readonly person: Person;
  readonly list: OwnList;
  /** The platform says that it does not know the id. */
  readonly gone: boolean;
}

export interface Reads {
  byId(userIds: readonly string[]): Promise<ReadonlyMap<string, Single>>;
  /** Everybody, without lists; undefined where the platform has no directory. */
  directory(): Promise<readonly Person[] | undefined>;
}

export interface Narrowed {
  readonly users: ReadonlyMap<string, LiveUser>;
  /** A directory was read, or was not needed: every key has been answered for. */
  readonly directory: boolean;
}

const NOT_ASKED: OwnList = { proven: false, why: 'The list was not asked for.' };
const NOT_SHOWN: OwnList = { proven: false, why: 'The platform did not return the list.' };

/** The platform id of a key: spelt out, or as last seen. */
export function rememberedId(key: string, scope: Scope): string | undefined {
  return idIn(key) ?? scope.only?.ids.get(key);
}

/**
 * The person under a key that his id was remembered for; undefined when he goes by another name now. Where the call
 * tells no name, memory is his identity: whether he is active, and whether the name has passed to somebody else, only
 * the directory knows.
 */
function under(key: string, person: Person): Person | undefined {
  if (idIn(key) !== undefined) return person;
  const { email, userName } = person;
  if (email === undefined && userName === undefined)
    return { ...person, [key.includes('@') ? 'email' : 'userName']: key };
  return indexPeople([person]).find(key)[0];
}

/** Those of `keys` that their ids answer for, and the keys that remain. */
function byMemory(scope: Scope, singles: ReadonlyMap<string, Single>) {
  const users = new Map<string, LiveUser>();
  const open: string[] = [];
  for (const key of scope.keys) {
    const id = rememberedId(key, scope);
    const single = id === undefined ? undefined : singles.get(id);
    const known = single && !single.gone ? single : undefined;
    const person = known && under(key, users.get(known.person.id)?.person ?? known.person);
    if (known && person) users.set(person.id, { person, list: known.list });
    else open.push(key);
  }
  return { users, open };
}

/** Everybody's list is unknown but theirs whom the keys fit. */
export function onlyOf(
  keys: readonly string[],
  users: ReadonlyMap<string, LiveUser>,
): ReadonlyMap<string, LiveUser> {
  const asked = new Set(
    idsOf(
      keys,
      [...users.values()].map(({ person }) => person),
    ),
  );
  return new Map(
    [...users].map(([id, user]) => [id, asked.has(id) ? user : { ...user, list: NOT_ASKED }]),
  );
}

function idsOf(keys: readonly string[], persons: readonly Person[]): string[] {
  const people = indexPeople(persons);
  return keys.flatMap((key) => people.find(key)).map(({ id }) => id);
}

/** Throws what the reads throw. */
export async function fetchNarrowed(scope: Scope, reads: Reads): Promise<Narrowed> {
  const ids = new Set(scope.keys.flatMap((key) => rememberedId(key, scope) ?? []));
  const singles = await reads.byId([...ids]);
  const { users, open } = byMemory(scope, singles);
  if (open.length === 0) return { users, directory: true };
  const persons = await reads.directory();
  if (persons === undefined) return { users, directory: false };
  const asked = new Set(idsOf(scope.keys, persons));
  const more = await reads.byId([...asked].filter((id) => !singles.has(id)));
  const listOf = (id: string) => {
    if (!asked.has(id)) return NOT_ASKED;
    return (singles.get(id) ?? more.get(id))?.list ?? NOT_SHOWN;
  };
  const found = persons.map((person) => [person.id, { person, list: listOf(person.id) }] as const);
  return { users: new Map(found), directory: true };
}
