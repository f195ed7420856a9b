/** The long form: one row says one thing of one person and one skill. */
import type { Kind } from '../model/assignment.ts';
import type { TableFindings } from './codes.ts';
import type { At, Row } from './grid.ts';
import { type Column, type Header, meantHeader, tellHeadless } from './header.ts';
import { isBlank, wordsOf } from './text.ts';
import { readValue } from './values.ts';
import { whoIn } from './who.ts';
import { type Field, type FieldOf, windowIn } from './window.ts';
import type { Reading, Say, Window, Wish, Wishes } from './wishes.ts';
import { ACTIONS, type Action, bareWord, kindOf, type Role } from './words.ts';

const SKILLS: ReadonlySet<Role | undefined> = new Set<Role>(['skill', 'skill-id', 'language']);
/** What several columns may say together. */
const SHARED: ReadonlySet<Role> = new Set<Role>(['user', 'id', 'name', 'aside']);
const ABSENT = 'absent';

export function isLong({ columns }: Header): boolean {
  return columns.some(({ role }) => SKILLS.has(role));
}

export function readLong(header: Header, reading: Reading): Wishes {
  const roles = rolesOf(header, reading.findings);
  if (!roles) return { list: [], columns: new Set() };
  tellHeadless(header, reading.findings);
  const list = header.rows.flatMap((row) => readRow(row, { header, roles, reading }));
  return { list, columns: new Set(roles.keys()) };
}

type Roles = ReadonlyMap<Role, Column>;

/** Undefined where a column is missing or stands twice. */
function rolesOf({ columns, at }: Header, findings: TableFindings): Roles | undefined {
  const roles = new Map<Role, Column>();
  let sound = true;
  for (const column of columns) {
    const { role, text, index } = column;
    const place = { row: at.row, col: index + 1 };
    if (role === undefined) sound = tellUnknown(column, place, findings) && sound;
    else if (roles.has(role) && !SHARED.has(role)) {
      sound = false;
      findings.add('table-column-twice', place, {
        message: `\`${text}\` and \`${roles.get(role)?.text}\` are two columns for the same.`,
        hint: 'Keep one of them.',
      });
    } else if (!roles.has(role)) roles.set(role, column);
  }
  if (!roles.has('proficiency') && !roles.has('action')) {
    sound = false;
    findings.add('table-header', at, {
      message: 'No column says the proficiency.',
      hint: 'Call it `proficiency` or `level`.',
    });
  }
  return sound ? roles : undefined;
}

/** A column nobody knows is left aside; one whose header was meant to be another is not. */
function tellUnknown({ text }: Column, at: At, findings: TableFindings): boolean {
  const meant = meantHeader(text);
  if (meant !== undefined) {
    findings.add('table-header', at, {
      message: `No column is called \`${text}\`.`,
      hint: `Did you mean \`${meant}\`? If not, give it another name, or call it \`note\`.`,
    });
    return false;
  }
  findings.add('table-column-ignored', at, {
    severity: 'warning',
    message: `The column \`${text}\` says nothing of skills, and is left aside.`,
    hint: 'Call it `note`, and nothing more is said of it.',
  });
  return true;
}

interface Long {
  readonly header: Header;
  readonly roles: Roles;
  readonly reading: Reading;
}

function readRow(row: Row, long: Long): Wish[] {
  const { header, roles, reading } = long;
  const field = (role: Role): Field => {
    const index = roles.get(role)?.index ?? -1;
    return { cell: row.cells[index], at: { row: row.number, col: index + 1 } };
  };
  const who = whoIn(row, header, reading.findings);
  const skill = skillIn(field, reading);
  const value = field('proficiency');
  const says = [value, field('action')].some(({ cell }) => !isBlank(cell));
  if (skill === null || (skill === undefined && !says)) return [];
  if (who.told) return [];
  if (who.namings.length === 0) return incomplete(who.at, 'says of whom it speaks', reading);
  if (skill === undefined) return incomplete(field('skill').at, 'names a skill', reading);
  const say = sayIn(field, reading);
  return say === undefined
    ? []
    : [{ who, skill, say, at: roles.has('proficiency') ? value.at : skill.at }];
}

function incomplete(at: At, lacks: string, { findings }: Reading): [] {
  findings.add(
    'table-row-incomplete',
    { row: at.row, col: Math.max(1, at.col) },
    {
      message: `Nothing in this row ${lacks}.`,
      hint: 'Fill the cell, or take the row out; merged cells count for their first row alone.',
    },
  );
  return [];
}

/** Null where it is a finding. */
function skillIn(field: FieldOf, reading: Reading): Wish['skill'] | undefined | null {
  const kind = kindIn(field('kind'), reading);
  if (kind === null) return null;
  const columns = [
    { role: 'skill-id', form: 'id', kind },
    { role: 'skill', form: 'name', kind },
    { role: 'language', form: 'name', kind: 'language' },
  ] as const;
  const named = columns.flatMap(({ role, form, kind: of }) => {
    const { cell, at } = field(role);
    return isBlank(cell) ? [] : [{ text: wordsOf(cell), form, kind: of, at }];
  });
  const [first, second] = named;
  if (first === undefined) return undefined;
  const { text, at } = first;
  if (second && first.form !== 'id') return twoNames(second.at, reading);
  return text === undefined ? noName(at, reading) : { ...first, text };
}

function twoNames(at: At, { findings }: Reading): null {
  findings.add('table-conflict', at, {
    message: 'The row names a skill and a language.',
    hint: 'Write a row for each.',
  });
  return null;
}

function noName(at: At, { findings }: Reading): null {
  findings.add('table-cell', at, {
    message: 'The cell holds no name.',
    hint: 'Write the name, in a cell formatted as text.',
  });
  return null;
}

function kindIn({ cell, at }: Field, { findings }: Reading): Kind | undefined | null {
  const text = wordsOf(cell);
  if (text === undefined) return undefined;
  const kind = kindOf(text);
  if (kind) return kind;
  findings.add('table-value', at, {
    message: `\`${text}\` is neither a skill nor a language.`,
    hint: 'Write `skill` or `language`.',
  });
  return null;
}

function sayIn(field: FieldOf, reading: Reading): Say | undefined {
  const action = actionIn(field('action'), reading);
  if (action === undefined || action === 'keep') return undefined;
  const window = windowIn(field, reading);
  if (window === undefined) return undefined;
  const { cell, at } = field('proficiency');
  if (action === 'absent') return { is: 'absent', window };
  if (action === 'remove') return removal(field, window, reading);
  const value = readValue(cell, at, reading.findings);
  if (typeof value === 'string' && value.toLowerCase() === ABSENT) return { is: 'absent', window };
  if (value !== undefined) return { is: 'set', value, window };
  if (isBlank(cell)) incomplete(at, 'says a proficiency', reading);
  return undefined;
}

function removal(field: FieldOf, { from, until }: Window, { findings }: Reading): Say | undefined {
  if (from === undefined && until === undefined) return { is: 'remove', quietly: false };
  findings.add('table-action', field('action').at, {
    message: 'What is removed has no days.',
    hint: 'Leave out the days, or write the proficiency and until when it holds.',
  });
  return undefined;
}

function actionIn({ cell, at }: Field, { findings }: Reading): Action | undefined {
  if (isBlank(cell)) return 'set';
  const text = wordsOf(cell) ?? '';
  const found = Object.entries(ACTIONS).find(([, words]) => words.includes(bareWord(text)));
  if (found) return found[0] as Action;
  findings.add('table-action', at, {
    message: `\`${text}\` is no action.`,
    hint: `Write one of ${Object.keys(ACTIONS).join(', ')}, or nothing for \`set\`.`,
  });
  return undefined;
}
