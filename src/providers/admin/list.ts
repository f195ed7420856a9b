/** The entries of a user's own list out of an answer, and back. What cannot be read for certain is unknown, never empty. */
import {
  type Assignments,
  type Json,
  keyed,
  NO_ASSIGNMENTS,
  type Value,
} from '../../model/assignment.ts';
import type { OwnList } from '../../model/live.ts';
import { type Fields, field, idField, isFields, isWhole, unproven } from '../fields.ts';
import type { Assumptions } from './assumptions.ts';

/**
 * A number is the whole value, whatever stands beside it: the call that writes takes an id and a proficiency and nothing
 * else, so other fields are the platform's own. Anything but a number is carried with the fields it came with.
 */
function valueIn(entry: Fields, idName: string, assumed: Assumptions): Value {
  const proficiency = field(entry, assumed.proficiency);
  if (typeof proficiency === 'number') return proficiency;
  const decorations = new Set(assumed.decorations.split(','));
  const rest = Object.entries(entry).filter(([name]) => name !== idName && !decorations.has(name));
  return keyed(rest);
}

/** The entries of a list that is known to be whole. */
export function readEntries(entries: readonly Json[], assumed: Assumptions): OwnList {
  const skills = keyed<Value>();
  for (const entry of entries) {
    if (!isFields(entry)) return unproven('An entry of the list is not an object.');
    const name = idField(entry, assumed.skillId) === undefined ? 'id' : assumed.skillId;
    const id = idField(entry, name);
    if (id === undefined) return unproven('An entry of the list has no skill id.');
    if (id in skills) return unproven('The list names a skill twice.');
    if (!isWhole(entry)) return unproven('The list holds a number that cannot be carried.');
    skills[id] = valueIn(entry, name, assumed);
  }
  return { proven: true, assignments: { ...NO_ASSIGNMENTS, skill: skills } };
}

/** The complete list as the platform takes it; odd values go back with the very fields they came with. */
export function listBody({ skill }: Assignments, assumed: Assumptions): Fields[] {
  return Object.entries(skill).map(([id, value]) =>
    keyed<Json>([
      [assumed.skillId, id],
      ...(typeof value === 'number'
        ? [[assumed.proficiency, value] as const]
        : Object.entries(value)),
    ]),
  );
}
