/** One org's section: what the pull request does to whom, what it takes first, and what is not its doing folded away. */
import type { Override } from '../../model/guard.ts';
import type { Cause, GuardVerdict } from '../../model/plan.ts';
import type { OrgHeader } from '../../model/review-header.ts';
import { code, escaped } from '../markdown.ts';
import { planNotes } from '../plan/notes.ts';
import { planSummary } from '../summary.ts';
import { count, listed } from '../words.ts';
import { type Alike, alikeOf } from './alike.ts';
import type { Part } from './fit.ts';
import type { PlannedOrg, Sight } from './input.ts';
import { peoplePart } from './people.ts';
import { places } from './places.ts';
import { type Changed, type Split, splitOf } from './split.ts';
import {
  findingsPart,
  guardLines,
  heldPart,
  lossesPart,
  releasedPart,
  upcomingPart,
} from './standing.ts';
import { stateBlock } from './state.ts';
import { plannedLines } from './state-words.ts';
import { folded } from './words.ts';

/** What stays longest is heaviest: whoever loses something, and why a guard says no, before all else. */
const WEIGHT = {
  places: 1,
  upcoming: 2,
  released: 3,
  findings: 4,
  held: 5,
  earlier: 6,
  others: 7,
  losses: 8,
  losing: 9,
  leavers: 10,
  always: 11,
} as const;

export function headerOf({ plan, overrides }: PlannedOrg): OrgHeader {
  const { add, change, remove, people, held } = plan.totals;
  const state = stillRefusing(plan.guards, overrides).length > 0 ? 'refused' : 'planned';
  return { state, orgId: plan.orgId, digest: plan.reviewDigest, add, change, remove, people, held };
}

function stillRefusing(
  verdicts: readonly GuardVerdict[],
  overrides: readonly Override[],
): readonly GuardVerdict[] {
  const allowed = new Set(overrides.map(({ guard }) => guard));
  return verdicts.filter(({ guard, passed }) => !passed && !allowed.has(guard));
}

/** `earlier`: the sections above this one, which it may point to. */
export function sectionParts(sight: Sight, earlier: readonly PlannedOrg[]): Part[] {
  const { plan } = sight.org;
  const split = splitOf(sight.org);
  const alike = alikeOf(split, earlier);
  const mine = alike?.only ?? [...split.leavers, ...split.losing, ...split.others];
  return [
    always(topLines(sight, split)),
    always(guardLines(sight)),
    ...(alike === undefined ? changeParts(sight, split) : alikeParts(sight, alike)),
    lossesPart(sight, WEIGHT.losses),
    heldPart(sight, WEIGHT.held),
    earlierPart(sight, split),
    upcomingPart(sight, WEIGHT.upcoming),
    releasedPart(sight, WEIGHT.released),
    findingsPart(sight, plan.findings, WEIGHT.findings),
    {
      weight: WEIGHT.places,
      ways: [() => places(mine, sight), () => ({ lines: [], whole: true })],
    },
  ];
}

function always(lines: readonly string[]): Part {
  return { weight: WEIGHT.always, ways: [() => ({ lines, whole: true })] };
}

function topLines({ org, input, labels }: Sight, split: Split): string[] {
  const { plan, settings } = org;
  const notes = planNotes(plan)
    .map((note) => escaped(labels.clean(note)))
    .join(' ');
  const changed =
    settings.length === 0
      ? []
      : ['', `⚠️ Settings that this ${input.request} changes: ${settings.map(code).join(', ')}.`];
  return [
    `### ${code(plan.org)}: ${headline(split)}`,
    '',
    `**${planSummary(plan.totals)}**`,
    '',
    notes,
    '',
    stateBlock(plan.org, plannedLines(headerOf(org), input)),
    ...changed,
  ];
}

/** `1 person left the files, 2 people lose skills and 3 people change` */
function headline({ leavers, losing, others }: Split): string {
  const parts = [
    [leavers, 'person left', 'people left', 'the files'],
    [losing, 'person loses', 'people lose', 'skills'],
    [others, 'person changes', 'people change', ''],
  ] as const;
  const told = parts
    .filter(([people]) => people.length > 0)
    .map(([people, one, many, what]) => `${count(people.length, one, many)} ${what}`.trim());
  return told.length === 0 ? 'nothing changes' : listed(told);
}

function changeParts(sight: Sight, { leavers, losing, others }: Split): Part[] {
  const titled = (title: string) => (lines: readonly string[]) => [title, '', ...lines];
  const number = (people: readonly Changed[]) => count(people.length, 'person', 'people');
  return [
    peoplePart(leavers, sight, {
      weight: WEIGHT.leavers,
      framed: titled(
        `⚠️ **Left the files** (${number(leavers)}): what the files had given is taken back`,
      ),
    }),
    peoplePart(losing, sight, {
      weight: WEIGHT.losing,
      framed: titled(`⚠️ **Lose skills** (${number(losing)})`),
    }),
    peoplePart(others, sight, {
      weight: WEIGHT.others,
      framed: titled(
        `**${losing.length + leavers.length > 0 ? 'Also change' : 'Change'}** (${number(others)})`,
      ),
    }),
  ];
}

function alikeParts(sight: Sight, { as, only, missing }: Alike): Part[] {
  const same = `The same changes as in ${code(as.plan.org)}`;
  const there: Sight = { ...sight, org: as };
  if (only.length + missing.length === 0) return [always([`${same}.`])];
  return [
    always([`${same}, with exceptions.`]),
    peoplePart(only, sight, {
      weight: WEIGHT.losing,
      framed: (lines) => ['Only here:', '', ...lines],
    }),
    peoplePart(missing, there, {
      weight: WEIGHT.losing,
      framed: (lines) => [`Only in ${code(as.plan.org)}, not here:`, '', ...lines],
    }),
  ];
}

const WHY: Readonly<Record<Cause, string>> = {
  drift: 'drifted',
  git: 'merged earlier',
  both: 'merged earlier, and drifted',
  schedule: 'by a window',
  first: 'never applied',
};

/** What would be changed without this pull request. */
function earlierPart(sight: Sight, { earlier }: Split): Part {
  const causes = new Map<Cause, number>();
  for (const { cause } of earlier.flatMap(({ changes }) => changes)) {
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  const all = [...causes.values()].reduce((sum, number) => sum + number, 0);
  const why = listed([...causes].sort().map(([cause, number]) => `${number} ${WHY[cause]}`));
  const title = `Not by this ${sight.input.request}: ${count(all, 'change', 'changes')} (${why})`;
  return peoplePart(earlier, sight, {
    weight: WEIGHT.earlier,
    framed: (lines) => folded(title, lines),
  });
}
