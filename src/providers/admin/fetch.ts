/** Reads the catalogue, the people and their lists. Nothing here writes; nothing unknown is taken for empty. */
import type { LiveState, LiveUser, OwnList } from '../../model/live.ts';
import type { Scope } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { demandScope } from '../everybody.ts';
import { fetchNarrowed, type Narrowed, onlyOf, rememberedId } from '../narrow.ts';
import { idIn, indexPeople } from '../people.ts';
import { beginUsers, fetchCatalogue, personOf } from './directory.ts';
import type { BegunListing, Entity } from './listing.ts';
import { LANES, type Means, namingScope } from './means.ts';
import { readList } from './own.ts';
import { fetchOwn, readEach } from './singly.ts';

const UNKNOWN: OwnList = { proven: false, why: 'The listing does not show the list.' };

/** The listing's people; those in scope whose list it does not show for certain are read singly. */
async function fromListing(means: Means, entities: readonly Entity[], scope: Scope) {
  const { assumed } = means;
  const users = new Map<string, LiveUser>();
  for (const entity of entities) {
    const raw = Object.hasOwn(entity, assumed.skills) ? entity[assumed.skills] : null;
    const list = raw === null ? UNKNOWN : readList(raw, assumed);
    users.set(entity.id, { person: personOf(entity, assumed), list });
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
async function oneByOne(means: Means, scope: Scope) {
  const ids = new Set(scope.keys.flatMap((key) => idIn(key) ?? []));
  const lists = await fetchOwn(means, [...ids]);
  const users = new Map<string, LiveUser>();
  for (const [id, list] of lists) {
    if ('gone' in list) continue;
    users.set(id, { person: { id, active: true }, list });
  }
  return users;
}

async function fetchWhole(means: Means, scope: Scope): Promise<Narrowed> {
  const listing = await beginUsers(means, 'with lists');
  if (!listing) return { users: await oneByOne(means, scope), directory: false };
  return { users: await fromListing(means, await listing.whole(), scope), directory: true };
}

/** So few people are read in one round: nothing is gained by asking first how long the listing is. */
const FEW = LANES;

/** The listing of everybody, begun, where reading the scope's people singly would take as many requests. */
async function cheaperListing(means: Means, scope: Scope): Promise<BegunListing | undefined> {
  const people = scope.keys.length;
  if (people <= FEW) return undefined;
  const listing = await beginUsers(means, 'with lists');
  if (!listing) return undefined;
  // Whoever has no id is looked up in the whole directory; and one page has been read by now.
  const lookUp = scope.keys.some((key) => rememberedId(key, scope) === undefined);
  return lookUp || listing.pages <= people + 1 ? listing : undefined;
}

/** Reads by id, as one call does: it tells nothing of the person. */
function singleReads(means: Means) {
  let allowed = false;
  return async (userIds: readonly string[]) => {
    const lists = await readEach(means, userIds);
    // Where one list was shown before, the scope is there.
    if (!allowed) demandScope(lists.values());
    allowed ||= [...lists.values()].some(({ proven }) => proven);
    return new Map(
      [...lists].map(([id, list]) => [
        id,
        { person: { id, active: true }, list, gone: 'gone' in list },
      ]),
    );
  };
}

async function fetchOnly(means: Means, scope: Scope): Promise<Narrowed> {
  const cheaper = await cheaperListing(means, scope);
  if (cheaper) {
    const users = await fromListing(means, await cheaper.whole(), scope);
    return { users: onlyOf(scope.keys, users), directory: true };
  }
  return fetchNarrowed(scope, {
    byId: singleReads(means),
    async directory() {
      const entities = await (await beginUsers(means, 'without lists'))?.whole();
      return entities?.map((entity) => personOf(entity, means.assumed));
    },
  });
}

/** Whether something answered like the API: a listing, or one person's own list. */
function hasAnswered({ users, directory }: Narrowed): boolean {
  return directory || [...users.values()].some(({ list }) => list.proven || !list.error);
}

export async function fetchLive(means: Means, scope: Scope): Promise<LiveState> {
  try {
    const catalogue = await fetchCatalogue(means);
    const read = await (scope.only ? fetchOnly : fetchWhole)(means, scope);
    if (!catalogue && !hasAnswered(read))
      throw problem('api-not-found', 'Nothing at this base URL answers like the Admin API.');
    return { ...read, catalogue };
  } catch (error) {
    throw namingScope(error, 'read');
  }
}
