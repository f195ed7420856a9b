/** The truth as CXone would tell it, and changes to it by hand: whatever a list may come to hold, allowed or not. */
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import type { OrgState } from '../org/state.ts';
import type { Numbers } from './numbers.ts';
import { assignmentAt, proficiencyOf } from './scale.ts';

export interface CxoneRow {
  readonly skillId: number;
  /** null: the row has none. */
  readonly proficiency: number | null;
  readonly isActive: boolean;
}

/** Throws a RangeError for an unknown agent. */
export function rowsOf(numbers: Numbers, agentId: number): readonly CxoneRow[] {
  return agentOf(numbers, agentId)
    .assignments.filter(({ kind }) => kind === 'skill')
    .map((own) => ({
      skillId: numbers.skill(own.id),
      proficiency: proficiencyOf(own) ?? null,
      isActive: !own.inactive,
    }));
}

export interface CxoneEdit {
  readonly agentId: number;
  readonly rows: readonly CxoneRow[];
  readonly at: number;
}

/** Makes the rows the agent's whole list. Throws a RangeError for unknown ids. */
export function editRows(
  state: OrgState,
  numbers: Numbers,
  { agentId, rows, at }: CxoneEdit,
): void {
  const user = agentOf(numbers, agentId);
  const list = rows.map((row) => assignment(numbers, row));
  state.replace(user, { kind: 'skill', list, at, lagMs: 0 });
}

function assignment(numbers: Numbers, { skillId, proficiency, isActive }: CxoneRow): OrgAssignment {
  const skill = numbers.orgSkill(String(skillId));
  if (skill === undefined) throw new RangeError(`There is no skill ${skillId}.`);
  if (proficiency !== null) return assignmentAt(skill.id, proficiency, isActive);
  const none: OrgAssignment = { kind: 'skill', id: skill.id, value: {} };
  return isActive ? none : { ...none, inactive: true };
}

function agentOf(numbers: Numbers, agentId: number): OrgUser {
  const user = numbers.user(String(agentId));
  if (user === undefined) throw new RangeError(`There is no agent ${agentId}.`);
  return user;
}
