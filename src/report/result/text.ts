/** The result of a run for a terminal: whether all went well, who is where, and what to do next. */
import { OUTCOMES, type Outcome, type Result, type UserResult } from '../../model/result.ts';
import { blocks } from '../blocks.ts';
import { heldSections } from '../held.ts';
import { plain } from '../plain.ts';
import { headLines } from '../see.ts';
import { type Page, page, type Style } from '../style.ts';
import { who } from '../words.ts';
import { advice, beside, wrap } from '../wrap.ts';
import { byReason, nextSteps, OUTCOME_WORDS, resultNotes, resultSummary } from './outcome.ts';

/** Ends in a newline. Begins with why the run was stopped, if it was, and else with `resultSummary(result)`. */
export function resultText(result: Result, style: Style): string {
  const on = page(style);
  return blocks([
    stopped(result, on),
    [resultSummary(result), ...resultNotes(result).flatMap((note) => wrap(note, '', on))],
    ...OUTCOMES.map((outcome) => section(outcome, result.users, on)),
    ...heldSections(result.held, on),
    next(result, on),
  ]);
}

function stopped({ stopped: why }: Result, on: Page): string[] {
  if (why === undefined) return [];
  const [head = '', ...below] = headLines({ severity: 'error', code: why.code }, 'errors', on);
  return [`Stopped: ${head}`, ...below, ...advice(why, '  ', on)];
}

function section(outcome: Outcome, all: readonly UserResult[], on: Page): string[] {
  const users = all.filter((user) => user.outcome === outcome);
  if (users.length === 0) return [];
  const word = OUTCOME_WORDS[outcome];
  const title = on.paint.bold(`${word.charAt(0).toUpperCase()}${word.slice(1)} (${users.length})`);
  if (outcome === 'applied' || outcome === 'unchanged') {
    return [title, ...wrap(users.map(who).join(', '), '  ', on)];
  }
  return [title, ...byReason(users).flatMap((group) => reason(group, on))];
}

function reason(users: readonly UserResult[], on: Page): string[] {
  const why = users
    .slice(0, 1)
    .flatMap(({ message = 'No reason was given.', hint }) =>
      advice(hint === undefined ? { message } : { message, hint }, '    ', on),
    );
  return [...users.flatMap((user) => line(user, on)), ...why];
}

function line(user: UserResult, on: Page): string[] {
  const name = `  ${plain(who(user))}`;
  if (user.requestId === undefined) return [name];
  return beside(name, `request ${plain(user.requestId)}`, on);
}

function next(result: Result, on: Page): string[] {
  const steps = nextSteps(result);
  if (steps.length === 0) return [];
  return [on.paint.bold('What to do next'), ...steps.flatMap((step) => wrap(step, '  ', on))];
}
