/** CSV as bulk calls take it: header `id,skillId,proficiency`, a row an assignment, all rows of a user together. */
import { Refusal } from '../answer.ts';

const HEADER = 'id,skillId,proficiency';

/** Whom a bulk call names and with what, its values not yet checked. */
export interface BulkUser {
  readonly id: unknown;
  readonly skills: unknown;
}

/** Throws a Refusal with 400 for anything that is not such a file. */
export function parseCsv(text: string): readonly BulkUser[] {
  const [header, ...rows] = csvRows(text);
  if (header?.join(',') !== HEADER) throw wrong(`The header must be ${HEADER}`);
  const users = new Map<string, { skillId: string; proficiency: unknown }[]>();
  let last: string | undefined;
  for (const row of rows) {
    const [id = '', skillId = '', proficiency = ''] = row;
    if (row.length !== 3) throw wrong('Every row needs three fields');
    const skills = users.get(id) ?? [];
    if (skills.length > 0 && id !== last) throw wrong('The rows of a user must stand together');
    skills.push({ skillId, proficiency: wholeNumber(proficiency) });
    users.set(id, skills);
    last = id;
  }
  return [...users].map(([id, skills]) => ({ id, skills }));
}

/** Digits become a number; anything else stays a text, which the check of values refuses. */
function wholeNumber(text: string): unknown {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function wrong(message: string): Refusal {
  return new Refusal(400, 'bad.csv', message);
}

/** A field, quoted or not, and what ends it. Sticky: a text that no field matches is no CSV. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length || row.length > 0) {
    FIELD.lastIndex = at;
    const found = FIELD.exec(text);
    if (found === null) throw wrong('The quotes are not balanced');
    const [whole, quoted, plain = '', end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length;
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
