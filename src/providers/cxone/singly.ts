/** Reads agents' own lists one by one, by the call made for it: the gate's eye. What could not be read is unknown. */
import { demandScope } from '../everybody.ts';
import { pooled } from '../pool.ts';
import { LANES, type Means } from './means.ts';
import { readOwn } from './own.ts';

export async function readEach(
  means: Means,
  agentIds: readonly string[],
  readAt: ReadAt = new Map(),
) {
  let done = 0;
  const lists = await pooled(agentIds, LANES, async (id) => {
    readAt.set(id, means.clock.now());
    const list = await readOwn(means, id);
    done += 1;
    means.listener({ type: 'reading', what: 'lists', done, total: agentIds.length });
    return [id, list] as const;
  });
  return new Map(lists);
}

/** When each agent's own list was last asked for, in epoch milliseconds. */
export type ReadAt = Map<string, number>;

/** Each agent's own list, several at a time. Throws PlatformError for what concerns everybody. */
export async function fetchOwn(means: Means, agentIds: readonly string[], readAt: ReadAt) {
  const lists = await readEach(means, agentIds, readAt);
  demandScope(lists.values());
  return lists;
}
