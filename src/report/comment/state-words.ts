/** What a section says of its state: in a line, and where it went wrong who, why, and how to go on. */

import type { Result } from '../../model/result.ts';
import type { OrgHeader } from '../../model/review-header.ts';
import { heldTables } from '../held-markdown.ts';
import { code, escaped, person, table } from '../markdown.ts';
import { isTrouble, nextSteps, OUTCOME_WORDS, resultSummary } from '../result/outcome.ts';

/** Of a section that was just planned: whether it will be applied. */
export function plannedLines(
  { state, add, change, remove }: Pick<OrgHeader, 'state' | 'add' | 'change' | 'remove'>,
  { request }: { readonly request: string },
): string[] {
  if (state === 'refused') return [`⛔ **Refused**: it cannot be applied as it is.`];
  if (add + change + remove === 0) return ['There is nothing to apply.'];
  return [`Planned. Nothing is written before this ${request} is merged.`];
}

/** `url` leads to the job that does it. */
export function applyingLines(run: string | undefined, url: string | undefined): string[] {
  const name = run === undefined ? '' : ` Run ${code(run)}.`;
  return [`⏳ **Being applied.**${name}${job(url)}`];
}

export function outdatedLines(head: string): string[] {
  return [
    `🕓 **Outdated**: there is a newer commit, ${code(head.slice(0, 12))}, which is not planned yet.`,
  ];
}

export function refusedLines(reason: string, url: string | undefined): string[] {
  return [`⛔ **Not applied**: ${escaped(reason)}${job(url)}`];
}

/** `result` as its readers may see it. Everybody who did not reach the plan is named. */
export function resultLines(result: Result, url: string | undefined): string[] {
  const summary = escaped(resultSummary(result));
  const run = result.run === null ? '' : ` Run ${code(result.run)}.`;
  if (!isPartly(result)) return [`✅ **${summary}**${run}${job(url)}`];
  const rows = result.users
    .filter(isTrouble)
    .map((user) => [
      person(user),
      `${OUTCOME_WORDS[user.outcome]}${user.message === undefined ? '' : `: ${escaped(user.message)}`}`,
      user.hint === undefined ? '' : escaped(user.hint),
    ]);
  const { stopped } = result;
  const why =
    stopped === undefined
      ? []
      : ['', `Stopped (${code(stopped.code)}): ${escaped(stopped.message)}`];
  const steps = [...nextSteps(result), ...held(result)].map((step) => `- ${escaped(step)}`);
  return [
    `⚠️ **Partly applied.** ${summary}${run}${job(url)}`,
    ...why,
    '',
    ...table(['Who', 'What became of it', 'What to do'], rows),
    ...heldTables(result.held).flatMap((lines) =>
      lines.length === 0 ? [] : ['', ...lines.map(smaller)],
    ),
    ...(steps.length === 0 ? [] : ['', 'How to go on:', '', ...steps]),
  ];
}

export function isPartly({ users, held: back, stopped }: Result): boolean {
  return stopped !== undefined || back.length > 0 || users.some(isTrouble);
}

function held({ held: back }: Result): string[] {
  return back.length === 0 ? [] : ['Held: do what stands beside each, then plan and apply again.'];
}

function smaller(line: string): string {
  return line.startsWith('### ') ? `#${line}` : line;
}

function job(url: string | undefined): string {
  return url === undefined ? '' : ` [The job](${url})`;
}
