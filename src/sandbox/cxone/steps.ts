/** What one row does to a list, or why it cannot. */
import type { OrgAssignment } from '../org/org.ts';
import type { Row } from './rows.ts';
import { assignmentAt, BEST, proficiencyOf, WORST } from './scale.ts';

/** A text: why it cannot. `id`: the skill's, as the org has it. */
export type Step = (
  list: readonly OrgAssignment[],
  row: Row,
  id: string,
) => readonly OrgAssignment[] | string;

/** Whoever leaves the proficiency out gets the best. */
export const create: Step = (list, row, id) => {
  if (has(list, id)) return 'The skill is assigned to the agent already';
  return put(list, id, { proficiency: BEST, isActive: true, ...row });
};

/** What is left out stays. */
export const modify: Step = (list, row, id) => {
  const old = list.find((own) => own.id === id);
  if (old === undefined) return 'The skill is not assigned to the agent';
  return put(list, id, { proficiency: proficiencyOf(old), isActive: !old.inactive, ...row });
};

export const remove: Step = (list, _row, id) =>
  has(list, id) ? list.filter((own) => own.id !== id) : 'The skill is not assigned to the agent';

export const addOrModify: Step = (list, row, id) =>
  (has(list, id) ? modify : create)(list, row, id);

interface Whole {
  readonly proficiency: unknown;
  readonly isActive: boolean;
}

function put(
  list: readonly OrgAssignment[],
  id: string,
  { proficiency, isActive }: Whole,
): readonly OrgAssignment[] | string {
  if (typeof proficiency !== 'number' || !Number.isInteger(proficiency)) return OFF_SCALE;
  if (proficiency < BEST || proficiency > WORST) return OFF_SCALE;
  const next = assignmentAt(id, proficiency, isActive);
  return has(list, id) ? list.map((own) => (own.id === id ? next : own)) : [...list, next];
}

const OFF_SCALE = `The proficiency must be a whole number from ${BEST} to ${WORST}`;

function has(list: readonly OrgAssignment[], id: string): boolean {
  return list.some((own) => own.id === id);
}
