/**
 * The one issue about an org's drift: what is live beside what was applied, by skill and by team, and what the last
 * nights found. Pure: the same values give the same bytes. Its invariant: it fits what a forge takes.
 */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Naming } from '../../model/report-settings.ts';
import { blocks } from '../blocks.ts';
import { thingMarker } from '../comment/marker.ts';
import { minute } from '../history/words.ts';
import { code, escaped, table } from '../markdown.ts';
import { type Labels, labelsFor } from '../people/labels.ts';
import { count, fileLine, thing } from '../words.ts';
import type { Drift, Drifted, DriftedPerson } from './drift.ts';
import { hoursMissed, type Look, looksLine } from './looks.ts';
import {
  DRIFT_MARKS,
  driftKind,
  driftNotes,
  driftSummary,
  driftValues,
  historyWords,
} from './words.ts';

export interface DriftIssueInput {
  readonly org: string;
  /** Undefined where looking failed. */
  readonly drift: Drift | undefined;
  /** The last nights, oldest first, with this one at the end. */
  readonly looks: readonly Look[];
  readonly naming: Naming;
  /** Whether values are told, or only that they change. */
  readonly proficiency: boolean;
  /** Where everything is kept in full. */
  readonly url?: string;
}

export interface DriftIssue {
  readonly title: string;
  /** Begins with the markers by which it is found again. */
  readonly body: string;
}

/** What GitHub and GitLab take, with room for what stands around the rows. */
const LONGEST = 50_000;

export function driftIssue(input: DriftIssueInput): DriftIssue {
  const { org, drift, looks, url } = input;
  return {
    title: `Skills have drifted in ${org}`,
    body: blocks([
      [thingMarker('drift', org), looksLine(looks)],
      ...(drift === undefined ? [failed()] : sections(drift, input)),
      missed(looks),
      nights(looks),
      url === undefined ? [] : [`[Everything in full](${url}) is kept with the job.`],
    ]),
  };
}

function failed(): string[] {
  return [
    '⛔ **Looking failed tonight**, so whether there is drift is not known. The log of the job says why.',
  ];
}

function missed(looks: readonly Look[]): string[] {
  const hours = hoursMissed(looks);
  return hours === undefined
    ? []
    : [`⚠️ The look before this one was ${hours} hours ago: a nightly run was missed.`];
}

function nights(looks: readonly Look[]): string[] {
  const rows = [...looks].reverse().map((look) => [minute(look.at), foundWords(look)]);
  return ['### The last looks', '', ...table(['When', 'Found'], rows)];
}

function foundWords({ found, assignments, people }: Look): string {
  if (found === 'none') return 'no drift';
  if (found === 'failed') return 'could not look';
  const what = count(assignments, 'assignment', 'assignments');
  return `${what} of ${count(people, 'person', 'people')}`;
}

function sections(drift: Drift, input: DriftIssueInput): string[][] {
  const people = drift.people.map(({ key, name, userId, drifted }) => ({
    ...{ key, userId },
    ...(name === undefined ? {} : { name }),
    ...drifted.map(({ place }) => ({ place }))[0],
  }));
  const labels = labelsFor(input.naming, people);
  const about = [[`**${driftSummary(drift)}**`], [driftNotes(drift).map(escaped).join(' ')]];
  if (drift.people.length === 0) return about;
  return [...about, WHAT_TO_DO, ...bySkill(drift, labels, input), byTeam(drift)];
}

const WHAT_TO_DO = [
  'Put it back with `muster drift --revert`, or take it over into the rosters with `muster drift --adopt`.',
];

interface Row {
  readonly person: DriftedPerson;
  readonly one: Drifted;
}

function bySkill({ people }: Drift, labels: Labels, input: DriftIssueInput): string[][] {
  const groups = new Map<string, Row[]>();
  for (const person of people) {
    for (const one of person.drifted) {
      const name = thing(one);
      groups.set(name, [...(groups.get(name) ?? []), { person, one }]);
    }
  }
  let room = LONGEST;
  return [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, rows]) => {
      const lines = group(name, rows, { labels, input, room });
      room -= lines.join('\n').length;
      return lines;
    });
}

interface Group {
  readonly labels: Labels;
  readonly input: DriftIssueInput;
  /** Characters. */
  readonly room: number;
}

/** Every group is named and counted, however little room is left for its rows. */
function group(name: string, rows: readonly Row[], { labels, input, room }: Group): string[] {
  const title = `### ${escaped(name)} (${rows.length})`;
  if (labels.naming === 'count') return [title];
  let left = room;
  const cells = rows.map(({ person, one }) => [
    who(person, labels),
    values(one, input.proficiency),
    why(one),
  ]);
  const shown = cells.filter((row) => {
    left -= row.join(' | ').length + 6;
    return left > 0;
  });
  const more = rows.length - shown.length;
  return [
    title,
    '',
    ...table(['Who', 'Applied, and now', 'Applied by'], shown),
    ...(more === 0 ? [] : ['', `And ${more} more.`]),
  ];
}

function who({ key, name, userId }: DriftedPerson, labels: Labels): string {
  const label = labels.who({ key, userId, ...(name === undefined ? {} : { name }) });
  return labels.naming === 'email' || labels.naming === 'id' ? code(label) : escaped(label);
}

function values(one: Drifted, told: boolean): string {
  const mark = DRIFT_MARKS[driftKind(one)];
  return told ? `${mark} ${escaped(driftValues(one, '→'))}` : `${mark} ${driftKind(one)}`;
}

function why(one: Drifted): string {
  const history = historyWords(one);
  const contested = one.contested ? `⚠️ ${history}` : history;
  return [code(fileLine(one.place)), ...(history === '' ? [] : [contested])].join(', ');
}

const NO_TEAM = 'in no team';

function byTeam({ people }: Drift): string[] {
  const teams = new Map<string, number>();
  for (const { teams: names, drifted } of people) {
    for (const name of names.length === 0 ? [NO_TEAM] : names)
      teams.set(name, (teams.get(name) ?? 0) + drifted.length);
  }
  const rows = [...teams]
    .sort(([a, x], [b, y]) => y - x || byCodeUnit(a, b))
    .map(([name, number]) => [name === NO_TEAM ? name : escaped(name), String(number)]);
  return ['### By team', '', ...table(['Team', 'Drifted'], rows)];
}
