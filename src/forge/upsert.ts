/** The one comment of a pull request: found, changed where it stands or posted anew, and left alone where nothing changed. */
import type { Forge, ForgeComment } from '../model/forge.ts';
import type { ReviewHeader } from '../model/review-header.ts';
import { readReview } from '../report/comment/marker.ts';

/** A comment of muster's own, with what its marker says. */
export interface ReviewComment {
  readonly comment: ForgeComment;
  readonly review: ReviewHeader;
}

export interface Posted {
  readonly did: 'added' | 'edited' | 'unchanged' | 'nothing';
  readonly comment?: ForgeComment;
}

/** By author and marker, and not minimized; the newest where there are several. */
export async function findReview(forge: Forge, number: number): Promise<ReviewComment | undefined> {
  const found = (await forge.comments(number)).flatMap((comment): ReviewComment[] => {
    const review = comment.mine && !comment.hidden ? readReview(comment.body) : undefined;
    return review === undefined ? [] : [{ comment, review }];
  });
  return found.at(-1);
}

export interface Posting {
  readonly body: string;
  readonly posting: 'edit' | 'anew';
  /** Whether it is worth a comment where there is none yet. */
  readonly worth: boolean;
}

export async function post(
  forge: Forge,
  at: { readonly number: number; readonly found: ReviewComment | undefined },
  { body, posting, worth }: Posting,
): Promise<Posted> {
  const { number, found } = at;
  if (found === undefined) {
    if (!worth) return { did: 'nothing' };
    return { did: 'added', comment: await forge.addComment(number, body) };
  }
  const { comment } = found;
  if (same(comment.body, body) && !comment.edited) return { did: 'unchanged', comment };
  if (posting === 'edit') {
    const edited = await forge.editComment(number, comment.id, body);
    if (edited !== undefined) return { did: 'edited', comment: edited };
  } else await forge.deleteComment(number, comment.id);
  return { did: 'added', comment: await forge.addComment(number, body) };
}

/** Forges hand back other line breaks, and no white space at the end. */
function same(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(a) === plain(b);
}
