/** Checks a list of skills the way the Admin API does: whole proficiencies from 0 to 100, each skill known and named once. */
import { Refusal } from '../answer.ts';
import { isRecord } from '../call.ts';
import type { OrgAssignment } from '../org/org.ts';
import type { OrgState } from '../org/state.ts';
import type { SkillEntry } from './entries.ts';
import { toAssignment } from './entries.ts';

/** Whether `value` is a proficiency; booleans, texts and fractions are none. */
function isProficiency(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100;
}

/** The list as assignments. Throws a Refusal with 400 for a wrong shape or proficiency; knows nothing of ids. */
export function checkShape(skills: unknown): readonly OrgAssignment[] {
  if (!Array.isArray(skills)) throw new Refusal(400, 'bad.request', 'skills must be a list');
  return skills.map((entry: unknown) => {
    if (!isRecord(entry) || typeof entry.skillId !== 'string' || entry.skillId === '') {
      throw new Refusal(400, 'bad.request', 'Every skill needs a skillId');
    }
    if (!isProficiency(entry.proficiency)) {
      throw new Refusal(400, 'invalid.proficiency', 'Invalid skill proficiency value');
    }
    return toAssignment(entry as SkillEntry);
  });
}

/** What is wrong with the ids of a list, as a sentence; undefined when nothing is. */
export function wrongIds(state: OrgState, list: readonly OrgAssignment[]): string | undefined {
  const unknown = list.find(({ id }) => state.skill('skill', id) === undefined);
  if (unknown !== undefined) return `Unknown skill id ${unknown.id}`;
  const seen = new Set<string>();
  for (const { id } of list) {
    if (seen.has(id)) return `The skill id ${id} is named twice`;
    seen.add(id);
  }
  return undefined;
}
