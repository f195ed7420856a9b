/** Reads the in-memory platform, as late as it is told to be. Never writes. */
import type { LiveState, LiveUser, OwnList } from '../../model/live.ts';
import type { Scope } from '../../model/provider.ts';
import { fetchNarrowed, rememberedId, type Single } from '../narrow.ts';
import type { Means } from './means.ts';

function seen({ world, shadows }: Means, userId: string): OwnList {
  const user = world.people.get(userId);
  if (!user) return { proven: false, why: 'The platform does not know the user.' };
  if (user.unreadable !== undefined) return { proven: false, why: user.unreadable };
  const shadow = shadows.get(userId);
  if (!shadow) return { proven: true, assignments: world.listOf(userId) };
  shadow.reads -= 1;
  if (shadow.reads <= 0) shadows.delete(userId);
  return { proven: true, assignments: shadow.list };
}

/** One read tells the person with his list, so that whoever goes by another name now is looked up. */
function single(means: Means, id: string): Single {
  const user = means.world.people.get(id);
  const person = user?.person ?? { id, active: false };
  return { person, list: seen(means, id), gone: user === undefined };
}

async function fetchOnly(means: Means, scope: Scope): Promise<LiveState> {
  const { world } = means;
  const userIds = scope.keys.flatMap((key) => rememberedId(key, scope) ?? []);
  means.at({ call: 'fetch', userIds }, world);
  const narrowed = await fetchNarrowed(scope, {
    byId: async (ids) => new Map(ids.map((id) => [id, single(means, id)])),
    directory: async () => [...world.people.values()].map(({ person }) => person),
  });
  return { ...narrowed, catalogue: world.catalogue };
}

export async function fetchLive(means: Means, scope: Scope): Promise<LiveState> {
  if (scope.only) return fetchOnly(means, scope);
  const { world } = means;
  means.at({ call: 'fetch', userIds: [...world.people.keys()] }, world);
  const users = new Map<string, LiveUser>();
  for (const [id, { person }] of world.people) users.set(id, { person, list: seen(means, id) });
  return { users, catalogue: world.catalogue, directory: true };
}

export async function fetchOwn(
  means: Means,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, OwnList>> {
  means.at({ call: 'fetchOwn', userIds }, means.world);
  return new Map(userIds.map((id) => [id, seen(means, id)]));
}
