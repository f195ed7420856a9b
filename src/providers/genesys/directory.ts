/** Who there is and what can be assigned, as the platform's listings tell it. */
import { KINDS, type Kind, keyed } from '../../model/assignment.ts';
import type { CatalogueItem, Person } from '../../model/live.ts';
import { problem } from '../codes.ts';
import { field, isFields, textField } from '../fields.ts';
import { CATALOGUE, EXPANDED, USERS } from './calls.ts';
import { isDoubt, readEntries, type Values } from './list.ts';
import { type BegunListing, beginListing } from './listing.ts';
import type { Means } from './means.ts';
import type { Entity } from './page.ts';
import { namingPermission } from './permissions.ts';
import type { Known } from './singly.ts';

const CATALOGUE_SIZE = 500;
/** With lists, users are heavy: a page of more is often refused. */
export const USERS_SIZE = 400;

async function readCatalogue(means: Means, kind: Kind): Promise<CatalogueItem[]> {
  const path = CATALOGUE[kind];
  const listing = { what: 'catalogue', path, size: CATALOGUE_SIZE } as const;
  const { entities } = await (await beginListing(means, listing)).whole();
  const items = entities.map((entity) => {
    const name = textField(entity, 'name');
    if (name === undefined)
      throw problem('answer-malformed', `A page of ${path} holds an entry without a name.`);
    return { kind, id: entity.id, name, state: textField(entity, 'state')?.toLowerCase() };
  });
  const there = items.filter(({ state }) => state !== 'deleted');
  const active = new Set(there.flatMap(({ state, name }) => (state === 'inactive' ? [] : name)));
  // One that is inactive does not make the name of an active one ambiguous.
  return there
    .filter(({ state, name }) => state !== 'inactive' || !active.has(name))
    .map(({ id, name }) => ({ kind, id, name }));
}

/** Skills and languages, as far as the credentials may see them. Throws PlatformError. */
export async function fetchCatalogue(means: Means): Promise<CatalogueItem[]> {
  try {
    const items = await Promise.all(KINDS.map((kind) => readCatalogue(means, kind)));
    return items.flat();
  } catch (error) {
    throw namingPermission(error, 'catalogue');
  }
}

/** What lets a listing of users show their lists, as far as it cares to. */
export const WITH_LISTS = { expand: Object.values(EXPANDED) } as const;

/** Everybody who is active, with lists. Throws PlatformError. */
export function beginUsers(means: Means): Promise<BegunListing> {
  const query = { ...WITH_LISTS, state: 'active' };
  return beginListing(means, { what: 'users', path: USERS, query, size: USERS_SIZE });
}

export function personOf(entity: Entity): Person {
  const email = textField(entity, 'email')?.toLowerCase();
  const userName = textField(entity, 'username');
  const name = textField(entity, 'name');
  const team = teamOf(entity);
  return {
    id: entity.id,
    ...(email === undefined ? {} : { email }),
    ...(userName === undefined ? {} : { userName }),
    ...(name === undefined ? {} : { name }),
    ...(team === undefined ? {} : { team }),
    active: (textField(entity, 'state')?.toLowerCase() ?? 'active') === 'active',
  };
}

/** The division everybody is in whom nobody has moved to another. */
const HOME = 'Home';

/** The division; where that says nothing, the department. */
function teamOf(entity: Entity): string | undefined {
  const division = field(entity, 'division');
  const name = isFields(division) ? textField(division, 'name') : undefined;
  return name === undefined || name === HOME ? (textField(entity, 'department') ?? name) : name;
}

/** The lists that came with a user. One that did not, or cannot be read, is left out: it is unknown, never empty. */
export function listsIn(entity: Entity): Known {
  const lists = keyed<Values>();
  for (const kind of KINDS) {
    const raw = field(entity, EXPANDED[kind]);
    const read = Array.isArray(raw) ? readEntries(raw) : undefined;
    if (read !== undefined && !isDoubt(read)) lists[kind] = read;
  }
  return lists;
}
