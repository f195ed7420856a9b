/** The entries of a user's own list out of an answer, and back. What cannot be read for certain is unknown, never empty. */
import { dormant, type Json, type Keyed, keyed, type Value } from '../../model/assignment.ts';
import { SCALES, type Scale } from '../../model/platform.ts';
import { type Fields, field, idField, isFields, isWhole, textField } from '../fields.ts';

/** Why a list is unknown. */
export interface Doubt {
  readonly why: string;
}

export type Values = Keyed<Value>;

export function isDoubt(read: Values | Doubt): read is Doubt {
  return typeof read.why === 'string';
}

/** What an entry tells of the skill or language itself, not of its being assigned. */
const DECORATIONS = new Set(['id', 'name', 'skillUri', 'languageUri', 'selfUri']);

function stateOf(entry: Fields): string {
  return textField(entry, 'state')?.toLowerCase() ?? 'active';
}

/** States in which the platform keeps an entry and gives nobody calls by it. */
const DORMANT = ['inactive', 'deleted'];

/**
 * The number is the whole value of an active entry, and dormant in one that is inactive or deleted. Of any other entry it
 * is every field but its decorations. The calls that write can say a number and nothing else: the rest can only be left
 * alone.
 */
function valueIn(entry: Fields): Value {
  const proficiency = field(entry, 'proficiency');
  if (typeof proficiency === 'number') {
    const state = stateOf(entry);
    if (state === 'active') return proficiency;
    if (DORMANT.includes(state)) return dormant(proficiency);
  }
  return keyed(Object.entries(entry).filter(([name]) => !DECORATIONS.has(name)));
}

/** The entries of a list that is known to be whole. */
export function readEntries(entries: readonly Json[]): Values | Doubt {
  const values = keyed<Value>();
  for (const entry of entries) {
    if (!isFields(entry)) return { why: 'An entry of the list is not an object.' };
    const id = idField(entry, 'id');
    if (id === undefined) return { why: 'An entry of the list has no id.' };
    if (id in values) return { why: 'The list names a skill or language twice.' };
    if (!isWhole(entry)) return { why: 'The list holds a number that cannot be carried.' };
    values[id] = valueIn(entry);
  }
  return values;
}

/** Whether the calls that write can say the value: they take an id and a proficiency, and nothing else. */
export function isSayable(value: Value): value is number {
  return typeof value === 'number';
}

const { min, max } = SCALES.genesys.skill as Scale;

/** Whether it can be carried along in a list that is sent: what is off the scale would have all of it refused. */
export function isCarriable(value: Value): boolean {
  return isSayable(value) && value >= min && value <= max;
}

export function entriesBody(entries: Iterable<readonly [string, number]>): string {
  return JSON.stringify([...entries].map(([id, proficiency]) => ({ id, proficiency })));
}
