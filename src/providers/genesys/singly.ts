/** Reads people's own lists, by the calls made for them: the gate's eye. What could not be read is unknown. */
import { KINDS, type Kind, keyed } from '../../model/assignment.ts';
import { PlatformError } from '../../model/error.ts';
import type { OwnList } from '../../model/live.ts';
import { demandScope, isEverybodys } from '../everybody.ts';
import { unproven } from '../fields.ts';
import { pooled } from '../pool.ts';
import { type Doubt, isDoubt, type Values } from './list.ts';
import { lanesOf, type Means } from './means.ts';
import { readOwnList } from './own.ts';
import { namingPermission } from './permissions.ts';
import { isNotFound } from './refusals.ts';

/** What was read, and cannot be trusted. */
const UNTRUSTED = new Set(['answer-malformed', 'listing-incomplete']);

/** What is known of a user's list already: kinds that are missing are not. */
export type Known = { readonly [K in Kind]?: Values };

/** `gone`: the platform answers that it does not know the user. */
export type OwnRead = OwnList & { readonly gone?: true };

interface Wanted {
  readonly known: Known;
  readonly kinds?: readonly Kind[];
}

type Lists = { readonly [K in Kind]?: Values | Doubt };

function joined({ skill = keyed(), language = keyed() }: Lists): OwnList {
  if (isDoubt(skill)) return unproven(skill.why);
  if (isDoubt(language)) return unproven(language.why);
  return { proven: true, assignments: { skill, language } };
}

async function readMissing(means: Means, userId: string, wanted: Wanted): Promise<OwnRead> {
  const { known, kinds = KINDS } = wanted;
  const read = async (kind: Kind) =>
    [kind, known[kind] ?? (await readOwnList(means, userId, kind))] as const;
  try {
    const lists = joined(keyed(await Promise.all(kinds.map(read))) as Lists);
    const unread = KINDS.filter((kind) => !kinds.includes(kind));
    return lists.proven && unread.length > 0 ? { ...lists, unread } : lists;
  } catch (error) {
    if (!(error instanceof PlatformError) || isEverybodys(error)) throw error;
    if (isNotFound(error))
      return { ...unproven('The platform does not know the user (404).'), gone: true };
    if (UNTRUSTED.has(error.code)) return unproven(error.message);
    const named = namingPermission(error, 'read');
    return { proven: false, why: named.message, error: named };
  }
}

/** Whoever is wholly known already costs no request. `kinds`: the others are left unread. */
export async function readEach(
  means: Means,
  users: ReadonlyMap<string, Known>,
  kinds?: readonly Kind[],
): Promise<ReadonlyMap<string, OwnRead>> {
  let done = 0;
  const lists = await pooled(users, lanesOf(means), async ([id, known]) => {
    const list = await readMissing(means, id, { known, ...(kinds && { kinds }) });
    done += 1;
    means.listener({ type: 'reading', what: 'lists', done, total: users.size });
    return [id, list] as const;
  });
  return new Map(lists);
}

/** Each user's own list, several at a time. Throws PlatformError for what concerns everybody. */
export async function fetchOwn(
  means: Means,
  userIds: readonly string[],
  kinds?: readonly Kind[],
): Promise<ReadonlyMap<string, OwnList>> {
  const lists = await readEach(means, new Map(userIds.map((id) => [id, {}])), kinds);
  demandScope(lists.values());
  return lists;
}
