/** The history of an org for a terminal: one line a run, and below it what was overridden; or one run, person by person. */
import { canonical, type Value } from '../../model/assignment.ts';
import { blocks } from '../blocks.ts';
import { pad, widest } from '../columns.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { MARKS, thing } from '../words.ts';
import { wrap } from '../wrap.ts';
import type { History, RunChange, RunDetail, RunLine, RunPerson } from './history.ts';
import { countsText, endText, minute } from './words.ts';

/** Ends in a newline. */
export function historyText({ org, runs, more }: History, style: Style): string {
  const on = page(style);
  if (runs.length === 0) return `The ledger of ${plain(org)} has no runs yet.\n`;
  const by = widest(runs.map((run) => plain(run.by)));
  const older = more ? [on.paint.dim('There are older ones: --limit N shows more.')] : [];
  return blocks([runs.flatMap((run) => runLines(run, by, on)), older]);
}

function runLines(run: RunLine, width: number, on: Page): string[] {
  const head = [
    on.paint.bold(pad(plain(run.id), 22)),
    pad(run.kind, 8),
    minute(run.begun),
    pad(plain(run.by), width),
    ending(run, on),
    countsText(run),
  ].join('  ');
  return [head, ...notes(run).flatMap((note) => wrap(note, '    ', on).map(on.paint.dim))];
}

function ending(run: RunLine, on: Page): string {
  const text = endText(run);
  return text === 'finished' ? text : on.paint.yellow(plain(text));
}

function notes({ undoes, overrides, stopped }: RunLine): string[] {
  return [
    ...(undoes === undefined ? [] : [`undoes ${undoes}`]),
    ...overrides.map(({ guard, reason }) => `allowed ${guard}: ${reason}`),
    ...(stopped === undefined ? [] : [`stopped: ${stopped.message}`]),
  ];
}

/** Ends in a newline. */
export function runText({ run, users }: RunDetail, style: Style): string {
  const on = page(style);
  const { point } = run;
  const files = point.tree === undefined ? '' : ', with uncommitted changes';
  const ended = run.ended === null ? '' : `, ended ${minute(run.ended)}`;
  const head = [
    on.paint.bold(`${run.kind} ${run.id}: ${endText(run)}, ${countsText(run)}`),
    `Begun ${minute(run.begun)} by ${plain(run.by)}${ended}.`,
    `Files of ${point.commit.slice(0, 12)} on ${point.day}${files}.`,
    ...notes(run).flatMap((note) => wrap(note, '', on)),
  ];
  return blocks([head, ...users.map((user) => personLines(user, on))]);
}

function personLines({ key, outcome, changes }: RunPerson, on: Page): string[] {
  const told = outcome ?? 'not known';
  const paint = outcome === 'applied' || outcome === 'unchanged' ? on.paint.green : on.paint.yellow;
  const width = widest(changes.map((change) => plain(thing(change))));
  const lines = changes.map(
    (change) =>
      `  ${MARKS[change.action]} ${pad(plain(thing(change)), width)}  ${plain(ends(change))}`,
  );
  return [`${on.paint.bold(plain(key))}  ${paint(told)}`, ...lines];
}

function ends({ before, after }: RunChange): string {
  return `${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: Value | undefined): string {
  if (value === undefined) return 'none';
  return typeof value === 'number' ? String(value) : canonical(value);
}
