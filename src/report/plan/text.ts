/** A plan for a terminal: the changes person by person, then what was kept back, and last what it comes to. */
import type { WindowEdge } from '../../model/desired.ts';
import type { GuardVerdict, Plan } from '../../model/plan.ts';
import { blocks } from '../blocks.ts';
import { pad, widest } from '../columns.ts';
import { heldSections } from '../held.ts';
import { plain } from '../plain.ts';
import { headLines } from '../see.ts';
import { type Page, page, type Style } from '../style.ts';
import { planSummary } from '../summary.ts';
import { fileLine, thing } from '../words.ts';
import { advice, beside, hintLines, wrap } from '../wrap.ts';
import { changeSections } from './changes.ts';
import { planNotes } from './notes.ts';

/** Ends in a newline. The first line of the last section is `planSummary(plan.totals)`, never painted. */
export function planText(plan: Plan, style: Style): string {
  const on = page(style);
  return blocks([
    ...changeSections(plan, on),
    ...heldSections(plan.held, on),
    released(plan.released, on),
    upcoming(plan.upcoming, on),
    findings(plan, on),
    guards(plan.guards, on),
    summary(plan, on),
  ]);
}

function released(keys: readonly string[], on: Page): string[] {
  if (keys.length === 0) return [];
  const title = `Released (${keys.length}): no longer managed, they keep what they have`;
  return [on.paint.bold(title), ...wrap(keys.join(', '), '  ', on)];
}

function upcoming(edges: readonly WindowEdge[], on: Page): string[] {
  if (edges.length === 0) return [];
  const rows = edges.map((edge) => ({
    when: `${edge.day}  ${pad(edge.edge, 'starts'.length)}`,
    name: plain(thing(edge)),
    user: plain(edge.user),
    place: plain(fileLine(edge.place)),
  }));
  const name = widest(
    rows.map((row) => row.name),
    28,
  );
  const user = widest(
    rows.map((row) => row.user),
    32,
  );
  const lines = rows.flatMap((row) => {
    const line = `  ${row.when}  ${pad(row.name, name)}  ${pad(row.user, user)}`;
    return beside(line, row.place, on);
  });
  return [on.paint.bold('Starts or ends within 14 days'), ...lines];
}

function findings(plan: Plan, on: Page): string[] {
  if (plan.findings.length === 0) return [];
  const lines = plan.findings.flatMap((finding) => [
    ...headLines(finding, 'findings', on, '  '),
    ...advice(finding, '    ', on),
  ]);
  return [on.paint.bold(`Findings (${plan.findings.length})`), ...lines];
}

function guards(verdicts: readonly GuardVerdict[], on: Page): string[] {
  const refusing = verdicts.filter((verdict) => !verdict.passed);
  if (refusing.length === 0) return [];
  const lines = refusing.flatMap(({ guard, message, hint }) => [
    ...wrap(`${guard}: ${message}`, '  ', on),
    ...hintLines(hint, '    ', on),
  ]);
  return [on.paint.bold(on.paint.red('Refused by guards')), ...lines];
}

function summary(plan: Plan, on: Page): string[] {
  return [planSummary(plan.totals), ...planNotes(plan).flatMap((line) => wrap(line, '', on))];
}
