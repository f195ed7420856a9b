/** Reads the catalogue, the people and their lists. Nothing here writes; nothing unknown is taken for empty. */
import type { LiveState, LiveUser, OwnList, Person } from '../../model/live.ts';
import type { Scope } from '../../model/provider.ts';
import { demandScope } from '../everybody.ts';
import { unproven } from '../fields.ts';
import { fetchNarrowed, type Narrowed, onlyOf, rememberedId } from '../narrow.ts';
import { idIn, indexPeople } from '../people.ts';
import { readByIds, requestsFor } from './byid.ts';
import { USERS } from './calls.ts';
import { beginUsers, fetchCatalogue, listsIn, personOf, USERS_SIZE } from './directory.ts';
import { type BegunListing, beginListing } from './listing.ts';
import { lanesOf, type Means } from './means.ts';
import type { Entity } from './page.ts';
import { namingPermission } from './permissions.ts';
import { seekInactive } from './seek.ts';
import { readEach } from './singly.ts';

const UNKNOWN = unproven('The listing does not show the list.');

function shownList(entity: Entity): OwnList {
  const { skill, language } = listsIn(entity);
  return skill && language ? { proven: true, assignments: { skill, language } } : UNKNOWN;
}

/** The listing's people; what it does not show of those in scope is read singly. */
async function fromListing(means: Means, entities: readonly Entity[], keys: readonly string[]) {
  const users = new Map<string, LiveUser>(
    entities.map((entity) => [entity.id, { person: personOf(entity), list: shownList(entity) }]),
  );
  const people = indexPeople([...users.values()].map(({ person }) => person));
  const inScope = new Set(keys.flatMap((key) => people.find(key)).map(({ id }) => id));
  const unread = entities.filter(({ id }) => inScope.has(id) && !users.get(id)?.list.proven);
  const lists = await readEach(
    means,
    new Map(unread.map((entity) => [entity.id, listsIn(entity)])),
  );
  // Where the listing showed one list, the scope is there.
  if (![...users.values()].some(({ list }) => list.proven)) demandScope(lists.values());
  for (const [id, list] of lists) {
    const person = users.get(id)?.person;
    if (person) users.set(id, { person, list });
  }
  return users;
}

function missing(keys: readonly string[], persons: Iterable<Person>): string[] {
  const people = indexPeople(persons);
  return keys.filter((key) => people.find(key).length === 0);
}

const NOT_ACTIVE = unproven('The user is not active.');

/**
 * Whoever is in scope and not among the active: nobody, as a rule, and then it costs nothing. By the id that is known of
 * him, where that still is his.
 */
async function notActive(means: Means, keys: readonly string[], ids: Scope['ids']) {
  const known = new Set(keys.flatMap((key) => idIn(key) ?? ids?.get(key) ?? []));
  const singles = [...(await readByIds(means, [...known]))].filter(([, { gone }]) => !gone);
  const persons = singles.map(([, { person }]) => person);
  const names = missing(keys, persons).filter((key) => idIn(key) === undefined);
  const inactive = await seekInactive(means, names);
  return [
    ...singles.map(([id, { person, list }]): [string, LiveUser] => [id, { person, list }]),
    ...inactive.map((person): [string, LiveUser] => [person.id, { person, list: NOT_ACTIVE }]),
  ];
}

async function whole(means: Means, listing: BegunListing, scope: Scope): Promise<Narrowed> {
  const { entities } = await listing.whole();
  const users = await fromListing(means, entities, scope.keys);
  const persons = [...users.values()].map(({ person }) => person);
  const others = await notActive(means, missing(scope.keys, persons), scope.ids);
  return { users: new Map([...others, ...users]), directory: true };
}

/** The listing of everybody, begun, where it takes no more requests than reading the scope's people by id. */
async function cheaperListing(means: Means, scope: Scope): Promise<BegunListing | undefined> {
  const unknown = scope.keys.some((key) => rememberedId(key, scope) === undefined);
  const requests = requestsFor(scope.keys.length);
  // So few go in one round: nothing is gained by asking first how long the listing is.
  if (!unknown && requests <= lanesOf(means)) return undefined;
  const listing = await beginUsers(means);
  // One page has been read by now.
  return unknown || listing.pages <= requests + 1 ? listing : undefined;
}

async function fetchOnly(means: Means, scope: Scope): Promise<Narrowed> {
  const cheaper = await cheaperListing(means, scope);
  if (cheaper) {
    const { users, directory } = await whole(means, cheaper, scope);
    return { users: onlyOf(scope.keys, users), directory };
  }
  return fetchNarrowed(scope, {
    byId: (ids) => readByIds(means, ids),
    async directory() {
      const listing = { what: 'users', path: USERS, query: { state: 'active' }, size: USERS_SIZE };
      const { entities } = await (await beginListing(means, { ...listing, what: 'users' })).whole();
      const persons = entities.map(personOf);
      const names = missing(scope.keys, persons).filter((key) => idIn(key) === undefined);
      return [...(await seekInactive(means, names)), ...persons];
    },
  });
}

/** Throws PlatformError. */
export async function fetchLive(means: Means, scope: Scope): Promise<LiveState> {
  const catalogue = await fetchCatalogue(means);
  try {
    const read = scope.only
      ? await fetchOnly(means, scope)
      : await whole(means, await beginUsers(means), scope);
    return { ...read, catalogue };
  } catch (error) {
    throw namingPermission(error, 'read');
  }
}
