/** One page of a listing, or the halves of it where it is too large: what the platform gives, not what was asked for. */
import type { Query } from '../../http/options.ts';
import { staged } from '../../model/event.ts';
import { problem } from '../codes.ts';
import { type Fields, idField, isFields } from '../fields.ts';
import type { Means } from './means.ts';
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
export async function readSpan(
  means: Means,
  listing: Listing,
  span: Span,
): Promise<readonly Page[]> {
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

/** The first page, and the size it was asked for at last. */
export type First = Page & { readonly size: number };

/** The first page, as large as the platform gives it. */
export async function readFirst(means: Means, listing: Listing): Promise<First> {
  for (let { size } = listing; ; size = Math.floor(size / 2)) {
    try {
      return { ...(await readPage(means, listing, { page: 1, size })), size };
    } catch (error) {
      if (!isTooLarge(error) || size === 1) throw error;
    }
  }
}
