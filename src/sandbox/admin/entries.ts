/** Assignments as the Admin API writes them, both ways: `{"skillId", "proficiency"}` and whatever fields come besides. */
import type { Json, Value } from '../../model/assignment.ts';
import type { OrgAssignment } from '../org/org.ts';

export interface SkillEntry {
  readonly skillId: string;
  readonly proficiency?: Json;
  readonly [field: string]: Json | undefined;
}

/** A number alone is kept as one; anything else keeps its fields. */
export function toAssignment(entry: SkillEntry): OrgAssignment {
  const { skillId, ...fields } = entry;
  const { proficiency } = fields;
  const plain = typeof proficiency === 'number' && Object.keys(fields).length === 1;
  return { kind: 'skill', id: skillId, value: plain ? proficiency : (fields as Value) };
}

export function entriesOf(assignments: readonly OrgAssignment[]): readonly SkillEntry[] {
  return assignments
    .filter(({ kind, inactive }) => kind === 'skill' && !inactive)
    .map(({ id, value }) => ({
      skillId: id,
      ...(typeof value === 'number' ? { proficiency: value } : value),
    }));
}

/** The same as JSON text, without building the objects: listings of a hundred thousand users are made of it. */
export function entriesText(assignments: readonly OrgAssignment[]): string {
  let text = '[';
  for (const { kind, id, value, inactive } of assignments) {
    if (kind !== 'skill' || inactive) continue;
    if (text.length > 1) text += ',';
    const rest = typeof value === 'number' ? `"proficiency":${value}}` : fieldsText(value);
    text += `{"skillId":${JSON.stringify(id)}${rest === '}' ? '' : ','}${rest}`;
  }
  return `${text}]`;
}

function fieldsText(fields: object): string {
  return JSON.stringify(fields).slice(1);
}
