/**
 * What an answer of 200 says of each row that was sent. A failed row may tell its error but not its id, a good one its id:
 * whatever no good row speaks of has failed.
 */
import { type Fields, field, idField, isFields, textField } from '../fields.ts';
import { flag, number } from './list.ts';

export interface Told {
  /** Those of the sent keys that no good row speaks of; none when nothing failed. */
  readonly failed: ReadonlySet<string>;
  /** Some of them may have been taken all the same: fewer failed than that. */
  readonly vague?: true;
  /** The platform's own words, where there are any. */
  readonly words?: string;
}

const NOTHING: Told = { failed: new Set() };
const WORDS = ['errorMessage', 'error', 'message', 'errorDescription', 'description', 'errorCode'];

function rowsIn(result: Fields): Fields[] {
  const rows = field(result, 'skillResults');
  return Array.isArray(rows) ? rows.filter(isFields) : [];
}

function wordsIn(row: Fields): string | undefined {
  const inner = field(row, 'error');
  return textField(row, ...WORDS) ?? (isFields(inner) ? textField(inner, ...WORDS) : undefined);
}

/** `keyOf` makes a key of the ids in a row; `sent` are the keys of everything that was sent. */
export function toldBy(
  body: unknown,
  sent: Iterable<string>,
  keyOf: (skillId: string, agentId: string | undefined) => string,
): Told {
  const inner = isFields(body) ? field(body, 'resultSet') : undefined;
  const result = isFields(inner) ? inner : body;
  if (!isFields(result)) return NOTHING;
  const rows = rowsIn(result);
  const bad = rows.filter((row) => flag(field(row, 'success')) === false);
  const count = number(field(result, 'errorCount')) ?? 0;
  if (count <= 0 && bad.length === 0) return NOTHING;
  const failed = new Set(sent);
  for (const row of rows) {
    const skillId = idField(row, 'skillId');
    if (flag(field(row, 'success')) !== true || skillId === undefined) continue;
    failed.delete(keyOf(skillId, idField(row, 'agentId')));
  }
  const words = [...bad, result].map(wordsIn).find((text) => text !== undefined);
  const vague = failed.size > Math.max(count, bad.length);
  return { failed, ...(vague && { vague }), ...(words === undefined ? {} : { words }) };
}
