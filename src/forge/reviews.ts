/** What was reviewed: the pull requests behind commits, with what their comments vouch for, and what they do not. */
import type { Forge, ForgeRequest } from '../model/forge.ts';
import type { OrgHeader } from '../model/review-header.ts';
import { findReview, type ReviewComment } from './upsert.ts';

/** A merged pull request. */
export interface Merged {
  readonly request: ForgeRequest;
  /** Its comment; undefined when there is none that counts as muster's. */
  readonly found: ReviewComment | undefined;
  /** The pull request's own commits, the oldest first; a trailer of one of them was there to be reviewed. */
  readonly commits: readonly { readonly commit: string; readonly message: string }[];
}

/** Each once, in the order of their numbers. `into`: only those merged into this branch. */
export async function mergedBehind(
  forge: Forge,
  commits: readonly string[],
  into?: string,
): Promise<Merged[]> {
  const found = new Map<number, ForgeRequest>();
  for (const commit of commits) {
    for (const request of await forge.mergedWith(commit)) {
      if (into === undefined || request.base.branch === into) found.set(request.number, request);
    }
  }
  const merged: Merged[] = [];
  for (const request of [...found.values()].sort((a, b) => a.number - b.number)) {
    const { number } = request;
    merged.push({
      request,
      found: await findReview(forge, number),
      commits: await forge.commitsOf(number),
    });
  }
  return merged;
}

/** What the comment vouches for of one org, or why it does not: a clause. */
export type Vouched = { readonly header: OrgHeader } | { readonly why: string };

export function vouchedFor(
  { request, found }: Merged,
  org: { readonly name: string; readonly orgId: string | null },
): Vouched {
  if (found === undefined) return { why: 'it has no comment of muster' };
  const { comment, review } = found;
  if (comment.edited) return { why: 'somebody has edited its comment' };
  if (review.truncated) return { why: 'its comment does not show every change' };
  if (review.head !== request.head) return { why: 'commits were added after its plan' };
  const header = review.orgs[org.name];
  if (header === undefined) return { why: `its comment shows no plan of ${org.name}` };
  if (header.orgId !== org.orgId) return { why: 'its plan was made for another tenant' };
  if (header.state === 'outdated') return { why: 'its plan is of an earlier commit' };
  return { header };
}
