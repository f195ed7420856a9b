/** Pages as CXone has them: `skip` and `top`, links to the neighbours, and no body at all where there is nothing. */
import { type Answer, json, Refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import type { CxoneWorld } from './world.ts';

const DEFAULT_TOP = 100;
const NOTHING: Answer = { status: 204, headers: {}, body: '' };

export const businessUnitId = 4601;

interface Rows {
  /** What the list is called in the answer. */
  readonly name: string;
  readonly rows: readonly object[];
  readonly more?: object;
}

export function paged(
  { settings }: CxoneWorld,
  call: Call,
  { name, rows, more = {} }: Rows,
): Answer {
  const skip = whole(call, 'skip', 0);
  const top = Math.min(whole(call, 'top', DEFAULT_TOP), settings.pages.max);
  const page = rows.slice(skip, skip + top);
  if (page.length === 0) return NOTHING;
  const link = (from: number) => `${call.origin}${call.path}?${moved(call, from, top)}`;
  const links = {
    self: link(skip),
    ...(skip + top < rows.length ? { next: link(skip + top) } : {}),
    ...(skip > 0 ? { previous: link(Math.max(0, skip - top)) } : {}),
  };
  const fields = chosen(call);
  return json({
    businessUnitId,
    totalRecords: rows.length,
    _links: links,
    ...more,
    [name]: page.map(fields),
  });
}

function whole(call: Call, name: string, fallback: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal(400, 'bad_request', `${name} must be a whole number`);
}

/** A parameter that is true, false, or not there. */
export function flag(call: Call, name: string): boolean | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Refusal(400, 'bad_request', `${name} must be true or false`);
}

/** Whether one of `texts` has the text that is searched for. */
export function isFound(call: Call, texts: readonly string[]): boolean {
  const search = (call.query.get('searchString') ?? '').toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(search));
}

/** The sandbox has no past: it cannot tell who changed since. */
export function refuseSince(call: Call): void {
  if (!call.query.has('updatedSince')) return;
  throw new Refusal(400, 'bad_request', 'updatedSince is not known here');
}

function chosen(call: Call): (row: object) => object {
  const fields = call.query.getAll('fields').flatMap((some) => some.split(','));
  if (fields.length === 0) return (row) => row;
  return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));
}

function moved(call: Call, skip: number, top: number): string {
  const query = new URLSearchParams(call.query);
  query.set('skip', String(skip));
  query.set('top', String(top));
  return query.toString();
}
