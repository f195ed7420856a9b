/** Moves the sections of comments on: what a run is doing, or did, to the plan that was reviewed there. */

import { problem } from '../../forge/codes.ts';
import { findReview, type ReviewComment } from '../../forge/upsert.ts';
import type { Forge } from '../../model/forge.ts';
import type { ReportSettings } from '../../model/report-settings.ts';
import type { Result } from '../../model/result.ts';
import type { OrgHeader, ReviewState } from '../../model/review-header.ts';
import { mayFollow, moved } from '../../report/comment/state.ts';
import {
  applyingLines,
  isPartly,
  outdatedLines,
  refusedLines,
  resultLines,
} from '../../report/comment/state-words.ts';
import { maskedResult } from '../../report/people/masked.ts';

/** What an org's section shall say from now on. */
export interface Step {
  readonly org: string;
  readonly state: ReviewState;
  readonly run?: string;
  readonly lines: readonly string[];
}

export interface StepWords {
  /** Of the job. */
  readonly url: string | undefined;
  readonly reason: string;
}

export function stepTo(
  state: 'applying' | 'refused',
  org: string,
  { url, reason }: StepWords,
): Step {
  const lines = state === 'applying' ? applyingLines(undefined, url) : refusedLines(reason, url);
  return { org, state, lines };
}

export function stepOf(
  result: Result,
  { report, url }: { readonly report: ReportSettings; readonly url: string | undefined },
): Step {
  const { org, run } = result;
  const naming = report.comment;
  const lines = resultLines(maskedResult(result, naming), url);
  const state = isPartly(result) ? 'partly-applied' : 'applied';
  return { org, state, lines, ...(run === null ? {} : { run }) };
}

/** How many sections of the comment were moved on. */
export async function moveOn(
  forge: Forge,
  number: number,
  steps: readonly Step[],
): Promise<number> {
  const found = await findReview(forge, number);
  return found === undefined ? 0 : moveFrom(forge, { number, found }, steps);
}

/** The orgs whose plan is of another commit than the newest: which that is, the forge is asked, and no late job is believed. */
export async function outdate(forge: Forge, number: number, only?: string): Promise<string[]> {
  const { state, head } = await forge.requestOf(number);
  const found = await findReview(forge, number);
  if (state !== 'open' || found === undefined || found.review.head === head) return [];
  const orgs = Object.entries(found.review.orgs)
    .filter(
      ([org, { state: now }]) => mayFollow(now, 'outdated') && [org, undefined].includes(only),
    )
    .map(([org]) => org);
  const steps = orgs.map((org): Step => ({ org, state: 'outdated', lines: outdatedLines(head) }));
  const moves = await moveFrom(forge, { number, found }, steps);
  return moves === 0 ? [] : orgs.sort();
}

async function moveFrom(
  forge: Forge,
  { number, found }: { readonly number: number; readonly found: ReviewComment },
  steps: readonly Step[],
): Promise<number> {
  let { comment, review } = found;
  let moves = 0;
  for (const step of steps) {
    const before = review.orgs[step.org];
    if (before === undefined || !mayFollow(before.state, step.state)) continue;
    const after = headerAfter(before, step);
    const body = moved(comment.body, review, { org: step.org, review: after, lines: step.lines });
    if (body === undefined) continue;
    comment = { ...comment, body };
    review = { ...review, orgs: { ...review.orgs, [step.org]: after } };
    moves += 1;
  }
  if (moves === 0 || comment.body === found.comment.body) return moves;
  const edited = await forge.editComment(number, comment.id, comment.body);
  if (edited === undefined) throw problem('forge-not-found', 'The comment was deleted meanwhile.');
  return moves;
}

function headerAfter({ run: _run, ...before }: OrgHeader, { state, run }: Step): OrgHeader {
  return { ...before, state, ...(run === undefined ? {} : { run }) };
}

/** So many commits are looked behind: further back everything has been told long ago. */
export const MOST_COMMITS = 50;

/** The merged pull requests behind `commits`, newest first, whose comment does not say yet that the org was applied. */
export async function waitingFor(
  forge: Forge,
  commits: readonly string[],
  org: string,
): Promise<number[]> {
  const seen = new Map<number, ReviewComment | undefined>();
  const waiting: number[] = [];
  for (const commit of commits) {
    for (const { number } of await forge.mergedWith(commit)) {
      if (seen.has(number)) continue;
      const found = await findReview(forge, number);
      seen.set(number, found);
      const state = found?.review.orgs[org]?.state;
      if (state === 'applied') return waiting;
      if (state !== undefined) waiting.push(number);
    }
  }
  return waiting;
}
