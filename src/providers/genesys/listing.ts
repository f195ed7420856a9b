/**
 * Listings by pages, proven complete: one total on every page, and as many different entries as it says. What the
 * answers show, not what was asked for, says how long a page is.
 */
import { problem } from '../codes.ts';
import { pooled } from '../pool.ts';
import { lanesOf, type Means } from './means.ts';
import { type Entity, type First, type Listing, type Page, readFirst, readSpan } from './page.ts';

const READINGS = 3;
/** No org is that large: a total beyond it is a fault, and is not paged through. */
const MOST_LISTED = 1_000_000;

/** How long pages are, and how many there are, by the first of them. */
function paging({ entities, total = 0, size }: First) {
  const shown = entities.length;
  if (shown === 0 || shown >= total || total > MOST_LISTED) return { size, pages: 1 };
  return { size: shown, pages: Math.ceil(total / shown) };
}

/** The numbers after the first page, for as long as pages bring something new: a total may say anything. */
function* further(pages: number, goingOn: () => boolean): Iterable<number> {
  for (let page = 2; page <= pages && goingOn(); page += 1) yield page;
}

async function readOn(means: Means, listing: Listing, first: First): Promise<readonly Page[]> {
  const { listener } = means;
  const { size, pages } = paging(first);
  const seen = new Set<string>();
  let done = 0;
  let barren = false;
  const take = (read: readonly Page[]) => {
    const before = seen.size;
    for (const { entities } of read) for (const { id } of entities) seen.add(id);
    barren ||= seen.size === before;
    done += read.reduce((sum, { entities }) => sum + entities.length, 0);
    const total = first.total === undefined ? {} : { total: first.total };
    if (listing.what !== undefined)
      listener({ type: 'reading', what: listing.what, done, ...total });
    return read;
  };
  take([first]);
  const rest = await pooled(
    further(pages, () => !barren),
    lanesOf(means),
    async (page) => take(await readSpan(means, listing, { page, size })),
  );
  return [first, ...rest.flat()];
}

/** Why the pages are not the whole; undefined when they are proven to be. */
function flaw(pages: readonly Page[]): string | undefined {
  const [first] = pages;
  if (first?.total === undefined) return 'tells no total';
  const { total, pageCount = 0, entities } = first;
  if (pageCount > Math.max(1, Math.ceil(total / Math.max(1, entities.length))))
    return `tells ${total} and ${pageCount} pages of them`;
  const other = pages.find((page) => page.total !== total);
  if (other) return `tells ${total} on one page and ${other.total ?? 'no total'} on another`;
  const all = pages.flatMap((page) => page.entities.map(({ id }) => id));
  const different = new Set(all).size;
  if (different === total && all.length === total) return undefined;
  return `tells ${total} but shows ${all.length}, of which ${different} are different`;
}

interface Whole {
  /** Every entry, once. */
  readonly entities: readonly Entity[];
  /** How many answers they came in. */
  readonly pages: number;
}

/** Read again while it changes underneath. */
async function readWhole(means: Means, listing: Listing, begun: First): Promise<Whole> {
  let first = begun;
  for (let reading = 1; ; reading += 1) {
    const pages = await readOn(means, listing, first);
    const why = flaw(pages);
    if (why === undefined)
      return { entities: pages.flatMap(({ entities }) => entities), pages: pages.length };
    // A listing without totals will not grow them.
    if (reading === READINGS || first.total === undefined)
      throw problem('listing-incomplete', `The listing ${listing.path} ${why}.`);
    first = await readFirst(means, listing);
  }
}

export interface BegunListing {
  /** How many pages it has, the one that was read included, and how many entries, as far as that one tells. */
  readonly pages: number;
  readonly total: number | undefined;
  /** Throws PlatformError `listing-incomplete`, `answer-malformed` and what the client throws. */
  whole(): Promise<Whole>;
}

/** Reads the first page. Throws PlatformError `answer-malformed` and what the client throws. */
export async function beginListing(means: Means, listing: Listing): Promise<BegunListing> {
  const first = await readFirst(means, listing);
  const { pages } = paging(first);
  return { pages, total: first.total, whole: () => readWhole(means, listing, first) };
}
