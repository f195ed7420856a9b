/** What a write leaves as it was, so that carrying a value through one platform costs another nothing. */
import type { Kind } from '../../model/assignment.ts';
import type { OrgAssignment, OrgUser } from './org.ts';

/** Whether two assignments of one skill are the same in the eyes of a platform. */
export type Same = (old: OrgAssignment, next: OrgAssignment) => boolean;

/** `list` with the user's own assignments where they are the `same`. */
export function carried(
  user: OrgUser,
  list: readonly OrgAssignment[],
  same: Same,
): readonly OrgAssignment[] {
  return list.map((next) => {
    const old = held(user, next.kind, next.id);
    return old !== undefined && same(old, next) ? old : next;
  });
}

export function held({ assignments }: OrgUser, kind: Kind, id: string): OrgAssignment | undefined {
  return assignments.find((old) => old.kind === kind && old.id === id);
}
