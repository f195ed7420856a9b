/**
 * What real orgs have and generated ones have not: people who are inactive, two people with one address, rows that do not
 * count, and a skill that people hold but no catalogue shows.
 */
import type { Org, OrgAssignment, OrgUser } from './org.ts';
import { userNameOf } from './org.ts';

/** How many people there are to one of each kind. */
const EVERY = { inactive: 40, doubled: 50, row: 25, unlisted: 30 };
const UNLISTED = { kind: 'skill', id: 'outside-the-catalogue', name: 'Other Division' } as const;
const POINTS = 60;

export function withOddities(org: Org): Org {
  const users = org.users.map((user, n): OrgUser => {
    const nth = (every: number) => n % every === every - 1;
    const before = org.users[n - 1];
    return {
      ...user,
      ...(nth(EVERY.inactive) ? { state: 'inactive' } : {}),
      ...(nth(EVERY.doubled) && before !== undefined
        ? { email: before.email, userName: userNameOf(user) }
        : {}),
      assignments: [
        ...(nth(EVERY.row) ? lastInactive(user.assignments) : user.assignments),
        ...(nth(EVERY.unlisted) ? [unlisted()] : []),
      ],
    };
  });
  return { ...org, skills: [...org.skills, { ...UNLISTED, unlisted: true }], users };
}

function lastInactive(assignments: readonly OrgAssignment[]): readonly OrgAssignment[] {
  const last = assignments.findLast(({ kind }) => kind === 'skill');
  return assignments.map((own) => (own === last ? { ...own, inactive: true } : own));
}

function unlisted(): OrgAssignment {
  return { kind: UNLISTED.kind, id: UNLISTED.id, value: POINTS };
}
