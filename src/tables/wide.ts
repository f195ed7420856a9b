/** The wide form: one row a person, one column a skill. An empty cell says nothing. */
import type { Row } from './grid.ts';
import { type Column, type Header, isWho, tellHeadless } from './header.ts';
import { even, isBlank } from './text.ts';
import { readValue } from './values.ts';
import { whoIn } from './who.ts';
import type { Reading, Say, Wish, Wishes } from './wishes.ts';
import { prefixed } from './words.ts';

interface SkillColumn {
  readonly index: number;
  readonly skill: Wish['skill'];
}

export function readWide(header: Header, reading: Reading): Wishes {
  tellHeadless(header, reading.findings);
  const columns = header.columns
    .filter((column) => !isWho(column))
    .flatMap((column) => skillColumn(column, header, reading));
  const list = header.rows.flatMap((row) => readRow(row, { header, columns, reading }));
  return { list, columns: new Set() };
}

/** None for a column that says nothing of skills, unless a skill has its very name. */
function skillColumn(
  { index, text, role }: Column,
  header: Header,
  reading: Reading,
): SkillColumn[] {
  const at = { row: header.at.row, col: index + 1 };
  if (role !== undefined && !reading.isSkill(text)) {
    if (role !== 'aside')
      reading.findings.add('table-header', at, {
        message: `\`${text}\` belongs to a table with one row a skill, but no column names the skill.`,
        hint: 'Add a column called `skill`, or take this one out.',
      });
    return [];
  }
  return [{ index, skill: { ...namingIn(text, reading), at } }];
}

/** `language: Spanish` is a language, unless something is called just that. */
function namingIn(text: string, { isSkill }: Reading): Omit<Wish['skill'], 'at'> {
  const whole = { text, form: 'name', kind: undefined } as const;
  const named = isSkill(text) ? undefined : prefixed(text);
  return named ? { text: even(named.name), form: 'name', kind: named.kind } : whole;
}

interface Wide {
  readonly header: Header;
  readonly columns: readonly SkillColumn[];
  readonly reading: Reading;
}

function readRow(row: Row, { header, columns, reading }: Wide): Wish[] {
  const who = whoIn(row, header, reading.findings);
  const said = columns.flatMap(({ index, skill }) => {
    const at = { row: row.number, col: index + 1 };
    const say = sayIn(row, at, reading);
    return say === undefined ? [] : [{ who, skill, say, at }];
  });
  if (who.told) return [];
  if (who.namings.length > 0) return said;
  if (said.some(({ say }) => say.is !== 'remove'))
    reading.findings.add('table-row-incomplete', who.at, {
      message: 'Nothing in this row says of whom it speaks.',
      hint: 'Fill the cell, or take the row out; merged cells count for their first row alone.',
    });
  return [];
}

function sayIn(row: Row, at: { row: number; col: number }, reading: Reading): Say | undefined {
  const cell = row.cells[at.col - 1];
  if (isBlank(cell)) return reading.emptyRemoves ? { is: 'remove', quietly: true } : undefined;
  const value = readValue(cell, at, reading.findings);
  if (value === undefined) return undefined;
  const absent = typeof value === 'string' && value.toLowerCase() === 'absent';
  return absent ? { is: 'absent', window: {} } : { is: 'set', value, window: {} };
}
