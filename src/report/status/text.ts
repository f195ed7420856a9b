/**
 * How an org stands, for whoever is called at night: people in doubt first, then skills that are short of people, then
 * the command to type; everything else after that.
 */
import type { Paused } from '../../model/ledger.ts';
import { blocks } from '../blocks.ts';
import type { RunLine } from '../history/history.ts';
import { countsText, endText, minute } from '../history/words.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { count } from '../words.ts';
import { wrap } from '../wrap.ts';
import {
  type Covered,
  type Doubtful,
  isUnder,
  type OpenPerson,
  type Reads,
  type Status,
} from './status.ts';

/** So many names are shown; `--format json` has them all. */
const MOST = 20;

/** Ends in a newline. */
export function statusText(status: Status, style: Style): string {
  const on = page(style);
  return blocks([
    [head(status, on)],
    doubt(status, on),
    coverage(status, on),
    next(status, on),
    run(status, on),
    paused(status, on),
    standing(status, on),
    open(status, on),
  ]);
}

function head({ org, platform, at, calm, ledger }: Status, on: Page): string {
  const word = calm ? on.paint.green('calm') : on.paint.yellow('not calm');
  const where = `${plain(org)} (${platform}) at ${minute(at)}`;
  if (ledger) return `${where}: ${word}`;
  return `${where}: there is no ledger, for this folder is not in a git repository with a commit.`;
}

function doubt({ doubt: people, ledger }: Status, on: Page): string[] {
  if (people.length === 0) return ledger ? ['Nobody is in doubt.'] : [];
  const title = `In doubt: ${count(people.length, 'person', 'people')}`;
  return [
    on.paint.bold(on.paint.yellow(title)),
    ...readsLine(people, on),
    ...listed(people, doubtLine),
  ];
}

const READS: Readonly<Record<Reads, string>> = {
  'as-planned': 'reads as planned',
  'as-before': 'reads as before',
  neither: 'reads as neither',
  unread: 'could not be read',
};

function readsLine(people: readonly Doubtful[], on: Page): string[] {
  const counts = Object.entries(READS).flatMap(([reads, words]) => {
    const number = people.filter((person) => person.reads === reads).length;
    return number === 0
      ? []
      : [`${number} ${words.replace('reads', number === 1 ? 'reads' : 'read')}`];
  });
  return counts.length === 0 ? [] : wrap(`${counts.join(', ')}.`, '  ', on);
}

function doubtLine({ userId, key, since, reads }: Doubtful): string {
  const id = userId === null ? '' : `  ${userId}`;
  const now = reads === undefined ? '' : `  ${READS[reads]}`;
  return `  ${plain(key)}${plain(id)}  since ${since.includes('T') ? minute(since) : since}${now}`;
}

function listed<T>(people: readonly T[], line: (person: T) => string): string[] {
  const lines = people.slice(0, MOST).map(line);
  if (people.length > MOST) lines.push(`  and ${people.length - MOST} more (--format json)`);
  return lines;
}

function coverage({ coverage: all, uncounted, unread }: Status, on: Page): string[] {
  const under = all.filter(isUnder);
  const notes = [
    ...(unread === undefined ? [] : [`Live lists were not read: ${unread}`]),
    ...(uncounted > 0
      ? [
          `Not counted: ${count(uncounted, 'active person', 'active people')} whose list is not known.`,
        ]
      : []),
  ].flatMap((note) => wrap(note, '', on));
  if (all.length === 0) return notes;
  if (under.length === 0)
    return [`Every skill has its coverage (${all.length} looked at).`, ...notes];
  const title = on.paint.bold(on.paint.yellow('Skills under their coverage now'));
  return [title, ...under.map((line) => `  ${plain(coverLine(line))}`), ...notes];
}

function coverLine({ skill, atLeast, needed, holders }: Covered): string {
  const what = atLeast === undefined ? skill : `${skill} at ${atLeast} or better`;
  if (holders === null) return `${what}: the platform has no such skill, and ${needed} are needed`;
  return `${what}: ${holders} of ${needed} needed`;
}

function next({ next: command }: Status, on: Page): string[] {
  return [`Next: ${on.paint.bold(command)}`];
}

function run({ run: begun }: Status, on: Page): string[] {
  if (begun === null) return [];
  const { id, kind, by, people, undecided, undoes } = begun;
  const undone = undoes === undefined ? '' : `, which undoes ${undoes},`;
  const text = `${kind} ${id}${undone} was begun by ${by} at ${minute(begun.begun)} and has not ended: ${count(people, 'person', 'people')}, ${undecided} of them undecided.`;
  const other = `If it is no longer at work, --resume goes on with it, muster apply --take-over leaves it, and muster rollback ${id} undoes it.`;
  return [on.paint.bold('A run is under way'), ...wrap(text, '  ', on), ...wrap(other, '  ', on)];
}

function paused({ paused: why }: Status, on: Page): string[] {
  if (why === null) return [];
  return [on.paint.bold('Paused'), ...wrap(pauseText(why), '  ', on)];
}

function pauseText({ by, at, reason }: Paused): string {
  return `By ${by} since ${minute(at)}: ${reason}`;
}

const RELATIONS = {
  same: 'which is the commit at hand',
  ahead: 'and the commit at hand is ahead of it',
  apart: 'which is not among the ancestors of the commit at hand',
  unknown: 'and this clone is too shallow to tell how the commit at hand relates to it',
} as const;

const ALL_STAND = 'everybody stands at what was applied';

function standing({ ledger, last, applied, head: at }: Status, on: Page): string[] {
  if (!ledger) return [];
  const lines = [
    last === null ? 'No run has ended yet.' : `Last run: ${lastText(last)}`,
    applied === null
      ? 'Nothing has been applied to the whole org yet.'
      : `Applied: ${applied.commit.slice(0, 12)} on ${applied.day}, ${RELATIONS[at?.relation ?? 'unknown']}.`,
  ];
  return lines.flatMap((line) => wrap(line, '', on));
}

function lastText(line: RunLine): string {
  const { id, kind, by, begun } = line;
  return `${kind} ${id} by ${by} at ${minute(begun)}, ${endText(line)}: ${countsText(line)}.`;
}

function open({ open: people, ledger, applied }: Status, on: Page): string[] {
  if (people.length === 0) {
    if (!ledger) return [];
    return [applied === null ? 'Nobody is open.' : `Nobody is open: ${ALL_STAND}.`];
  }
  const title = on.paint.bold(`Open (not verified at what was applied): ${people.length}`);
  return [
    title,
    ...listed(people, (person) => `  ${plain(person.key)}  ${plain(whyText(person))}`),
  ];
}

function whyText(person: OpenPerson): string {
  switch (person.why) {
    case 'rolled-back':
      return `rolled back (run ${person.run} was undone), until the files change`;
    case 'in-doubt':
      return `in doubt since ${person.since}`;
    case 'in-part':
      return `applied on ${person.since}, but not yet in all that the files say`;
    case 'uncommitted':
      return `applied on ${person.since} from files that are in no commit`;
    case 'never-verified':
      return 'never verified';
    case 'verified-apart':
      return `verified at ${person.commit.slice(0, 12)} on ${person.day}`;
  }
}
