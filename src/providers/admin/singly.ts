/** Reads people's own lists one by one, by the call made for it: the gate's eye. What could not be read is unknown. */
import { segment } from '../../http/client.ts';
import { PlatformError } from '../../model/error.ts';
import type { OwnList } from '../../model/live.ts';
import { demandScope, isEverybodys } from '../everybody.ts';
import { pooled } from '../pool.ts';
import { LANES, type Means, namingScope } from './means.ts';
import { readPages } from './own.ts';

/** `gone`: the platform answers that it does not know the user. */
type OwnRead = OwnList & { readonly gone?: true };

async function readOwn(means: Means, userId: string): Promise<OwnRead> {
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
    if (!(error instanceof PlatformError) || isEverybodys(error)) throw error;
    if (error.status === 404 && answers === 0)
      return { proven: false, why: 'The platform does not know the user (404).', gone: true };
    const named = namingScope(error, 'read');
    return { proven: false, why: named.message, error: named };
  }
}

export async function readEach(means: Means, userIds: readonly string[]) {
  let done = 0;
  const lists = await pooled(userIds, LANES, async (id) => {
    const list = await readOwn(means, id);
    done += 1;
    means.listener({ type: 'reading', what: 'lists', done, total: userIds.length });
    return [id, list] as const;
  });
  return new Map(lists);
}

/** Each user's own list, several at a time. Throws PlatformError for what concerns everybody. */
export async function fetchOwn(means: Means, userIds: readonly string[]) {
  const lists = await readEach(means, userIds);
  demandScope(lists.values());
  return lists;
}
