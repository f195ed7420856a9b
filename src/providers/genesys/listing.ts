/**
 * Listings by pages, proven complete: one total on every page, and as many different entries as it says. What the
 * answers show, not what was asked for, says how long a page is.
 */
import type { Query } from '../../http/options.ts';
import { staged } from '../../model/event.ts';
import { problem } from '../codes.ts';
import { type Fields, idField, isFields } from '../fields.ts';
import { pooled } from '../pool.ts';
import { lanesOf, type Means } from './means.ts';
import { isTooLarge } from './refusals.ts';

export type Entity = Fields & { readonly id: string };

export interface Listing {
  /** Left out: too small a listing to be told of. */
  readonly what?: 'catalogue' | 'users';
  readonly path: string;
  readonly query?: Query;
  /** Entries a page to begin with. */
  readonly size: number;
}

interface Span {
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

export interface Page {
  /** Where its first entry stands in the listing, from 0. */
  readonly from: number;
  readonly entities: readonly Entity[];
  readonly total: number | undefined;
  readonly pageCount: number | undefined;
}

const READINGS = 3;
/** No org is that large: a total beyond it is a fault, and is not paged through. */
const MOST_LISTED = 1_000_000;

function count(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

function malformed({ path }: Listing, why: string) {
  return problem('answer-malformed', `A page of ${path} ${why}.`);
}

function entityOf(raw: unknown, listing: Listing): Entity {
  const id = isFields(raw) ? idField(raw, 'id') : undefined;
  if (!isFields(raw) || id === undefined) throw malformed(listing, 'holds an entry without an id');
  return { ...raw, id };
}

function pageOf(body: unknown, listing: Listing, { page, size }: Span): Page {
  const entities = isFields(body) ? body.entities : undefined;
  if (!isFields(body) || !Array.isArray(entities)) throw malformed(listing, 'holds no list');
  const number = count(body.pageNumber);
  if (number !== undefined && number !== page)
    throw malformed(listing, `is page ${number} where page ${page} was asked for`);
  return {
    from: (page - 1) * size,
    entities: entities.map((entity) => entityOf(entity, listing)),
    total: count(body.total),
    pageCount: count(body.pageCount),
  };
}

/** One page, as it is asked for. Throws what the client throws. */
export async function readPage(means: Means, listing: Listing, span: Span): Promise<Page> {
  const { what, path, query } = listing;
  const ask = async () => {
    const asked = { ...query, pageSize: span.size, pageNumber: span.page };
    return pageOf((await means.client.read(path, asked)).body, listing, span);
  };
  if (what === undefined) return ask();
  return staged(means.listener, { phase: 'page', what, page: span.page }, ask);
}

/** The entries of a page that stand from `from` up to `to`. */
function cut(page: Page, from: number, to: number): Page {
  const start = Math.max(0, from - page.from);
  const entities = page.entities.slice(start, Math.max(start, to - page.from));
  return { ...page, from: page.from + start, entities };
}

/** The page, or the halves of it where it is too large for the platform, and theirs. */
async function readSpan(means: Means, listing: Listing, span: Span): Promise<readonly Page[]> {
  try {
    return [await readPage(means, listing, span)];
  } catch (error) {
    if (!isTooLarge(error) || span.size === 1) throw error;
  }
  const size = Math.floor(span.size / 2);
  const from = (span.page - 1) * span.size;
  const to = from + span.size;
  const parts: Page[] = [];
  for (let page = Math.floor(from / size) + 1; (page - 1) * size < to; page += 1) {
    const read = await readSpan(means, listing, { page, size });
    parts.push(...read.map((part) => cut(part, from, to)));
  }
  return parts;
}

/** The first page, as large as the platform gives it. */
async function readFirst(means: Means, listing: Listing): Promise<Page & { size: number }> {
  for (let { size } = listing; ; size = Math.floor(size / 2)) {
    try {
      return { ...(await readPage(means, listing, { page: 1, size })), size };
    } catch (error) {
      if (!isTooLarge(error) || size === 1) throw error;
    }
  }
}

/** How long pages are, and how many there are, by the first of them. */
function paging({ entities, total = 0, size }: Page & { size: number }) {
  const shown = entities.length;
  if (shown === 0 || shown >= total || total > MOST_LISTED) return { size, pages: 1 };
  return { size: shown, pages: Math.ceil(total / shown) };
}

/** The numbers after the first page, for as long as pages bring something new: a total may say anything. */
function* further(pages: number, goingOn: () => boolean): Iterable<number> {
  for (let page = 2; page <= pages && goingOn(); page += 1) yield page;
}

type First = Awaited<ReturnType<typeof readFirst>>;

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
