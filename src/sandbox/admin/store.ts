/** Stores a whole list the way the Admin API means it: all that it shows is replaced, and what it does not know of stays. */
import { sameValue } from '../../model/assignment.ts';
import { carried } from '../org/carry.ts';
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import type { OrgState, Replacement } from '../org/state.ts';

export function store(
  state: OrgState,
  user: OrgUser,
  { list, at, lagMs }: Omit<Replacement, 'kind'>,
): void {
  const same = (old: OrgAssignment, next: OrgAssignment) =>
    !old.inactive && sameValue(old.value, next.value);
  const named = new Set(list.map(({ id }) => id));
  const unseen = user.assignments.filter(
    ({ kind, id, inactive }) => kind === 'skill' && inactive && !named.has(id),
  );
  state.replace(user, {
    kind: 'skill',
    list: [...carried(user, list, same), ...unseen],
    at,
    lagMs,
  });
}
