/** People by id, a hundred to a request, with their lists as far as the platform shows them. */
import { problem } from '../codes.ts';
import { unproven } from '../fields.ts';
import type { Single } from '../narrow.ts';
import { pooled } from '../pool.ts';
import { MOST_IDS, USERS } from './calls.ts';
import { listsIn, personOf, WITH_LISTS } from './directory.ts';
import { beginListing } from './listing.ts';
import { lanesOf, type Means } from './means.ts';
import type { Entity } from './page.ts';
import { isInvalidValue, isNotFound } from './refusals.ts';
import { readEach } from './singly.ts';

async function askFor(means: Means, ids: readonly string[]): Promise<readonly Entity[]> {
  const query = { ...WITH_LISTS, id: ids, state: 'any' };
  const listing = { what: 'users', path: USERS, query, size: MOST_IDS } as const;
  const begun = await beginListing(means, listing);
  if ((begun.total ?? 0) > ids.length)
    throw problem(
      'answer-malformed',
      `Asked for ${ids.length} users by id, the platform tells of ${begun.total}.`,
    );
  return (await begun.whole()).entities;
}

/** One id that the platform does not know, or takes for no id, may end the whole request: the others are asked for again. */
async function readBatch(means: Means, ids: readonly string[]): Promise<readonly Entity[]> {
  try {
    return await askFor(means, ids);
  } catch (error) {
    if (!isNotFound(error) && !isInvalidValue(error)) throw error;
  }
  if (ids.length === 1) return [];
  const half = Math.ceil(ids.length / 2);
  const first = await readBatch(means, ids.slice(0, half));
  return [...first, ...(await readBatch(means, ids.slice(half)))];
}

function* batches(ids: readonly string[]): Iterable<readonly string[]> {
  for (let at = 0; at < ids.length; at += MOST_IDS) yield ids.slice(at, at + MOST_IDS);
}

/** How many requests reading so many people takes. */
export function requestsFor(people: number): number {
  return Math.ceil(people / MOST_IDS);
}

const GONE = unproven('The platform does not know the user.');
const NOT_ACTIVE = unproven('The user is not active.');

/** Everybody of `ids`; the lists of whoever is not active only where they came along. Throws PlatformError. */
export async function readByIds(
  means: Means,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Single>> {
  const read = await pooled(batches(ids), lanesOf(means), (batch) => readBatch(means, batch));
  const people = new Map(read.flat().map((entity) => [entity.id, personOf(entity)]));
  const known = new Map(read.flat().map((entity) => [entity.id, listsIn(entity)]));
  const wanted = [...known].filter(([id]) => people.get(id)?.active);
  const lists = await readEach(means, new Map(wanted));
  const singleOf = (id: string): Single => {
    const person = people.get(id);
    if (!person) return { person: { id, active: false }, list: GONE, gone: true };
    return { person, list: lists.get(id) ?? NOT_ACTIVE, gone: false };
  };
  return new Map(ids.map((id) => [id, singleOf(id)]));
}
