/** The words that every format shares: people, values, changes and counts. Not cleaned: each format does that its way. */
import { canonical, dormantValue, type Kind, type Value } from '../model/assignment.ts';
import type { Place } from '../model/finding.ts';
import type { Change } from '../model/plan.ts';
import { type Platform, SCALES } from '../model/platform.ts';

export const MARKS = { add: '+', change: '~', remove: '-' } as const;

/** The people who left the files stand under this. */
export const LEFT = {
  title: 'Left the files',
  meaning: 'what the files had given them is taken back',
} as const;

/** `Left the files (2): what the files had given them is taken back` */
export function leftTitle(people: number): string {
  return `${LEFT.title} (${people}): ${LEFT.meaning}`;
}

const MOST_LISTED = 5;

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.slice(-1).join('')}`;
}

/** The same, but only the first five, and how many more there are. */
export function few(items: readonly string[]): string {
  const more = items.length - MOST_LISTED;
  return listed(more > 0 ? [...items.slice(0, MOST_LISTED), `${more} more`] : items);
}

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

/** `60`, `40 -> 90 (expert)`, `12 -> 3 (better)`; what a platform holds besides numbers as compact JSON. */
export function values(change: Change, arrow: string, platform: Platform): string {
  const sides = [change.before, change.after].filter((side) => side !== undefined);
  if (sides.length === 0 && change.action === 'change') return 'changed';
  const notes = [change.level, direction(change, platform)].filter((note) => note !== undefined);
  const besides = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return sides.map(valueText).join(` ${arrow} `) + besides;
}

/** Said where the numbers alone would mislead: on a scale whose best is its lowest. */
export function direction(change: Change, platform: Platform): 'better' | 'worse' | undefined {
  const { kind, before, after } = change;
  if (SCALES[platform][kind]?.best !== 'low') return undefined;
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  return after < before ? 'better' : 'worse';
}

export function valueText(value: Value): string {
  const kept = dormantValue(value);
  if (kept !== undefined) return `${valueText(kept)} (dormant)`;
  return typeof value === 'number' ? String(value) : canonical(value);
}

export function fileLine(place: Place): string {
  return `${place.file}:${place.line}`;
}

/** `through team emea-billing, profile billing-l2`; empty when the entry is the user's own. */
export function through(chain: readonly string[]): string {
  return chain.length === 0 ? '' : `through ${chain.join(', ')}`;
}
