/** Who and what was kept back, as Markdown tables: always with the reason and what to do next. */
import type { Held } from '../model/target.ts';
import { code, escaped, table, titled } from './markdown.ts';
import { fileLine, thing } from './words.ts';

/** Two blocks, people and assignments; an empty one has no lines. */
export function heldTables(held: readonly Held[]): string[][] {
  const people = held.filter((each) => each.assignment === undefined);
  const assignments = held.filter((each) => each.assignment !== undefined);
  return [
    titled('Held people', table(['Who', 'Why', 'What to do'], people.map(row))),
    titled('Held assignments', table(['What', 'Why', 'What to do'], assignments.map(row))),
  ];
}

function row(held: Held): string[] {
  const { key, assignment, reason, message, hint, place } = held;
  const what = assignment === undefined ? '' : `: ${escaped(thing(assignment))}`;
  return [
    code(key) + what,
    `${reason}, ${code(fileLine(place))}: ${escaped(message)}`,
    hint === undefined ? '' : escaped(hint),
  ];
}
