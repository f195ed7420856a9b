/** Finds people for those who hold their ids already. */
import type { OrgUser } from './org.ts';
import type { OrgState } from './state.ts';

/** Throws a RangeError for an unknown one. */
export function findUser(state: OrgState, userId: string): OrgUser {
  const user = state.user(userId);
  if (user === undefined) throw new RangeError(`There is no user ${userId}.`);
  return user;
}
