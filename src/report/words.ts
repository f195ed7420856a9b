/** The words that every format shares: people, values, changes and counts. Not cleaned: each format does that its way. */
import { canonical, type Kind, type Value } from '../model/assignment.ts';
import type { Place } from '../model/finding.ts';
import type { Change } from '../model/plan.ts';

export const MARKS = { add: '+', change: '~', remove: '-' } as const;

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `Ana Ruiz <ana@example.com>`, or the key alone of somebody without a name. */
export function who(person: { readonly key: string; readonly name?: string }): string {
  return person.name === undefined ? person.key : `${person.name} <${person.key}>`;
}

/** A skill's name; a language is marked as one. */
export function thing(assignment: { readonly kind: Kind; readonly name: string }): string {
  return assignment.kind === 'skill' ? assignment.name : `${assignment.name} (language)`;
}

/** `60`, `40 -> 90 (expert)`; what a platform holds besides numbers as compact JSON. */
export function values(change: Change, arrow: string): string {
  const sides = [change.before, change.after].filter((side) => side !== undefined);
  const level = change.level === undefined ? '' : ` (${change.level})`;
  return sides.map(valueText).join(` ${arrow} `) + level;
}

function valueText(value: Value): string {
  return typeof value === 'number' ? String(value) : canonical(value);
}

export function fileLine(place: Place): string {
  return `${place.file}:${place.line}`;
}

/** `through team emea-billing, profile billing-l2`; empty when the entry is the user's own. */
export function through(chain: readonly string[]): string {
  return chain.length === 0 ? '' : `through ${chain.join(', ')}`;
}
