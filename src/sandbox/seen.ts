/** Whom the caller sees: a restricted role, or one in other divisions, does not see everybody. */
import type { OrgUser } from './org/org.ts';
import type { World } from './world.ts';

type Viewed = Pick<World, 'settings' | 'state'>;

export function isHidden({ settings, state }: Viewed, user: OrgUser): boolean {
  return isNth(settings.hideEvery, state, user);
}

/** Everybody, less those who are hidden. */
export function seenUsers(world: Viewed): readonly OrgUser[] {
  return world.state.org.users.filter((user) => !isHidden(world, user));
}

/** Undefined for somebody who is hidden as for somebody who is not there. */
export function seenUser(world: Viewed, userId: string): OrgUser | undefined {
  const user = world.state.user(userId);
  return user === undefined || isHidden(world, user) ? undefined : user;
}

/** Best effort: what is forgotten depends on the person, so that asking again does not help. */
export function isOmitted({ settings, state }: Viewed, user: OrgUser, kind: 'skill' | 'language') {
  const { omitSkillsEvery, omitLanguagesEvery } = settings.pages;
  return isNth(kind === 'skill' ? omitSkillsEvery : omitLanguagesEvery, state, user);
}

function isNth(every: number, state: Viewed['state'], user: OrgUser): boolean {
  return every > 0 && (state.position(user) + 1) % every === 0;
}
