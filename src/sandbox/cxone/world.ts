/** What CXone's calls are made of. */
import type { OrgUser } from '../org/org.ts';
import type { World } from '../world.ts';
import type { Numbers } from './numbers.ts';

export interface CxoneWorld extends World {
  readonly numbers: Numbers;
}

/** The caller's own people: neither deleted, nor hidden from his role. */
export function isSeen({ settings, state }: CxoneWorld, user: OrgUser): boolean {
  return user.state !== 'deleted' && !isHidden(settings.cxone.hideEvery, state.position(user));
}

/** How many are hidden from his role. */
export function hiddenAgents({ settings, state }: CxoneWorld): number {
  const { hideEvery } = settings.cxone;
  return state.org.users.filter((user, n) => user.state !== 'deleted' && isHidden(hideEvery, n))
    .length;
}

function isHidden(every: number, position: number): boolean {
  return every > 0 && (position + 1) % every === 0;
}
