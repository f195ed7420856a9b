/** Listings as the two forms of a table that an import reads back. */
import { byCodeUnit, KINDS, type Kind } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import type { Value } from './csv.ts';
import { type Listing, todays } from './listing.ts';
import { prefixed, roleOf } from './words.ts';

export interface Form {
  readonly columns: readonly string[];
  /** As many values as there are columns; the empty text where there is nothing to say. */
  readonly rows: readonly (readonly Value[])[];
}

const LONG = [
  'user',
  'name',
  'kind',
  'skill',
  'proficiency',
  'from',
  'until',
  'then',
  'reason',
  'through',
] as const;

export function longForm(listings: readonly Listing[]): Form {
  const rows = listings.map(({ user, name, kind, skill, said, through }) => {
    const { proficiency, from = '', until = '', thenAbsent, reason = '' } = said;
    const then = thenAbsent ? 'absent' : '';
    return [user, name, kind, skill, proficiency, from, until, then, reason, through];
  });
  return { columns: LONG, rows };
}

/** `isClear`: whether the bare name of a skill can mean that one alone. */
export function wideForm(
  listings: readonly Listing[],
  { day, isClear }: { readonly day: Day; readonly isClear: (name: string) => boolean },
): Form {
  const names = (kind: Kind) => {
    const all = listings.filter((listing) => listing.kind === kind).map(({ skill }) => skill);
    return [...new Set(all)].sort(byCodeUnit).map((skill) => ({ kind, skill }));
  };
  const columns = KINDS.flatMap(names);
  const people = new Map<string, { readonly name: string; readonly cells: Map<string, Value> }>();
  for (const { user, name, kind, skill, said } of listings) {
    const person = people.get(user) ?? { name, cells: new Map<string, Value>() };
    const value = todays(said, day);
    const id = idOf(kind, skill);
    // Of several, the window that is open speaks; it comes before the plain one.
    if (value !== undefined && !person.cells.has(id)) person.cells.set(id, value);
    people.set(user, person);
  }
  const rows = [...people].map(([user, { name, cells }]) => [
    user,
    name,
    ...columns.map(({ kind, skill }) => cells.get(idOf(kind, skill)) ?? ''),
  ]);
  const header = columns.map(({ kind, skill }) => headerOf(kind, skill, isClear(skill)));
  return { columns: ['user', 'name', ...header], rows };
}

function idOf(kind: Kind, skill: string): string {
  return `${kind} ${skill}`;
}

/** With its kind before it wherever the name alone would be read as something else. */
function headerOf(kind: Kind, skill: string, clear: boolean): string {
  const odd = !clear || roleOf(skill) !== undefined || prefixed(skill) !== undefined;
  return kind === 'language' || odd ? `${kind}: ${skill}` : skill;
}
