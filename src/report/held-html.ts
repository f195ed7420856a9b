/** Who and what was kept back, as sections of a page: always with the reason and what to do next. */
import type { Held } from '../model/target.ts';
import { code, hinted, html, type Markup, named, type Section, table, where } from './html.ts';
import { thing } from './words.ts';

/** Two sections, people and assignments. */
export function heldHtml(held: readonly Held[]): Section[] {
  const people = held.filter((each) => each.assignment === undefined);
  const assignments = held.filter((each) => each.assignment !== undefined);
  return [
    section('held-people', 'Held people', 'Who', people),
    section('held-assignments', 'Held assignments', 'What', assignments),
  ];
}

function section(id: string, title: string, first: string, held: readonly Held[]): Section {
  const body = table([first, 'Why', 'What to do'], held.map(row));
  return { id, title, count: held.length, body };
}

function row({ key, assignment, reason, message, hint, place }: Held): (Markup | string)[] {
  const what = assignment === undefined ? [] : [html`: ${named(thing(assignment))}`];
  return [
    html`${code(key)}${what}`,
    html`<b>${reason}</b> ${message}${where(place)}`,
    hinted(hint),
  ];
}
