/** Reads the in-memory platform, as late as it is told to be. Never writes. */
import type { LiveState, LiveUser, OwnList } from '../../model/live.ts';
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

export async function fetchLive(means: Means): Promise<LiveState> {
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
