/** What CXone's calls are made of. */
import type { OrgUser } from '../org/org.ts';
import { isHidden } from '../seen.ts';
import type { World } from '../world.ts';
import type { Numbers } from './numbers.ts';

export interface CxoneWorld extends World {
  readonly numbers: Numbers;
}

/** The caller's own people: neither deleted, nor hidden from his role. */
export function isSeen(world: CxoneWorld, user: OrgUser): boolean {
  return user.state !== 'deleted' && !isHidden(world, user);
}

/** How many are hidden from his role. */
export function hiddenAgents(world: CxoneWorld): number {
  return world.state.org.users.filter((user) => user.state !== 'deleted' && isHidden(world, user))
    .length;
}
