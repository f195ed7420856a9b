/** A plan as a page of its own: what it comes to, who loses something, everybody's changes, and what was kept back. */
import type { WindowEdge } from '../../model/desired.ts';
import type { Finding } from '../../model/finding.ts';
import type { GuardVerdict, Plan } from '../../model/plan.ts';
import { heldHtml } from '../held-html.ts';
import {
  code,
  hinted,
  html,
  htmlPage,
  joined,
  named,
  type Section,
  table,
  where,
} from '../html.ts';
import { planSummary } from '../summary.ts';
import { thing } from '../words.ts';
import { changeSection, leaverSection, readingSection, removalSection } from './changes-html.ts';
import { planNotes } from './notes.ts';
import { peopleOf } from './order.ts';

export function planHtml(plan: Plan): string {
  const { staying, leavers } = peopleOf(plan);
  const everybody = [...staying, ...leavers];
  return htmlPage({
    title: `muster plan: ${plan.org}, ${plan.day}`,
    summary: planSummary(plan.totals),
    notes: planNotes(plan),
    sections: [
      refused(plan.guards),
      removalSection(everybody),
      changeSection(staying, plan.platform),
      leaverSection(leavers, plan.platform),
      ...heldHtml(plan.held),
      released(plan.released),
      upcoming(plan.upcoming),
      findings(plan.findings),
      passed(plan.guards),
      ...readingSection(everybody),
    ],
    marks: marks(plan),
  });
}

function refused(all: readonly GuardVerdict[]): Section {
  const verdicts = all.filter((verdict) => !verdict.passed);
  const rows = verdicts.map(({ guard, message, hint }) => [code(guard), message, hinted(hint)]);
  return {
    id: 'refused',
    title: 'Refused by guards',
    count: verdicts.length,
    tone: 'refused',
    body: table(['Guard', 'Why', 'What to do'], rows),
  };
}

function passed(all: readonly GuardVerdict[]): Section {
  const verdicts = all.filter((verdict) => verdict.passed);
  const rows = verdicts.map(({ guard, message }) => [code(guard), message]);
  const body = table(['Guard', 'Why'], rows);
  return { id: 'passed', title: 'Passed guards', count: verdicts.length, body };
}

function released(keys: readonly string[]): Section {
  const people = joined(keys.map(code), ', ');
  const body = html`<p>No longer managed, and keeping what they have: ${people}</p>`;
  return { id: 'released', title: 'Released', count: keys.length, body };
}

function upcoming(edges: readonly WindowEdge[]): Section {
  const rows = edges.map((edge) => [
    edge.day,
    code(edge.user),
    html`${named(thing(edge))} ${edge.edge}${where(edge.place)}`,
  ]);
  return {
    id: 'upcoming',
    title: 'Starts or ends within 14 days',
    count: edges.length,
    body: table(['Day', 'Who', 'What'], rows),
  };
}

function findings(all: readonly Finding[]): Section {
  const rows = all.map(({ severity, code: id, message, place, hint }) => [
    html`<b class="${severity}">${severity}</b> ${code(id)}`,
    html`${message}${place === undefined ? [] : where(place)}`,
    hinted(hint),
  ]);
  const body = table(['Finding', 'Why', 'What to do'], rows);
  return { id: 'findings', title: 'Findings', count: all.length, body };
}

function marks({ digest, reviewDigest, head, ledger, orgId, made }: Plan) {
  const known = (text: string | null) => (text === null ? null : code(text));
  return [
    ['Digest', code(digest)],
    ['Review digest', code(reviewDigest)],
    ['Commit', known(head)],
    ['Ledger', known(ledger)],
    ['Tenant', known(orgId)],
    ['Made', html`${made.at} by ${made.by}`],
  ] as const;
}
