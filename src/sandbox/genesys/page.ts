/** Pages as Genesys Cloud has them: 25 when nothing is asked, larger ones silently cut, and links to the others. */
import { Refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import type { World } from '../world.ts';

const DEFAULT_SIZE = 25;

export interface Page {
  readonly size: number;
  readonly number: number;
}

export function pageOf(world: World, call: Call): Page {
  const { max } = world.settings.pages;
  const size = Math.min(positive(call, 'pageSize', DEFAULT_SIZE), max);
  return { size, number: positive(call, 'pageNumber', 1) };
}

function positive(call: Call, name: string, fallback: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal(
    400,
    'invalid.query.param.value',
    `Value [${text}] is not valid for parameter [${name}]. Allowable values are: whole numbers from 1`,
  );
}

/** A parameter that may be several, whichever way it is written: repeated, joined by commas, or both. */
export function several(call: Call, name: string): readonly string[] {
  return call.query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** The page of `rows` with everything that stands around it. */
export function listing<T>(
  call: Call,
  { size, number }: Page,
  rows: readonly T[],
  entity: (row: T) => object,
): object {
  const pageCount = Math.ceil(rows.length / size);
  const link = (page: number) => `${call.path}?${withPage(call, page, size)}`;
  const from = (number - 1) * size;
  return {
    entities: rows.slice(from, from + size).map(entity),
    pageSize: size,
    pageNumber: number,
    total: rows.length,
    firstUri: link(1),
    lastUri: link(Math.max(1, pageCount)),
    ...(number < pageCount ? { nextUri: link(number + 1) } : {}),
    ...(number > 1 ? { previousUri: link(number - 1) } : {}),
    selfUri: link(number),
    pageCount,
  };
}

function withPage(call: Call, page: number, size: number): string {
  const query = new URLSearchParams(call.query);
  query.set('pageSize', String(size));
  query.set('pageNumber', String(page));
  return query.toString();
}
