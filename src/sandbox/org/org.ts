/**
 * The org: who is there and who has what, as plain data and without any platform's routes or formats.
 * Assignments are shared between users and never changed; a change gives a user another list.
 */
import type { Kind, Value } from '../../model/assignment.ts';

export interface OrgAssignment {
  readonly kind: Kind;
  readonly id: string;
  readonly value: Value;
}

export interface OrgSkill {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
}

export interface OrgUser {
  readonly id: string;
  /** Lower-cased, unique in the org. */
  readonly email: string;
  readonly name: string;
  readonly team: string;
  /** The complete list as it truly is now, whatever lagging reads show. */
  assignments: readonly OrgAssignment[];
}

export interface Org {
  readonly id: string;
  readonly skills: readonly OrgSkill[];
  readonly users: readonly OrgUser[];
}
