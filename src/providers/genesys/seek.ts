/**
 * Whether somebody whom the listing of active users does not show is inactive, or unknown. He is not written in either
 * case, so this looks no further than it must, and finding nobody proves nothing.
 */
import type { Person } from '../../model/live.ts';
import { indexPeople } from '../people.ts';
import { USERS } from './calls.ts';
import { personOf, USERS_SIZE } from './directory.ts';
import type { Means } from './means.ts';
import { readPage } from './page.ts';

/** The platform pages no further through inactive users. */
const MOST_INACTIVE = 10_000;

/** Inactive people, page by page, until everybody sought is among them. Throws PlatformError. */
export async function seekInactive(means: Means, keys: readonly string[]): Promise<Person[]> {
  const listing = {
    what: 'users',
    path: USERS,
    query: { state: 'inactive' },
    size: USERS_SIZE,
  } as const;
  const seen = new Map<string, Person>();
  let size = USERS_SIZE;
  for (let page = 1; keys.length > 0; page += 1) {
    const { entities, total = 0 } = await readPage(means, listing, { page, size });
    const before = seen.size;
    for (const entity of entities) seen.set(entity.id, personOf(entity));
    const people = indexPeople(seen.values());
    const found = keys.every((key) => people.find(key).length > 0);
    if (found || seen.size === before || seen.size >= total) break;
    if (page === 1) size = entities.length;
    if ((page + 1) * size > MOST_INACTIVE) break;
  }
  return [...seen.values()];
}
