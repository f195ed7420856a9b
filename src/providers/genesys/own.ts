/** One user's own list of one kind, by the call made for it, proven whole. */
import { canonical, type Kind } from '../../model/assignment.ts';
import { ownPath } from './calls.ts';
import { type Doubt, isDoubt, readEntries, type Values } from './list.ts';
import { beginListing } from './listing.ts';
import type { Means } from './means.ts';
import type { Listing } from './page.ts';

/** More than anybody may have, so that one page is enough where pages are not made smaller. */
const SIZE = 100;

async function readOnce(means: Means, listing: Listing) {
  const { entities, pages } = await (await beginListing(means, listing)).whole();
  return { read: readEntries(entities), pages };
}

/**
 * A list in several pages is read twice: an entry that moves from one page to another meanwhile is on neither, and
 * nothing in the pages would tell. Throws PlatformError.
 */
export async function readOwnList(
  means: Means,
  userId: string,
  kind: Kind,
): Promise<Values | Doubt> {
  const listing = { path: ownPath(userId, kind), size: SIZE };
  const { read, pages } = await readOnce(means, listing);
  if (isDoubt(read) || pages === 1) return read;
  const again = (await readOnce(means, listing)).read;
  const same = canonical(again) === canonical(read);
  return same ? read : { why: 'The list changed while its pages were read.' };
}
