/** One user's own list, proven whole: every page of it, agreeing with each other. A page is never taken for the list. */
import { canonical, type Json } from '../../model/assignment.ts';
import type { OwnList } from '../../model/live.ts';
import { unproven } from '../fields.ts';
import type { Assumptions } from './assumptions.ts';
import { type Envelope, envelopeOf, pagesOf } from './envelope.ts';
import { readEntries } from './list.ts';

/** Asks for one page; without a query for what the platform gives at first. */
export type Ask = (query?: {
  readonly pageSize: number;
  readonly pageNumber: number;
}) => Promise<unknown>;

/** What the pages say, when the last of them says that it is the last. */
function settled(
  entries: readonly Json[],
  { more, total }: Envelope,
  assumed: Assumptions,
): OwnList {
  if (total !== undefined && total !== entries.length)
    return unproven(`The list shows ${entries.length} of ${total} entries.`);
  return more === undefined ? readEntries(entries, assumed) : unproven(more);
}

/** A list that came inside another answer, so that its further pages have no address. */
export function readList(raw: unknown, assumed: Assumptions): OwnList {
  const only = envelopeOf(raw, assumed);
  if ('why' in only) return unproven(only.why);
  const paging = pagesOf(only);
  if ('why' in paging) return unproven(paging.why);
  if (paging.pages > 1)
    return unproven(`The answer shows one page of ${paging.pages} of the list.`);
  return settled(only.entries, only, assumed);
}

/** Why a further page does not belong to the first. */
function misfit(page: Envelope, first: Envelope, at: { page: number; pages: number }) {
  if ((page.pageNumber ?? at.page) !== at.page)
    return `Asked for page ${at.page} of the list, the platform shows another page.`;
  if (page.total !== first.total || page.pageCount !== first.pageCount)
    return 'One page of the list tells of another number of entries or pages than the first.';
  if (page.entries.length === 0) return `The list has a gap: page ${at.page} is empty.`;
  if (at.page < at.pages && page.entries.length !== first.entries.length)
    return `The list has a gap: page ${at.page} is not as long as the first.`;
  return undefined;
}

/** The pages after the first, or why they are none. Throws what asking throws. */
async function furtherPages(ask: Ask, assumed: Assumptions, { first, pages }: Begun) {
  const shown = first.entries.length;
  const { pageSize = shown } = first;
  if (pages > 1 && (shown === 0 || shown < pageSize))
    return 'The list has a gap: its first page is not full, and not the last.';
  const further: Envelope[] = [];
  for (let page = 2; page <= pages; page += 1) {
    const next = envelopeOf(await ask({ pageSize, pageNumber: page }), assumed);
    if ('why' in next) return next.why;
    const why = misfit(next, first, { page, pages });
    if (why !== undefined) return why;
    further.push(next);
  }
  return further;
}

interface Begun {
  readonly first: Envelope;
  readonly pages: number;
}

interface Reading {
  readonly list: OwnList;
  readonly pages: number;
}

async function readOnce(ask: Ask, assumed: Assumptions): Promise<Reading> {
  const doubt = (why: string): Reading => ({ list: unproven(why), pages: 1 });
  const answer = await ask();
  if (Array.isArray(answer) && answer.length === 0)
    return doubt('The answer is empty, and does not say that it is the list.');
  const first = envelopeOf(answer, assumed);
  if ('why' in first) return doubt(first.why);
  const paging = pagesOf(first);
  if ('why' in paging) return doubt(paging.why);
  const { pages } = paging;
  const further = await furtherPages(ask, assumed, { first, pages });
  if (typeof further === 'string') return doubt(further);
  const all = [first, ...further];
  const entries = all.flatMap((page) => page.entries);
  return { list: settled(entries, all.at(-1) ?? first, assumed), pages };
}

/**
 * A list in several pages is read twice: an entry that moves from one page to another meanwhile is on neither, and
 * nothing in the pages would tell. Throws what asking throws.
 */
export async function readPages(ask: Ask, assumed: Assumptions): Promise<OwnList> {
  const { list, pages } = await readOnce(ask, assumed);
  if (!list.proven || pages === 1) return list;
  const again = await readOnce(ask, assumed);
  return canonical(again.list) === canonical(list)
    ? list
    : unproven('The list changed while its pages were read.');
}
