/**
 * The one comment of a pull request. Pure: the same values give the same bytes. Its invariant: it is no longer than the
 * limit, and says so where it does not name every change.
 */
import { keyed } from '../../model/assignment.ts';
import type { OrgHeader, ReviewHeader } from '../../model/review-header.ts';
import { blocks } from '../blocks.ts';
import { code, escaped } from '../markdown.ts';
import { type Labels, labelsFor, type Somebody } from '../people/labels.ts';
import { peopleIn } from '../people/masked.ts';
import { count, listed } from '../words.ts';
import { type Fit, fitted, type Part } from './fit.ts';
import type { CommentInput, PlannedOrg, Sight } from './input.ts';
import { reviewMarker } from './marker.ts';
import { headerOf, sectionParts } from './section.ts';
import { findingsPart } from './standing.ts';

export interface Comment {
  /** Begins with the marker. */
  readonly body: string;
  readonly review: ReviewHeader;
}

const FINDINGS = 10;
const ALWAYS = 11;
/** Room for a marker that says of itself that it is truncated, and for the line that says so to people. */
const SPARE = 200;

export function comment(input: CommentInput): Comment {
  const sights = input.planned.map((org): Sight => ({ org, labels: labelsOf(org, input), input }));
  const orgs = keyed(
    input.planned.map((org): [string, OrgHeader] => [org.plan.org, headerOf(org)]),
  );
  const parts = [
    always(topLines(input)),
    ...sights.flatMap((sight, at) => sectionParts(sight, input.planned.slice(0, at))),
    ...unplannedParts(input),
  ];
  const whole: ReviewHeader = { v: 1, head: input.head, truncated: false, orgs };
  const fixed = reviewMarker(whole).length + footer(input, true).join('\n').length + SPARE;
  const shown = fitted(parts, fitOf(input, fixed));
  const truncated = shown.some((one) => !one.whole);
  const review = { ...whole, truncated };
  const body = blocks([
    [reviewMarker(review)],
    ...shown.map(({ lines }) => trimmed(lines)),
    footer(input, truncated),
  ]);
  return { body, review };
}

function always(lines: readonly string[]): Part {
  return { weight: ALWAYS, ways: [() => ({ lines, whole: true })] };
}

function fitOf({ limit, unit }: CommentInput, fixed: number): Fit {
  if (unit === 'characters')
    return { limit: limit - fixed, size: (text) => text.length, widest: 1 };
  const encoder = new TextEncoder();
  return { limit: limit - fixed * 3, size: (text) => encoder.encode(text).length, widest: 3 };
}

/** Everybody whom the files or the plan speak of, so that nobody is told by accident. */
export function labelsOf(
  { plan, head, base }: PlannedOrg,
  { naming }: Pick<CommentInput, 'naming'>,
): Labels {
  const files = [...(base?.users.values() ?? []), ...head.users.values()];
  const named = files.map(
    ({ key, name, place }): Somebody => ({
      ...{ key, place },
      ...(name === undefined ? {} : { name }),
    }),
  );
  return labelsFor(naming, [...named, ...peopleIn(plan)]);
}

function topLines({ planned, unplanned, findings, request }: CommentInput): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) {
    return [
      `## ⛔ Skills: ${count(errors, 'error', 'errors')} in the files`,
      '',
      'Nothing can be planned before they are mended.',
    ];
  }
  if (planned.length + unplanned.length === 0) {
    return ['## Skills: nothing changes', '', `This ${request} changes no org's desired state.`];
  }
  const names = [...planned.map(({ plan }) => plan.org), ...unplanned.map(({ org }) => org)];
  if (names.length === 1) return ['## Skills'];
  return [`## Skills in ${listed(names.map(code))}`];
}

function unplannedParts(input: CommentInput): Part[] {
  const lines = input.unplanned.flatMap(({ org, why }) => [
    `### ${code(org)}: not planned`,
    '',
    `⛔ ${escaped(why)}`,
    '',
  ]);
  if (input.findings.length === 0) return [always(lines)];
  const nobody = labelsFor(input.naming, []);
  const sight = { labels: nobody, input } as Pick<Sight, 'labels' | 'input'>;
  return [always(lines), findingsPart(sight, input.findings, FINDINGS)];
}

function footer({ planUrl, planned }: CommentInput, truncated: boolean): string[] {
  const link = planUrl === undefined ? '' : ` [The full plan](${planUrl})`;
  if (truncated) {
    return [
      `⛔ **Not everything is shown: it does not fit.**${link} A part that nobody can see does not count as reviewed.`,
    ];
  }
  return link === '' || planned.length === 0 ? [] : [`${link.trim()} is kept with the job.`];
}

/** Without empty lines at its ends. */
function trimmed(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line !== '');
  const to = lines.findLastIndex((line) => line !== '');
  return from < 0 ? [] : lines.slice(from, to + 1);
}
