/** What stands in a section beside the changes: guards, skills that lose people, what comes next, and who is left alone. */

import { KINDS } from '../../model/assignment.ts';
import type { DesiredUser, Want } from '../../model/desired.ts';
import type { Plan } from '../../model/plan.ts';
import { heldTables } from '../held-markdown.ts';
import { code, escaped, table } from '../markdown.ts';
import { maskedPlan } from '../people/masked.ts';
import { count, few, thing } from '../words.ts';
import { dayWords } from './day.ts';
import type { Part, Shown } from './fit.ts';
import type { Sight } from './input.ts';
import { placeLink } from './places.ts';
import { folded, personWords } from './words.ts';

const shown = (lines: readonly string[]): Shown => ({ lines, whole: true });
const NONE = () => shown([]);

/** Each with its numbers and, in a pull request, the words that allow it. Never cut. */
export function guardLines({ org, labels, input }: Sight): string[] {
  const reasons = new Map(org.overrides.map(({ guard, reason }) => [guard, reason]));
  const failing = org.plan.guards.filter(({ passed }) => !passed);
  return failing.flatMap(({ guard, message }) => {
    const why = escaped(labels.clean(message));
    const reason = reasons.get(guard);
    if (reason !== undefined) {
      return [`⚠️ **Guard ${code(guard)}, allowed** (${escaped(labels.clean(reason))}): ${why}`, ''];
    }
    const how = `If this is meant, end the message of a commit of this ${input.request} with the line`;
    return [
      `⛔ **Refused by guard ${code(guard)}**: ${why}`,
      '',
      `${how} \`Muster-Allow: ${guard}: why\`.`,
      '',
    ];
  });
}

/** How many hold it now and afterwards, of every skill that somebody loses. */
export function lossesPart({ org }: Sight, weight: number): Part {
  const losses = org.plan.losses ?? [];
  const rows = losses.map((loss) => {
    const by = `-${loss.lose}${loss.gain > 0 ? ` +${loss.gain}` : ''}`;
    const { holders } = loss;
    const now =
      holders === undefined ? by : `${holders} → ${holders - loss.lose + loss.gain} (${by})`;
    return [escaped(thing(loss)), now];
  });
  const lines = table(['Skills that lose people', 'Holders'], rows);
  return { weight, ways: [() => shown(lines), NONE] };
}

export function upcomingPart({ org, labels }: Sight, weight: number): Part {
  const { upcoming, day } = org.plan;
  const who = new Map<string, { readonly cells: readonly string[]; readonly people: string[] }>();
  for (const edge of upcoming) {
    const cells = [dayWords(edge.day, day), `${escaped(thing(edge))} ${edge.edge}`];
    const row = who.get(cells.join('|')) ?? { cells, people: [] };
    row.people.push(escaped(labels.who({ key: edge.user, place: edge.place })));
    who.set(cells.join('|'), row);
  }
  const rows = [...who.values()].map(({ cells, people }) => [
    ...cells,
    labels.naming === 'count' ? count(people.length, 'person', 'people') : few(people),
  ]);
  const title = `Starts or ends within 14 days (${upcoming.length})`;
  return {
    weight,
    ways: [() => shown(folded(title, table(['Day', 'What', 'Who'], rows))), NONE],
  };
}

/** Whom the pull request releases is told with what the files had given: that stays. The others are counted. */
export function releasedPart(sight: Sight, weight: number): Part {
  const { org, labels } = sight;
  const { released } = org.plan;
  const fresh = released.flatMap((key) => {
    const before = org.base?.users.get(key);
    return before === undefined || before.released ? [] : [before];
  });
  const others = count(released.length - fresh.length, 'person', 'people');
  const rest = released.length > fresh.length ? [`- ${others} released before`] : [];
  const told =
    labels.naming === 'count'
      ? [`- ${count(fresh.length, 'person', 'people')}`].filter(() => fresh.length > 0)
      : fresh.map((user) => `- ${personWords(user, sight)} keeps ${keeps(user, sight)}`);
  const title = `Released, no longer managed (${released.length})`;
  const full = released.length === 0 ? [] : folded(title, [...told, ...rest]);
  return { weight, ways: [() => shown(full), () => shown(full.length === 0 ? [] : [`${title}.`])] };
}

function keeps(user: DesiredUser, { input }: Sight): string {
  const all = KINDS.flatMap((kind) =>
    [...user.wants[kind]].flatMap(([name, want]) => {
      const value = given(want);
      if (value === undefined) return [];
      const what = escaped(thing({ kind, name }));
      return [input.proficiency ? `${what} ${value}` : what];
    }),
  );
  const kept = all.length === 0 ? '' : `${all.join(', ')}, and `;
  return `${kept}whatever else there is`;
}

function given(want: Want): string | undefined {
  if (want.state !== 'value') return undefined;
  return want.level === undefined ? String(want.proficiency) : escaped(want.level);
}

export function heldPart({ org, labels, input }: Sight, weight: number): Part {
  const { held } = maskedPlan(org.plan, { labels, proficiency: input.proficiency });
  const reasons = new Map<string, number>();
  for (const { reason } of held) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const counts = [...reasons].map(([reason, number]) => `${number} ${reason}`);
  const short = held.length === 0 ? [] : [`Held back: ${counts.join(', ')}.`];
  const tables = heldTables(held).flatMap((lines) => (lines.length === 0 ? [] : [...lines, '']));
  const full = labels.naming === 'count' ? short : tables.map(smaller);
  return { weight, ways: [() => shown(full), () => shown(short)] };
}

/** Titles within a section are below its own. */
function smaller(line: string): string {
  return line.startsWith('### ') ? `#${line}` : line;
}

export function findingsPart(
  sight: Pick<Sight, 'labels' | 'input'>,
  findings: Plan['findings'],
  weight: number,
): Part {
  const { labels } = sight;
  const rows = findings.map(({ severity, code: id, place, message, hint }) => [
    place === undefined ? '' : placeLink(place, sight),
    `${severity} ${code(id)}: ${escaped(labels.clean(message))}`,
    hint === undefined ? '' : escaped(labels.clean(hint)),
  ]);
  const title = `Findings (${findings.length})`;
  const lines = table(['Where', 'Finding', 'What to do'], rows);
  return {
    weight,
    ways: [
      () => shown(folded(title, lines)),
      () => shown(lines.length === 0 ? [] : [`${title}: see the annotations.`]),
    ],
  };
}
