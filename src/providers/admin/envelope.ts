/** What an answer says around a list's entries: how many there are, and whether it shows them all. Doubt is a reason. */
import { type Json, keyed } from '../../model/assignment.ts';
import { type Fields, field, isFields } from '../fields.ts';
import type { Assumptions } from './assumptions.ts';

export interface Envelope {
  readonly entries: readonly Json[];
  readonly total?: number;
  readonly pageCount?: number;
  readonly pageNumber?: number;
  readonly pageSize?: number;
  /** Why there may be more than all of this says; the pages before the last one may well say so. */
  readonly more?: string;
}

/** Why an answer proves nothing. */
export interface Doubt {
  readonly why: string;
}

/** Longer lists are a fault of the answer, not of the user. */
const MOST_PAGES = 100;
/** Deep enough for `meta.pagination.next`. */
const DEPTH = 3;

const MORE =
  /^(next.*|.*nextlink|has_?more|has_?next.*|more|more_?available|(end_?)?cursor|after|continuation.*|(is_?)?truncated|partial|incomplete)$/i;
const COUNT = /^(count|total|total_?(count|elements|items|results|hits|size|records))$/i;
const PAGES = /^(pages|page_?count|total_?pages)$/i;

const ERROR = /^errors?$/i;

function isSet(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A field that says that the entries shown are not all, by whatever name an API may give it. */
function moreIn(fields: Fields, shown: number, depth = DEPTH): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    if (MORE.test(name) && isSet(value)) return `The answer tells of more entries (\`${name}\`).`;
    if (typeof value === 'number' && COUNT.test(name) && value !== shown)
      return `The list shows ${shown} of ${value} entries.`;
    if (typeof value === 'number' && PAGES.test(name) && value > 1)
      return `The list is one of ${value} pages.`;
    const inner = isFields(value) && depth > 1 ? moreIn(value, shown, depth - 1) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A field that says that something went wrong, or that holds a second list of skills beside the one that is read. */
function amiss(fields: Fields, assumed: Assumptions, depth = DEPTH): string | undefined {
  const isEntry = (entry: Json) =>
    isFields(entry) && (field(entry, assumed.skillId) ?? field(entry, assumed.proficiency)) != null;
  for (const [name, value] of Object.entries(fields)) {
    if (ERROR.test(name) && isSet(value)) return `The answer tells of an error (\`${name}\`).`;
    if (Array.isArray(value) && value.some(isEntry))
      return `The answer holds a second list (\`${name}\`).`;
    const inner = isFields(value) && depth > 1 ? amiss(value, assumed, depth - 1) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function counts(raw: Fields, names: Readonly<Record<Count, string>>): Counts | Doubt {
  const found: { [K in Count]?: number } = {};
  for (const key of COUNTS) {
    const value = field(raw, names[key]);
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      return { why: `The answer has a \`${names[key]}\` that is no number.` };
    found[key] = value as number;
  }
  return found;
}

const COUNTS = ['total', 'pageCount', 'pageNumber', 'pageSize'] as const;
type Count = (typeof COUNTS)[number];
type Counts = Pick<Envelope, Count>;

/** The list in an answer: `{skills: []}`, `{entities: []}` or the bare array. */
export function envelopeOf(raw: unknown, assumed: Assumptions): Envelope | Doubt {
  if (Array.isArray(raw)) return { entries: raw };
  if (!isFields(raw)) return { why: 'The answer holds no list.' };
  const { skills, entities, total, pageCount } = assumed;
  const name = field(raw, skills) === undefined ? entities : skills;
  const entries = field(raw, name);
  if (!Array.isArray(entries)) return { why: 'The answer holds no list.' };
  const names = { total, pageCount, pageNumber: 'pageNumber', pageSize: 'pageSize' };
  const told = counts(raw, names);
  if ('why' in told) return told;
  const known = new Set([name, ...Object.values(names)]);
  const rest = keyed(Object.entries(raw).filter(([each]) => !known.has(each)));
  const why = amiss(rest, assumed);
  if (why !== undefined) return { why };
  const more = moreIn(rest, entries.length);
  return { entries, ...told, ...(more === undefined ? {} : { more }) };
}

/** How many pages there are, by the first of them. */
export function pagesOf(first: Envelope): { readonly pages: number } | Doubt {
  const { entries, total, pageCount, pageNumber, pageSize } = first;
  if ((pageNumber ?? 1) !== 1) return { why: `The answer shows page ${pageNumber} of the list.` };
  const byTotal =
    total === undefined || entries.length === 0 ? 1 : Math.ceil(total / entries.length);
  const pages = Math.max(1, pageCount ?? byTotal);
  if (pages > MOST_PAGES) return { why: `The list is said to have ${pages} pages.` };
  const counted = total !== undefined || pageCount !== undefined;
  const paged = pageNumber !== undefined || pageSize !== undefined;
  // A page that is not full is the last one.
  if (paged && !counted && entries.length >= (pageSize ?? 0))
    return { why: 'The answer shows a page and does not tell how many there are.' };
  return { pages };
}
