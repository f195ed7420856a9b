/** How many stories of each kind, which, and what is told of them at the end. */
import fc from 'fast-check';
import type { Platform } from '../../src/model/platform.ts';
import { type CloneReport, MEETINGS } from './clones.ts';
import { diceOf } from './dice.ts';
import type { FaultyReport } from './faulty.ts';
import { type KillReport, type KillStory, PHASES, type Phase } from './kill.ts';
import { schedules } from './schedule.ts';
import { WIRES } from './world.ts';

/** Another seed, other stories: `MUSTER_CHAOS_SEED=7 npm run chaos`. */
export const SEED = Number(process.env.MUSTER_CHAOS_SEED ?? 1);

/** Of five stories, which are of what platform; the others are of the Admin API. */
const PLATFORM_OF: Readonly<Record<number, Platform>> = { 1: 'cxone', 3: 'genesys' };

/** With `twice`, every third is killed once more while somebody goes on with it. */
export function killStories(count: number, { twice }: { readonly twice: boolean }): KillStory[] {
  const dice = diceOf(SEED);
  return Array.from({ length: count }, (_, n) => ({
    seed: dice.int(1, 1_000_000),
    platform: PLATFORM_OF[n % 5] ?? 'admin',
    bulk: n % 2 === 0,
    fresh: n % 4 < 2,
    how: dice.chance(0.5) ? 'tree' : 'alone',
    kills: twice && n % 3 === 2 ? 2 : 1,
  }));
}

export function kills(reports: readonly KillReport[]): Phase[] {
  return reports.flatMap(({ phases }) => phases).filter((phase) => phase !== 'too late');
}

export function killReport(reports: readonly KillReport[]): string {
  const phases = kills(reports);
  const sum = (of: (report: KillReport) => number) =>
    reports.reduce((all, one) => all + of(one), 0);
  const fresh = reports.filter(({ story }) => story.fresh).length;
  const tree = reports.filter(({ story }) => story.how === 'tree').length;
  const again = reports.filter(({ rounds }) => rounds > 1).length;
  const broken = reports.filter(({ wrong }) => wrong.length > 0).length;
  return [
    `kills: ${phases.length} in ${reports.length} runs, ${broken} runs went wrong; ${platforms(reports.map(({ story }) => story))}`,
    `  ${PHASES.slice(0, -1)
      .map((phase) => `${phase} ${phases.filter((one) => one === phase).length}`)
      .join(', ')}`,
    `  gone on with from a fresh clone ${fresh}, from the same ${reports.length - fresh}; git killed too ${tree}`,
    `  edits by hand ${sum(({ edits }) => edits)}; started more than once to come to an end ${again}; longest ${Math.round(Math.max(...reports.map(({ ms }) => ms)) / 1000)} s`,
  ].join('\n');
}

export function cloneSeeds(count: number): number[] {
  const dice = diceOf(SEED);
  return Array.from({ length: count }, () => dice.int(1, 1_000_000));
}

export function cloneReport(reports: readonly CloneReport[]): string {
  const met = MEETINGS.map((one) => `${one} ${reports.filter((each) => each.met === one).length}`);
  const broken = reports.filter(({ wrong }) => wrong.length > 0).length;
  return `two clones: ${reports.length} meetings, ${broken} went wrong; the second met: ${met.join(', ')}`;
}

export interface FaultCampaign {
  readonly patient: boolean;
  /** How many of each platform. */
  readonly admin: number;
  readonly genesys: number;
  readonly cxone: number;
}

export function faultSchedules({ patient, admin, genesys, cxone }: FaultCampaign) {
  return [
    ...fc.sample(schedules(patient, WIRES.admin), { numRuns: admin, seed: SEED }),
    ...fc.sample(schedules(patient, WIRES.genesys), { numRuns: genesys, seed: SEED }),
    ...fc.sample(schedules(patient, WIRES.cxone), { numRuns: cxone, seed: SEED }),
  ];
}

export function faultReport(reports: readonly FaultyReport[]): string {
  const sum = (of: (report: FaultyReport) => number) =>
    reports.reduce((all, one) => all + of(one), 0);
  const broken = reports.filter(({ wrong }) => wrong.length > 0).length;
  const hung = reports.filter(({ schedule }) => schedule.hang !== null).length;
  const jobs = reports.filter(({ schedule }) =>
    schedule.faults.some(({ kind }) => kind.startsWith('job-')),
  ).length;
  const partial = reports.filter(({ schedule }) =>
    schedule.faults.some(({ kind }) => kind === 'partial'),
  ).length;
  const ended = reports.filter(({ schedule }) => schedule.tokenEnds !== null).length;
  return [
    `fault schedules: ${reports.length} applies, ${broken} went wrong; ${platforms(reports.map(({ schedule }) => schedule))}`,
    `  faults ${tally(reports.flatMap(({ faults }) => Object.entries(faults).flatMap(([kind, times]) => Array<string>(times).fill(kind))))}; schedules with jobs that hang, vanish, fail, lie or are mute ${jobs}, with rows that fail inside a 200 ${partial}; requests that hang ${hung}; tokens that end ${ended}`,
    `  exit codes ${tally(reports.map(({ code }) => String(code)))}; people ${tally(reports.flatMap(({ outcomes }) => outcomes))}`,
    `  edits by hand ${sum(({ edits }) => edits)}, of people in the window of a write ${sum((one) => one.overtaken)}; longest from gate to write ${Math.max(...reports.map(({ windowMs }) => windowMs))} ms`,
  ].join('\n');
}

function platforms(stories: readonly { readonly platform: Platform }[]): string {
  return `platforms ${tally(stories.map(({ platform }) => platform))}`;
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ') || 'none';
}
