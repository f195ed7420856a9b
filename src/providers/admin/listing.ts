/** Listings by pages, proven complete: totals that agree on every page, and as many different ids as they say. */
import type { PlatformError } from '../../model/error.ts';
import { staged } from '../../model/event.ts';
import { problem } from '../codes.ts';
import { idField, isFields } from '../fields.ts';
import { pooled } from '../pool.ts';
import { isMissingCall, LANES, type Means } from './means.ts';

export type Entity = Readonly<Record<string, unknown>> & { readonly id: string };

interface Page {
  readonly entities: readonly Entity[];
  readonly total: number | undefined;
  readonly pageCount: number | undefined;
}

interface Asked {
  readonly what: 'catalogue' | 'users';
  readonly path: string;
  readonly expand?: string;
}

const READINGS = 3;

function count(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

function malformed(asked: Asked, why: string) {
  return problem('answer-malformed', `A page of ${asked.path} ${why}.`);
}

function entityOf(raw: unknown, asked: Asked): Entity {
  const id = isFields(raw) ? idField(raw, 'id') : undefined;
  if (!isFields(raw) || id === undefined) throw malformed(asked, 'holds an entry without an id');
  return raw.id === id ? (raw as Entity) : { ...raw, id };
}

function readPage(means: Means, asked: Asked, page: number): Promise<Page> {
  const { what } = asked;
  return staged(means.listener, { phase: 'page', what, page }, () => onePage(means, asked, page));
}

async function onePage({ client, assumed }: Means, asked: Asked, page: number): Promise<Page> {
  const { body } = await client.read(asked.path, {
    pageSize: assumed.pageSize,
    pageNumber: page,
    ...(asked.expand === undefined ? {} : { expand: asked.expand }),
  });
  const entities = isFields(body) ? body[assumed.entities] : undefined;
  if (!isFields(body) || !Array.isArray(entities)) throw malformed(asked, 'holds no list');
  return {
    entities: entities.map((entity) => entityOf(entity, asked)),
    total: count(body[assumed.total]),
    pageCount: count(body[assumed.pageCount]),
  };
}

/** How many pages there are, by the first one: the server may give smaller pages than were asked for. */
function pagesOf({ entities, total, pageCount }: Page): number {
  const most = total ?? 0;
  if (pageCount !== undefined && pageCount <= most) return pageCount;
  return entities.length === 0 ? 1 : Math.ceil(most / entities.length);
}

/** The numbers after the first page, for as long as pages bring something new: a total may say anything. */
function* further(pages: number, goingOn: () => boolean): Iterable<number> {
  for (let page = 2; page <= pages && goingOn(); page += 1) yield page;
}

async function readOn(means: Means, asked: Asked, first: Page): Promise<readonly Page[]> {
  const { listener } = means;
  const seen = new Set<string>();
  let done = 0;
  let barren = false;
  const take = (read: Page) => {
    const before = seen.size;
    for (const { id } of read.entities) seen.add(id);
    if (seen.size === before) barren = true;
    done += read.entities.length;
    const total = first.total === undefined ? undefined : { total: first.total };
    listener({ type: 'reading', what: asked.what, done, ...total });
    return read;
  };
  take(first);
  const numbers = further(pagesOf(first), () => !barren);
  const rest = await pooled(numbers, LANES, async (page) =>
    take(await readLater(means, asked, page)),
  );
  return [first, ...rest];
}

/** A call that answered once is there: when it is missing later, the listing broke off. */
async function readLater(means: Means, asked: Asked, page: number): Promise<Page> {
  try {
    return await readPage(means, asked, page);
  } catch (error) {
    throw isMissingCall(error) ? brokeOff(asked, page, error) : error;
  }
}

function brokeOff(asked: Asked, page: number, cause: PlatformError) {
  const { requestId } = cause;
  return problem(
    'listing-incomplete',
    `The listing ${asked.path} broke off: its page ${page} answered ${cause.status}.`,
    { cause, ...(requestId === undefined ? {} : { requestId }) },
  );
}

/** Why the pages are not the whole; undefined when they are proven to be. */
function flaw(pages: readonly Page[]): string | undefined {
  const [first] = pages;
  if (first?.total === undefined) return 'tells no total';
  const { total, pageCount } = first;
  if (pageCount !== undefined && pageCount > Math.max(total, 1))
    return `tells ${total} and ${pageCount} pages of them`;
  const other = pages.find((page) => page.total !== total || page.pageCount !== pageCount);
  if (other) return `tells ${total} on one page and ${other.total ?? 'no total'} on another`;
  const all = pages.flatMap(({ entities }) => entities.map(({ id }) => id));
  const different = new Set(all).size;
  if (different === total && all.length === total) return undefined;
  return `tells ${total} but shows ${all.length}, of which ${different} are different`;
}

/** Re-read while it changes underneath. */
async function readWhole(means: Means, asked: Asked, begun: Page): Promise<readonly Entity[]> {
  let first = begun;
  for (let reading = 1; ; reading += 1) {
    const pages = await readOn(means, asked, first);
    const why = flaw(pages);
    if (why === undefined) return pages.flatMap(({ entities }) => entities);
    // A listing without totals will not grow them.
    if (reading === READINGS || first.total === undefined)
      throw problem('listing-incomplete', `The listing ${asked.path} ${why}.`);
    first = await readLater(means, asked, 1);
  }
}

export interface BegunListing {
  /** How many pages it has, the one that was read included, as far as that one tells. */
  readonly pages: number;
  /** Every entity, once. Throws PlatformError `listing-incomplete`, `answer-malformed` and what the client throws. */
  whole(): Promise<readonly Entity[]>;
}

/** Reads the first page. Throws PlatformError `answer-malformed` and what the client throws. */
export async function beginListing(means: Means, asked: Asked): Promise<BegunListing> {
  const first = await readPage(means, asked, 1);
  return { pages: pagesOf(first), whole: () => readWhole(means, asked, first) };
}
