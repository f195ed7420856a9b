/** One agent's own list, proven whole: every page of it, and none but his rows. */
import type { Keyed, Value } from '../../model/assignment.ts';
import { PlatformError } from '../../model/error.ts';
import type { OwnList } from '../../model/live.ts';
import { isEverybodys } from '../everybody.ts';
import { idField, unproven } from '../fields.ts';
import { readRows } from './list.ts';
import { beginListing, type Listing } from './listing.ts';
import type { Means } from './means.ts';
import { namingPermission } from './permissions.ts';

/** What was read cannot be trusted: there is no error of the call to tell of. */
const DOUBTS = new Set(['answer-malformed', 'listing-incomplete']);

/** `gone`: the platform answers that it does not know the agent. */
export type OwnRead = OwnList & { readonly gone?: true };

function listingOf({ calls }: Means, agentId: string): Listing {
  return {
    path: calls.rowsOf(agentId),
    rows: 'agentSkillAssignments',
    keyOf: (row) => idField(row, 'skillId'),
  };
}

/**
 * An answer of no rows, with a body or without (204), is an empty list: the call is for this one agent, and whoever has
 * nothing yet must be able to be given something. Throws PlatformError for what concerns everybody.
 */
export async function readOwn(means: Means, agentId: string): Promise<OwnRead> {
  let begun = false;
  try {
    const listing = await beginListing(means, listingOf(means, agentId));
    begun = true;
    const { rows } = await listing.whole();
    return readRows(rows, agentId, means.assumed);
  } catch (error) {
    if (!(error instanceof PlatformError) || isEverybodys(error)) throw error;
    if (DOUBTS.has(error.code)) return unproven(error.message);
    if (error.status === 404 && !begun)
      return { proven: false, why: 'The platform does not know the user (404).', gone: true };
    const named = namingPermission(error, 'read');
    return { proven: false, why: named.message, error: named };
  }
}

/** The rows as they are now, or undefined when that cannot be told. */
export async function look(means: Means, agentId: string): Promise<Keyed<Value> | undefined> {
  try {
    const own = await readOwn(means, agentId);
    return own.proven ? own.assignments.skill : undefined;
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
}
