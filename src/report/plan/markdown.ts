/** A plan for a pull request's comment: the summary first, then tables of at most three columns. */
import type { Change, Plan, PlannedUser } from '../../model/plan.ts';
import type { Platform } from '../../model/platform.ts';
import { blocks } from '../blocks.ts';
import { heldTables } from '../held-markdown.ts';
import { code, escaped, person, table, titled } from '../markdown.ts';
import { planSummary } from '../summary.ts';
import { fileLine, leftTitle, MARKS, thing, through, values } from '../words.ts';
import { planNotes } from './notes.ts';
import { peopleOf } from './order.ts';

export function planMarkdown(plan: Plan): string {
  const { staying, leavers } = peopleOf(plan);
  return blocks([
    [planSummary(plan.totals)],
    [planNotes(plan).map(escaped).join(' ')],
    changes(staying, plan.platform),
    titled(leftTitle(leavers.length), changes(leavers, plan.platform)),
    ...heldTables(plan.held),
    titled('Released', released(plan)),
    titled('Starts or ends within 14 days', upcoming(plan)),
    titled('Findings', findings(plan)),
    titled('Refused by guards', guards(plan)),
  ]);
}

/** Who it is stands in the first row of each person alone. */
function changes(users: readonly PlannedUser[], platform: Platform): string[] {
  const rows = users.flatMap((user) =>
    user.changes.map((change, index) => [
      index === 0 ? person(user) : '',
      what(change, platform),
      why(change),
    ]),
  );
  return table(['Who', 'Change', 'Why'], rows);
}

function what(change: Change, platform: Platform): string {
  const value = values(change, '→', platform);
  return `${MARKS[change.action]} ${escaped(thing(change))} ${escaped(value)}`;
}

function why({ cause, source }: Change): string {
  const chain = source.chain.length === 0 ? [] : [escaped(through(source.chain))];
  return [cause, code(fileLine(source)), ...chain].join(', ');
}

function released({ released: keys }: Plan): string[] {
  return keys.length === 0
    ? []
    : [`No longer managed, and keeping what they have: ${keys.map(code).join(', ')}`];
}

function upcoming(plan: Plan): string[] {
  return table(
    ['Day', 'Who', 'What'],
    plan.upcoming.map((edge) => [
      edge.day,
      code(edge.user),
      `${escaped(thing(edge))} ${edge.edge}, ${code(fileLine(edge.place))}`,
    ]),
  );
}

function findings(plan: Plan): string[] {
  return table(
    ['Finding', 'Where', 'What to do'],
    plan.findings.map(({ severity, code: id, place, message, hint }) => [
      `${severity} ${code(id)}: ${escaped(message)}`,
      place === undefined ? '' : code(fileLine(place)),
      hint === undefined ? '' : escaped(hint),
    ]),
  );
}

function guards(plan: Plan): string[] {
  return table(
    ['Guard', 'Why', 'What to do'],
    plan.guards
      .filter((verdict) => !verdict.passed)
      .map(({ guard, message, hint }) => [
        code(guard),
        escaped(message),
        hint === undefined ? '' : escaped(hint),
      ]),
  );
}
