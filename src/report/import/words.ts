/** The words that an import's preview has in every format. */
import { type Said, type TableChange, type TablePreview, tableAction } from '../../model/table.ts';
import { count } from '../words.ts';

/** `40, 90 until 2026-11-27`; `none` where nothing is said. */
function saidWords(said: readonly Said[]): string {
  return said.map(saidWord).join(', ') || 'none';
}

function saidWord({ proficiency, from, until, thenAbsent }: Said): string {
  const begin = from === undefined ? [] : [`from ${from}`];
  const end = until === undefined ? [] : [`until ${until}`];
  return [String(proficiency), ...begin, ...end, ...(thenAbsent ? ['then absent'] : [])].join(' ');
}

/** `40 -> 90`; a value alone where there is nothing on the other side. */
export function changeWords({ before, after }: TableChange): string {
  return before.length === 0 ? saidWords(after) : `${saidWords(before)} -> ${saidWords(after)}`;
}

/** One line, for people and tools. */
export function importSummary({ changes }: TablePreview): string {
  if (changes.length === 0) return 'No changes. The rosters say what the table says.';
  const of = (action: string) => changes.filter((one) => tableAction(one) === action).length;
  return `Import: ${of('add')} to add, ${of('change')} to change, ${of('remove')} to remove.`;
}

/** What stands below it. */
export function importNotes({ changes, unchanged, written }: TablePreview): string[] {
  const people = new Set(changes.map(({ user }) => user)).size;
  const rosters = new Set(written.map(({ file }) => file)).size;
  const size = `${count(people, 'person', 'people')} in ${count(rosters, 'roster', 'rosters')}`;
  return [
    ...(changes.length === 0 ? [] : [`${size}; comments and order are kept.`]),
    ...(unchanged === 0
      ? []
      : [`${count(unchanged, 'value is', 'values are')} in the rosters already.`]),
  ];
}

export function newPeople({ changes }: TablePreview): string[] {
  return distinct(changes.filter(({ newUser }) => newUser).map(({ user }) => user));
}

export function newSkills({ changes }: TablePreview): string[] {
  return distinct(changes.filter(({ newSkill }) => newSkill).map(({ skill }) => skill));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
