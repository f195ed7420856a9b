/**
 * Users' own lists, read for the kinds in which anything of them is decided. Of a kind that is left unread nothing is
 * written, so what the plan saw of it stands in, and is carried as it is.
 */
import { KINDS } from '../model/assignment.ts';
import type { OwnList } from '../model/live.ts';
import type { PlannedUser } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import { decidedIds } from './gate.ts';

export async function readOwnLists(
  provider: Provider,
  users: readonly PlannedUser[],
): Promise<ReadonlyMap<string, OwnList>> {
  const kinds = KINDS.filter((kind) => users.some((user) => decidedIds(user, kind).size > 0));
  const ids = users.map(({ userId }) => userId);
  const lists = new Map(await provider.fetchOwn(ids, kinds));
  for (const user of users) {
    const own = lists.get(user.userId);
    if (own?.proven) lists.set(user.userId, asPlanned(own, user));
  }
  return lists;
}

function asPlanned(own: Extract<OwnList, { proven: true }>, { before }: PlannedUser): OwnList {
  const { unread = [] } = own;
  const assignments = { ...own.assignments };
  for (const kind of unread) assignments[kind] = before[kind];
  return { proven: true, assignments };
}
