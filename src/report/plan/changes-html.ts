/** The changes of a plan as sections of a page: first who loses something, then everybody with a table each. */
import type { Change, PlannedUser } from '../../model/plan.ts';
import type { Platform } from '../../model/platform.ts';
import { anchor, code, html, joined, type Markup, named, person, type Section } from '../html.ts';
import { count, fileLine, LEFT, MARKS, thing, through, values } from '../words.ts';

/** `users` in the order of the page. */
export function removalSection(users: readonly PlannedUser[]): Section {
  const losing = users
    .map((user) => ({ user, lost: user.changes.filter(isRemoval) }))
    .filter(({ lost }) => lost.length > 0);
  const items = losing.map(({ user, lost }) => {
    const names = joined(lost.map(removed), ', ');
    return html`<li><a href="#${anchor(user.userId)}">${person(user)}</a>: ${names}</li>\n`;
  });
  return {
    id: 'removals',
    title: 'People with removals',
    count: losing.length,
    tone: 'careful',
    body: html`<ul class="people">\n${items}</ul>`,
  };
}

function isRemoval({ action }: Change): boolean {
  return action === 'remove';
}

function removed(change: Change): Markup {
  return html`<span class="remove">${named(thing(change))}</span>`;
}

/** `users` in the order of the page. */
export function changeSection(users: readonly PlannedUser[], platform: Platform): Section {
  return {
    id: 'changes',
    title: 'People to change',
    count: users.length,
    body: html`${users.map((user) => personSection(user, platform))}`,
  };
}

/** `users` in the order of the page. */
export function leaverSection(users: readonly PlannedUser[], platform: Platform): Section {
  const meaning = `${LEFT.meaning.charAt(0).toUpperCase()}${LEFT.meaning.slice(1)}.`;
  return {
    id: 'leavers',
    title: LEFT.title,
    count: users.length,
    tone: 'careful',
    body: html`<p>${meaning}</p>\n${users.map((user) => personSection(user, platform))}`,
  };
}

function personSection(user: PlannedUser, platform: Platform): Markup {
  return html`<section class="person" id="${anchor(user.userId)}">
<h3>${person(user)}${foreign(user)}</h3>
<table class="changes">
<colgroup><col><col><col><col></colgroup>
<thead><tr><th>Action</th><th>Skill</th><th>Proficiency</th><th>Cause and source</th></tr></thead>
<tbody>
${user.changes.map((change) => row(change, platform))}</tbody>
</table>
</section>
`;
}

function foreign({ foreignKept }: PlannedUser): Markup[] {
  if (foreignKept === 0) return [];
  const kept = count(foreignKept, 'foreign assignment', 'foreign assignments');
  return [html` <small>${kept} kept</small>`];
}

function row(change: Change, platform: Platform): Markup {
  const { action, cause, source } = change;
  const chain = source.chain.length === 0 ? [] : [html` ${named(through(source.chain))}`];
  const place = code(fileLine(source));
  return html`<tr class="${action}"><td aria-label="${action}">${MARKS[action]}</td><th scope="row">${named(thing(change))}</th><td>${values(change, '→', platform)}</td><td><b>${cause}</b> ${place}${chain}</td></tr>
`;
}

const CAUSES: readonly (readonly [Change['cause'], string])[] = [
  ['git', 'the files changed since they were last applied'],
  ['drift', 'the platform changed since then'],
  ['both', 'the files changed, and so did the platform, or a window began or ended'],
  ['schedule', 'a window began or ended'],
  ['first', 'the person was never verified: there is no base to compare with'],
];

/** What the marks and the causes mean: the reader of a page has no manual beside it. */
export function readingSection(users: readonly PlannedUser[]): Section[] {
  if (users.length === 0) return [];
  const terms = [
    [Object.values(MARKS).join(' '), 'added, changed to another value, removed'] as const,
    ...CAUSES,
  ].map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>\n`);
  const body = html`<dl>\n${terms}</dl>`;
  return [{ id: 'reading', title: 'How to read this page', tone: 'quiet', body }];
}
