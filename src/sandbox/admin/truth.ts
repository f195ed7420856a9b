/** The truth as the Admin API would tell it, and changes to it by hand: whatever a list may come to hold, allowed or not. */
import { findUser } from '../org/find.ts';
import type { OrgState } from '../org/state.ts';
import { entriesOf, type SkillEntry, toAssignment } from './entries.ts';
import { store } from './store.ts';

/** Throws a RangeError for an unknown user. */
export function skillsOf(state: OrgState, userId: string): readonly SkillEntry[] {
  return entriesOf(findUser(state, userId).assignments);
}

export interface AdminEdit {
  readonly userId: string;
  readonly skills: readonly SkillEntry[];
  readonly at: number;
}

/** Throws a RangeError for unknown ids. */
export function editSkills(state: OrgState, { userId, skills, at }: AdminEdit): void {
  const user = findUser(state, userId);
  for (const { skillId } of skills) {
    if (state.skill('skill', skillId) === undefined) {
      throw new RangeError(`There is no skill ${skillId}.`);
    }
  }
  store(state, user, { list: skills.map(toAssignment), at, lagMs: 0 });
}
