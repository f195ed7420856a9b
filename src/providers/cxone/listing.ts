/**
 * Listings by `skip` and `top`, proven complete: one total on every page, and as many different rows as it says. How long
 * a page is the first answer shows, whatever was asked for.
 */
import { PlatformError } from '../../model/error.ts';
import { type Listed, staged } from '../../model/event.ts';
import { problem } from '../codes.ts';
import { type Fields, field, isFields } from '../fields.ts';
import { pooled } from '../pool.ts';
import { number } from './list.ts';
import { LANES, type Means } from './means.ts';

export interface Listing {
  /** Left out: too small a listing to be told of. */
  readonly what?: Listed;
  readonly path: string;
  /** The field that holds the rows. */
  readonly rows: string;
  /** What tells rows apart; undefined for a row that has no id. */
  readonly keyOf: (row: Fields) => string | undefined;
}

interface Page {
  readonly rows: readonly Fields[];
  readonly total: number | undefined;
  /** How many agents it says are hidden. */
  readonly hidden: number;
}

export interface Whole {
  /** Every row, once. */
  readonly rows: readonly Fields[];
  readonly hidden: number;
}

const READINGS = 3;

function malformed({ path }: Listing, why: string) {
  return problem('answer-malformed', `A page of ${path} ${why}.`);
}

function rowsIn(body: Fields, listing: Listing, total: number | undefined): Fields[] {
  const rows = field(body, listing.rows) ?? null;
  if (rows === null && total === 0) return [];
  if (!Array.isArray(rows)) throw malformed(listing, 'holds no list');
  return rows.map((row) => {
    if (isFields(row) && listing.keyOf(row) !== undefined) return row;
    throw malformed(listing, 'holds a row without an id');
  });
}

/** No body at all (204) is how the platform may tell of an empty list. */
function pageOf(body: unknown, listing: Listing, { assumed }: Means): Page {
  if (body === undefined) return { rows: [], total: 0, hidden: 0 };
  if (!isFields(body)) throw malformed(listing, 'holds no list');
  const total = number(field(body, assumed.total));
  const hidden = field(body, assumed.hidden) ?? 0;
  // What is no number is no promise that nobody is hidden.
  return { rows: rowsIn(body, listing, total), total, hidden: number(hidden) ?? 1 };
}

interface Span {
  readonly page: number;
  readonly skip: number;
  /** Left out: as many as the platform gives by itself. */
  readonly top: number | undefined;
}

async function readPage(means: Means, listing: Listing, span: Span): Promise<Page> {
  const { path, what } = listing;
  const { page, skip, top } = span;
  const ask = async () => {
    const query = top === undefined ? { skip } : { skip, top };
    return pageOf((await means.client.read(path, query)).body, listing, means);
  };
  if (what === undefined) return ask();
  return staged(means.listener, { phase: 'page', what, page }, ask);
}

type First = Page & Pick<Span, 'top'>;

/** The most that may be asked for is not documented: where so much is refused, the platform decides. */
async function readFirst(means: Means, listing: Listing): Promise<First> {
  const top = Number(means.assumed.pageSize);
  try {
    return { ...(await readPage(means, listing, { page: 1, skip: 0, top })), top };
  } catch (error) {
    if (!(error instanceof PlatformError) || error.status !== 400) throw error;
    const first = await readPage(means, listing, { page: 1, skip: 0, top: undefined });
    return { ...first, top: undefined };
  }
}

/** Takes pages in, tells of them, and knows when one has brought nothing new. */
function collecting({ listener }: Means, listing: Listing, total: number | undefined) {
  const seen = new Set<string>();
  const pages: Page[] = [];
  let done = 0;
  let barren = false;
  return {
    pages,
    get done() {
      return done;
    },
    get barren() {
      return barren;
    },
    take(page: Page) {
      const before = seen.size;
      for (const row of page.rows) seen.add(listing.keyOf(row) as string);
      barren ||= seen.size === before;
      done += page.rows.length;
      pages.push(page);
      const { what } = listing;
      if (what !== undefined)
        listener({ type: 'reading', what, done, ...(total === undefined ? {} : { total }) });
    },
  };
}

/** All pages as long as the first, several at a time. */
async function readAlong(means: Means, listing: Listing, first: First): Promise<readonly Page[]> {
  const { total = 0, top } = first;
  const size = first.rows.length;
  const collected = collecting(means, listing, first.total);
  collected.take(first);
  function* further(): Iterable<Span> {
    if (size === 0) return;
    for (let page = 2; (page - 1) * size < total && !collected.barren; page += 1)
      yield { page, skip: (page - 1) * size, top };
  }
  await pooled(further(), LANES, async (span) => {
    collected.take(await readPage(means, listing, span));
  });
  return collected.pages;
}

/** One page after the other, each from where the one before it ended. */
async function readInTurn(means: Means, listing: Listing, first: First): Promise<readonly Page[]> {
  const { total = 0, top } = first;
  const collected = collecting(means, listing, first.total);
  collected.take(first);
  for (let page = 2; collected.done < total && !collected.barren; page += 1)
    collected.take(await readPage(means, listing, { page, skip: collected.done, top }));
  return collected.pages;
}

/** Why the pages are not the whole; undefined when they are proven to be. */
function flaw(pages: readonly Page[], { keyOf }: Listing): string | undefined {
  const total = pages[0]?.total;
  if (total === undefined) return 'tells no total';
  const other = pages.find((page) => page.total !== total);
  if (other) return `tells ${total} on one page and ${other.total ?? 'no total'} on another`;
  const keys = pages.flatMap(({ rows }) => rows.map(keyOf));
  const different = new Set(keys).size;
  if (different === total && keys.length === total) return undefined;
  return `tells ${total} but shows ${keys.length}, of which ${different} are different`;
}

/** Read again while it changes underneath, or when its pages are not all as long as the first. */
async function readWhole(means: Means, listing: Listing, begun: First): Promise<Whole> {
  let first = begun;
  for (let reading = 1; ; reading += 1) {
    const read = reading === 1 ? readAlong : readInTurn;
    const pages = await read(means, listing, first);
    const why = flaw(pages, listing);
    if (why === undefined) {
      const hidden = Math.max(...pages.map((page) => page.hidden));
      return { rows: pages.flatMap(({ rows }) => rows), hidden };
    }
    // A listing without totals will not grow them.
    if (reading === READINGS || first.total === undefined)
      throw problem('listing-incomplete', `The listing ${listing.path} ${why}.`);
    first = await readFirst(means, listing);
  }
}

export interface BegunListing {
  /** How many pages it has, the one that was read included, as far as that one tells. */
  readonly pages: number;
  readonly hidden: number;
  /** Throws PlatformError `listing-incomplete`, `answer-malformed` and what the client throws. */
  whole(): Promise<Whole>;
}

/** Reads the first page. Throws PlatformError `answer-malformed` and what the client throws. */
export async function beginListing(means: Means, listing: Listing): Promise<BegunListing> {
  const first = await readFirst(means, listing);
  const { rows, total = 0, hidden } = first;
  const pages = rows.length === 0 ? 1 : Math.ceil(total / rows.length);
  return { pages, hidden, whole: () => readWhole(means, listing, first) };
}
