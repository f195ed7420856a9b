/** A change and a person in Markdown, as a reader on a phone wants them: what, how much, until when. */
import type { Value } from '../../model/assignment.ts';
import type { Day } from '../../model/day.ts';
import type { Cause, Change } from '../../model/plan.ts';
import type { Platform } from '../../model/platform.ts';
import { code, escaped } from '../markdown.ts';
import type { Somebody } from '../people/labels.ts';
import { direction, MARKS, thing, valueText } from '../words.ts';
import { dayWords } from './day.ts';
import type { Sight } from './input.ts';

const BESIDES: Readonly<Partial<Record<Cause, string>>> = {
  both: ', which had drifted as well',
  schedule: ', as its window says',
};

/** `+ Spanish 60 until Fri 27 Nov`. Without `from`, what it was is left out, so that many can share the words. */
export function changeWords(
  change: Change,
  key: string,
  { org, input }: Sight,
  how: { readonly from: boolean },
): string {
  const { action, cause } = change;
  const name = `${MARKS[action]} ${escaped(thing(change))}`;
  const until = untilOf(change, key, org.head.users);
  const day = until === undefined ? '' : ` until ${dayWords(until, org.plan.day)}`;
  const told = input.proficiency
    ? sides(change, how.from) + notes(change, org.plan.platform, how.from)
    : WITHOUT[action];
  return `${name}${told}${day}${BESIDES[cause] ?? ''}`;
}

const WITHOUT = { add: '', change: ' changed', remove: '' } as const;

function notes(change: Change, platform: Platform, from: boolean): string {
  const way = from ? direction(change, platform) : undefined;
  const all = [change.level, way].filter((note) => note !== undefined);
  return all.length === 0 ? '' : ` (${escaped(all.join(', '))})`;
}

function sides({ before, after }: Change, from: boolean): string {
  if (after === undefined) return from ? value(before) : '';
  if (before === undefined) return value(after);
  return `${from ? value(before) : ''} →${value(after)}`;
}

function value(side: Value | undefined): string {
  return side === undefined ? '' : ` ${escaped(valueText(side))}`;
}

function untilOf(
  { kind, name, action }: Change,
  key: string,
  users: Sight['org']['head']['users'],
): Day | undefined {
  const want = action === 'remove' ? undefined : users.get(key)?.wants[kind].get(name);
  return want?.state === 'value' ? want.until : undefined;
}

/** Somebody's label: keys and ids in code type, so that they can be copied. */
export function personWords(person: Somebody, { labels }: Sight): string {
  const label = labels.who(person);
  return labels.naming === 'email' || labels.naming === 'id' ? code(label) : escaped(label);
}

/** `A. Ruiz`, for where many must fit; what is no name of several words stays as it is. */
export function shortWords(person: Somebody, sight: Sight): string {
  const { labels } = sight;
  if (labels.naming !== 'name') return personWords(person, sight);
  const [first = '', ...rest] = labels.who(person).split(' ');
  if (rest.length === 0 || !/^\p{L}+$/u.test(first)) return personWords(person, sight);
  return escaped(`${[...first][0]}. ${rest.join(' ')}`);
}

/** A section that is opened by a click. Nothing of nothing. */
export function folded(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];
}
