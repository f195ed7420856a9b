/** The rows of an agent's list out of an answer, and back. What cannot be read for certain is unknown, never empty. */
import {
  dormant,
  dormantValue,
  type Json,
  keyed,
  NO_ASSIGNMENTS,
  type Value,
} from '../../model/assignment.ts';
import type { OwnList } from '../../model/live.ts';
import { type Fields, field, idField, isWhole, unproven } from '../fields.ts';
import type { Assumptions } from './assumptions.ts';

/** True, false, or their names in any case; undefined for anything else. */
export function flag(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** A number, or a text of digits alone. */
export function number(value: Json | undefined): number | undefined {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What a row is worth; undefined when it does not say whether it is active. */
function valueIn(row: Fields, { proficiency }: Assumptions): Value | undefined {
  const active = flag(field(row, 'isActive'));
  if (active === undefined) return undefined;
  const raw = field(row, proficiency) ?? null;
  const value = number(raw) ?? keyed([['proficiency', raw]]);
  return active ? value : dormant(value);
}

/** The rows of one agent, which are known to be all of his. */
export function readRows(rows: readonly Fields[], agentId: string, assumed: Assumptions): OwnList {
  const skills = keyed<Value>();
  for (const row of rows) {
    const id = idField(row, 'skillId');
    if (id === undefined) return unproven('A row of the list has no skill id.');
    if ((idField(row, 'agentId') ?? agentId) !== agentId)
      return unproven("The answer shows another agent's rows.");
    if (id in skills) return unproven('The list names a skill twice.');
    if (!isWhole(row)) return unproven('The list holds a number that cannot be carried.');
    const value = valueIn(row, assumed);
    if (value === undefined)
      return unproven('A row of the list does not say whether it is active.');
    skills[id] = value;
  }
  return { proven: true, assignments: { ...NO_ASSIGNMENTS, skill: skills } };
}

/** What a write says of one value besides its skill: always both fields, because one left out would be given a default. */
export function rowOf(value: Value): { proficiency: Json; isActive: boolean } {
  const kept = dormantValue(value);
  const worth = kept ?? value;
  return {
    proficiency: typeof worth === 'number' ? worth : (worth.proficiency ?? null),
    isActive: kept === undefined,
  };
}
