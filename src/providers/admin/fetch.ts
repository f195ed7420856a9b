/** Reads the catalogue, the people and their lists. Nothing here writes; nothing unknown is taken for empty. */

import { segment } from '../../http/client.ts';
import { PlatformError } from '../../model/error.ts';
import type { CatalogueItem, LiveState, LiveUser, OwnList, Person } from '../../model/live.ts';
import type { Scope } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { idIn, indexPeople } from '../people.ts';
import { pooled } from '../pool.ts';
import { textField } from './list.ts';
import { type Entity, readListing } from './listing.ts';
import { isMissingCall, LANES, type Means, namingScope } from './means.ts';
import { readList, readPages } from './own.ts';

/** Faults that are everybody's, not one user's: going on would only repeat them. */
const EVERYBODYS = new Set(['rate-limited', 'sign-in-failed', 'unauthorized']);

/** `gone`: the platform answers that it does not know the user. */
async function readOwn(means: Means, userId: string): Promise<OwnList & { gone?: true }> {
  const { client, assumed } = means;
  let answers = 0;
  try {
    const path = assumed.userSkillsPath.replace('{userId}', () => segment(userId));
    return await readPages(async (query) => {
      const { body } = await client.read(path, query);
      answers += 1;
      return body;
    }, assumed);
  } catch (error) {
    if (!(error instanceof PlatformError) || EVERYBODYS.has(error.code)) throw error;
    if (error.status === 404 && answers === 0)
      return { proven: false, why: 'The platform does not know the user (404).', gone: true };
    const named = namingScope(error, 'read');
    return { proven: false, why: named.message, error: named };
  }
}

async function readEach(means: Means, userIds: readonly string[]) {
  let done = 0;
  const lists = await pooled(userIds, LANES, async (id) => {
    const list = await readOwn(means, id);
    done += 1;
    means.listener({ type: 'reading', what: 'lists', done, total: userIds.length });
    return [id, list] as const;
  });
  return new Map(lists);
}

/** A 403 for one is his; for everybody who was asked for it is the missing scope. */
function demandScope(lists: Iterable<OwnList>): void {
  const errors = [...lists].map((list) => (list.proven ? undefined : list.error));
  const [first] = errors;
  if (first && errors.every((error) => error?.status === 403)) throw first;
}

/** Each user's own list, several at a time. Throws PlatformError for what concerns everybody. */
export async function fetchOwn(means: Means, userIds: readonly string[]) {
  const lists = await readEach(means, userIds);
  demandScope(lists.values());
  return lists;
}

async function fetchCatalogue(means: Means): Promise<CatalogueItem[] | undefined> {
  const path = means.assumed.skillsPath;
  try {
    const entities = await readListing(means, { what: 'catalogue', path });
    return entities.map((entity) => {
      if (typeof entity.name !== 'string')
        throw problem('answer-malformed', `A page of ${path} holds a skill without a name.`);
      return { kind: 'skill', id: entity.id, name: entity.name };
    });
  } catch (error) {
    if (isMissingCall(error)) return undefined;
    throw error;
  }
}

async function listUsers(means: Means): Promise<readonly Entity[] | undefined> {
  const { usersPath, expand } = means.assumed;
  try {
    return await readListing(means, { what: 'users', path: usersPath, expand });
  } catch (error) {
    if (isMissingCall(error)) return undefined;
    throw error;
  }
}

function personOf(entity: Entity, means: Means): Person {
  const { assumed } = means;
  const fields = entity as Parameters<typeof textField>[0];
  const email = textField(fields, assumed.email)?.toLowerCase();
  const userName = textField(fields, assumed.userName);
  const name = textField(fields, assumed.name);
  const state = textField(fields, assumed.state)?.toLowerCase() ?? '';
  return {
    id: entity.id,
    ...(email === undefined ? {} : { email }),
    ...(userName === undefined ? {} : { userName }),
    ...(name === undefined ? {} : { name }),
    active: entity.active !== false && !assumed.inactiveStates.split(',').includes(state),
  };
}

const UNKNOWN: OwnList = { proven: false, why: 'The listing does not show the list.' };

/** The listing's people; those in scope whose list it does not show for certain are read singly. */
async function fromListing(means: Means, entities: readonly Entity[], scope: Scope) {
  const users = new Map<string, LiveUser>();
  for (const entity of entities) {
    const raw = Object.hasOwn(entity, means.assumed.skills) ? entity[means.assumed.skills] : null;
    const list = raw === null ? UNKNOWN : readList(raw, means.assumed);
    users.set(entity.id, { person: personOf(entity, means), list });
  }
  const all = [...users.values()];
  const people = indexPeople(all.map(({ person }) => person));
  const unread = new Set(
    scope.keys
      .flatMap((key) => people.find(key))
      .filter(({ id }) => !users.get(id)?.list.proven)
      .map(({ id }) => id),
  );
  const lists = await readEach(means, [...unread]);
  // Where the listing showed one list, the scope is there.
  if (!all.some(({ list }) => list.proven)) demandScope(lists.values());
  for (const [id, list] of lists) {
    const user = users.get(id);
    if (user) users.set(id, { ...user, list });
  }
  return users;
}

/** Without a listing only ids can be read; whom the platform does not know is left out. */
async function oneByOne(means: Means, scope: Scope, catalogued: boolean) {
  const ids = new Set(scope.keys.flatMap((key) => idIn(key) ?? []));
  const lists = await fetchOwn(means, [...ids]);
  const users = new Map<string, LiveUser>();
  for (const [id, list] of lists) {
    if ('gone' in list) continue;
    users.set(id, { person: { id, active: true }, list });
  }
  const answered = [...users.values()].some(({ list }) => list.proven || !list.error);
  if (!catalogued && !answered)
    throw problem('api-not-found', 'Nothing at this base URL answers like the Admin API.');
  return users;
}

export async function fetchLive(means: Means, scope: Scope): Promise<LiveState> {
  try {
    const catalogue = await fetchCatalogue(means);
    const entities = await listUsers(means);
    const users = entities
      ? await fromListing(means, entities, scope)
      : await oneByOne(means, scope, catalogue !== undefined);
    return { users, catalogue, directory: entities !== undefined };
  } catch (error) {
    throw namingScope(error, 'read');
  }
}
