/** The two listings as what they are of: the catalogue's skills, and the people. A call that is not there is no listing. */
import type { CatalogueItem, Person } from '../../model/live.ts';
import { problem } from '../codes.ts';
import { type Fields, textField } from '../fields.ts';
import type { Assumptions } from './assumptions.ts';
import { type BegunListing, beginListing, type Entity } from './listing.ts';
import { isMissingCall, type Means } from './means.ts';

async function unlessMissing<T>(listing: Promise<T>): Promise<T | undefined> {
  try {
    return await listing;
  } catch (error) {
    if (isMissingCall(error)) return undefined;
    throw error;
  }
}

/** Undefined where the platform lists none. Throws PlatformError. */
export async function fetchCatalogue(means: Means): Promise<CatalogueItem[] | undefined> {
  const path = means.assumed.skillsPath;
  const begun = await unlessMissing(beginListing(means, { what: 'catalogue', path }));
  const entities = await begun?.whole();
  return entities?.map(({ id, name }) => {
    if (typeof name !== 'string')
      throw problem('answer-malformed', `A page of ${path} holds a skill without a name.`);
    return { kind: 'skill', id, name };
  });
}

/** Undefined where the platform lists nobody. Without their lists the listing is a lighter one. Throws PlatformError. */
export function beginUsers(
  means: Means,
  lists: 'with lists' | 'without lists',
): Promise<BegunListing | undefined> {
  const { usersPath: path, expand } = means.assumed;
  const expanded = lists === 'with lists' ? { expand } : {};
  return unlessMissing(beginListing(means, { what: 'users', path, ...expanded }));
}

export function personOf(entity: Entity, assumed: Assumptions): Person {
  const fields = entity as Fields;
  const email = textField(fields, assumed.email)?.toLowerCase();
  const userName = textField(fields, assumed.userName);
  const name = textField(fields, assumed.name);
  const team = textField(fields, assumed.team);
  const state = textField(fields, assumed.state)?.toLowerCase() ?? '';
  return {
    id: entity.id,
    ...(email === undefined ? {} : { email }),
    ...(userName === undefined ? {} : { userName }),
    ...(name === undefined ? {} : { name }),
    ...(team === undefined ? {} : { team }),
    active: entity.active !== false && !assumed.inactiveStates.split(',').includes(state),
  };
}
