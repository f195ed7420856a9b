/**
 * The comment as a small state machine: what an org's section says became of its plan. Its invariant: what was applied is
 * never said to be merely planned again, however late a slower job comes.
 */
import type { OrgHeader, ReviewHeader, ReviewState } from '../../model/review-header.ts';
import { reviewMarker } from './marker.ts';

const NEXT: Readonly<Record<ReviewState, readonly ReviewState[]>> = {
  planned: ['planned', 'refused', 'outdated', 'applying', 'applied', 'partly-applied'],
  refused: ['planned', 'refused', 'outdated', 'applying', 'applied', 'partly-applied'],
  outdated: ['planned', 'refused', 'outdated', 'applying', 'applied', 'partly-applied'],
  applying: ['applying', 'applied', 'partly-applied', 'refused'],
  'partly-applied': ['applying', 'applied', 'partly-applied', 'refused'],
  applied: ['applying', 'applied', 'partly-applied'],
};

export function mayFollow(from: ReviewState, to: ReviewState): boolean {
  return NEXT[from].includes(to);
}

/** Whether anything of it was written, or is about to be. */
export function isBegun({ state }: Pick<OrgHeader, 'state'>): boolean {
  return state === 'applying' || state === 'applied' || state === 'partly-applied';
}

/** The lines of one state, between two marks by which they are found again. */
export function stateBlock(org: string, lines: readonly string[]): string {
  return [openMark(org), ...lines, closeMark(org)].join('\n');
}

export interface Move {
  readonly org: string;
  readonly review: OrgHeader;
  /** What the section says of it from now on, as Markdown. */
  readonly lines: readonly string[];
}

/** `body` with its first line and the block of the org as they are now; undefined where it has no such block. */
export function moved(
  body: string,
  before: ReviewHeader,
  { org, review, lines }: Move,
): string | undefined {
  const from = body.indexOf(openMark(org));
  const to = body.indexOf(closeMark(org), from);
  if (from < 0 || to < 0) return undefined;
  const marker = reviewMarker({ ...before, orgs: { ...before.orgs, [org]: review } });
  const rest =
    body.slice(0, from) + stateBlock(org, lines) + body.slice(to + closeMark(org).length);
  return marker + rest.slice(rest.indexOf('\n'));
}

function openMark(org: string): string {
  return `<!-- muster:state ${org} -->`;
}

function closeMark(org: string): string {
  return `<!-- muster:end ${org} -->`;
}
