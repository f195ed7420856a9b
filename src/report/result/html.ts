/** The result of a run as a page of its own: whether all went well, what to do next, and what became of everybody. */
import type { Outcome, Result, UserResult } from '../../model/result.ts';
import { heldHtml } from '../held-html.ts';
import {
  anchor,
  code,
  hinted,
  html,
  htmlPage,
  type Markup,
  person,
  type Section,
} from '../html.ts';
import {
  byReason,
  isTrouble,
  nextSteps,
  OUTCOME_WORDS,
  resultNotes,
  resultSummary,
} from './outcome.ts';

/** The most pressing first: the people whom somebody must see to come before those who are done. */
const ORDER: readonly Outcome[] = [
  'in-doubt',
  'stale',
  'failed',
  'not-tried',
  'applied',
  'unchanged',
];

export function resultHtml(result: Result): string {
  return htmlPage({
    title: `muster result: ${result.org}, ${result.day}`,
    summary: resultSummary(result),
    notes: resultNotes(result),
    sections: [
      ...stopped(result),
      ...next(result),
      ...ORDER.map((outcome) => section(outcome, result.users)),
      ...heldHtml(result.held),
    ],
    marks: [['Plan', code(result.plan)]],
  });
}

function stopped({ stopped: why }: Result): Section[] {
  if (why === undefined) return [];
  const body = html`<p>${code(why.code)} ${why.message} ${hinted(why.hint)}</p>`;
  return [{ id: 'stopped', title: 'Stopped', tone: 'refused', body }];
}

function next(result: Result): Section[] {
  const steps = nextSteps(result);
  if (steps.length === 0) return [];
  const body = html`<ul>\n${steps.map((step) => html`<li>${step}</li>\n`)}</ul>`;
  return [{ id: 'next', title: 'What to do next', tone: 'careful', body }];
}

function section(outcome: Outcome, all: readonly UserResult[]): Section {
  const users = all.filter((user) => user.outcome === outcome);
  const word = OUTCOME_WORDS[outcome];
  return {
    id: outcome,
    title: `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    count: users.length,
    body: html`${users.some(isTrouble) ? byReason(users).map(group) : people(users)}`,
  };
}

function group(users: readonly UserResult[]): Markup {
  const why = users
    .slice(0, 1)
    .map(({ message = 'No reason was given.', hint }) => html`<p>${message} ${hinted(hint)}</p>`);
  return html`<div class="reason">${why}\n${people(users)}</div>\n`;
}

function people(users: readonly UserResult[]): Markup {
  const items = users.map((user) => {
    const request =
      user.requestId === undefined
        ? []
        : [html` <span class="muted">request ${code(user.requestId)}</span>`];
    return html`<li id="${anchor(user.userId)}">${person(user)}${request}</li>\n`;
  });
  return html`<ul class="people">\n${items}</ul>`;
}
