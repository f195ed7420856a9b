/** The result of a run for a pull request's comment: the first line, then whoever did not reach the plan. */
import type { Result, UserResult } from '../../model/result.ts';
import { blocks } from '../blocks.ts';
import { heldTables } from '../held-markdown.ts';
import { code, escaped, person, table, titled } from '../markdown.ts';
import { isTrouble, nextSteps, OUTCOME_WORDS, resultNotes, resultSummary } from './outcome.ts';

export function resultMarkdown(result: Result): string {
  return blocks([
    stopped(result),
    [resultSummary(result)],
    [resultNotes(result).map(escaped).join(' ')],
    table(['Who', 'Outcome', 'Why'], result.users.filter(isTrouble).map(row)),
    ...heldTables(result.held),
    titled(
      'What to do next',
      nextSteps(result).map((step) => `- ${escaped(step)}`),
    ),
  ]);
}

function stopped({ stopped: why }: Result): string[] {
  if (why === undefined) return [];
  const hint = why.hint === undefined ? '' : ` ${escaped(why.hint)}`;
  return [`Stopped (${code(why.code)}): ${escaped(why.message)}${hint}`];
}

function row(user: UserResult): string[] {
  const { outcome, message, hint, requestId } = user;
  const why = [
    ...(message === undefined ? [] : [escaped(message)]),
    ...(hint === undefined ? [] : [escaped(hint)]),
    ...(requestId === undefined ? [] : [`Request ${code(requestId)}`]),
  ];
  return [person(user), OUTCOME_WORDS[outcome], why.join(' ')];
}
