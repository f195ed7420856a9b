/**
 * The org: who is there and who has what, as plain data and without any platform's routes or formats.
 * Assignments are shared between users and never changed; a change gives a user another list.
 */
import type { Kind, Value } from '../../model/assignment.ts';
import type { Platform } from '../../model/platform.ts';

/** Active when nothing is said. */
export type State = 'active' | 'inactive' | 'deleted';

export interface OrgAssignment {
  readonly kind: Kind;
  readonly id: string;
  /** From 0 to 100, as the Admin API has it; every other platform's number is made of it. */
  readonly value: Value;
  /** What a platform was told, where its own scale tells more than `value` does. */
  readonly exactly?: { readonly platform: Platform; readonly value: number };
  /** There, but not counted. The Admin API does not know of such rows. */
  readonly inactive?: true;
}

export interface OrgSkill {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly state?: State;
  /** Held by people, but outside the catalogue that a caller may read. */
  readonly unlisted?: true;
}

export interface OrgUser {
  readonly id: string;
  /** Lower-cased, and unique in a generated org. */
  readonly email: string;
  /** Unique in the org; default the part of the address before the @. */
  readonly userName?: string;
  readonly name: string;
  readonly team: string;
  state?: State;
  /** The complete list as it truly is now, whatever lagging reads show. */
  assignments: readonly OrgAssignment[];
}

export interface Org {
  readonly id: string;
  readonly skills: readonly OrgSkill[];
  readonly users: readonly OrgUser[];
}

export function userNameOf({ userName, email }: OrgUser): string {
  return userName ?? email.slice(0, email.indexOf('@'));
}
