/** The truth as Genesys Cloud would tell it, and changes to it by hand: whatever a list may come to hold, allowed or not. */
import type { Kind } from '../../model/assignment.ts';
import { findUser } from '../org/find.ts';
import type { OrgAssignment } from '../org/org.ts';
import type { OrgState } from '../org/state.ts';
import { LISTS } from './person.ts';
import { assignmentAt, proficiencyOf } from './scale.ts';

export interface GenesysEntry {
  readonly id: string;
  /** Left out: the assignment has none. */
  readonly proficiency?: number;
  /** Default active. */
  readonly state?: 'inactive';
}

export interface GenesysLists {
  readonly skills: readonly GenesysEntry[];
  readonly languages: readonly GenesysEntry[];
}

/** Throws a RangeError for an unknown user. */
export function listsOf(state: OrgState, userId: string): GenesysLists {
  const { assignments } = findUser(state, userId);
  const of = (kind: Kind) => assignments.filter((own) => own.kind === kind).map(told);
  return { skills: of('skill'), languages: of('language') };
}

function told(own: OrgAssignment): GenesysEntry {
  const proficiency = proficiencyOf(own);
  return {
    id: own.id,
    ...(proficiency === undefined ? {} : { proficiency }),
    ...(own.inactive ? { state: 'inactive' as const } : {}),
  };
}

export interface GenesysEdit extends Partial<GenesysLists> {
  readonly userId: string;
  readonly at: number;
}

/** Replaces the lists that are named. Throws a RangeError for unknown ids. */
export function editLists(state: OrgState, edit: GenesysEdit): void {
  const user = findUser(state, edit.userId);
  for (const kind of ['skill', 'language'] as const) {
    const entries = edit[LISTS[kind]];
    if (entries === undefined) continue;
    const list = entries.map((entry) => assignment(state, kind, entry));
    state.replace(user, { kind, list, at: edit.at, lagMs: 0 });
  }
}

function assignment(state: OrgState, kind: Kind, entry: GenesysEntry): OrgAssignment {
  const { id, proficiency } = entry;
  if (state.skill(kind, id) === undefined) throw new RangeError(`There is no ${kind} ${id}.`);
  const own =
    proficiency === undefined ? { kind, id, value: {} } : assignmentAt(kind, id, proficiency);
  return entry.state === 'inactive' ? { ...own, inactive: true } : own;
}
