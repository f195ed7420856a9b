/** A Genesys Cloud org in a function: answers by method and path, and what it was asked. */
import type { Fetch } from '../../../src/http/exchange.ts';
import type { ClientOptions } from '../../../src/http/options.ts';
import type { Value } from '../../../src/model/assignment.ts';
import type { Org } from '../../../src/model/config.ts';
import { PlatformError } from '../../../src/model/error.ts';
import type { Provider, Write, WriteReport } from '../../../src/model/provider.ts';
import { createGenesys } from '../../../src/providers/genesys/index.ts';
import { rig } from '../../http/support.ts';
import { list } from '../../support/builders.ts';
import { orgOf } from '../admin/support.ts';

export interface Call {
  readonly method: string;
  /** Behind `/api/v2`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** A number is a status, undefined is 404; a Response or an Error as it is, anything else as JSON. */
export type Reply = unknown;

/** An error as the platform words it. */
export function refusal(status: number, code: string, message = 'No.'): Response {
  const body = { message, code, status, contextId: `ctx-${code}`, details: [], errors: [] };
  return Response.json(body, { status });
}

function responseOf(reply: Reply): Response {
  if (reply instanceof Response) return reply;
  if (reply instanceof Error) throw reply;
  if (typeof reply === 'number') return refusal(reply, 'some.code');
  return reply === undefined ? refusal(404, 'not.found') : Response.json(reply);
}

export interface Stand {
  readonly provider: Provider;
  readonly calls: Call[];
  readonly events: ReturnType<typeof rig>['events'];
  readonly clock: ReturnType<typeof rig>['clock'];
}

/** Its pace is written, so that it asks for no limits, unless `settings` say otherwise. */
export function stand(
  answer: (call: Call) => Reply,
  settings: Partial<Org> = {},
  options: Partial<ClientOptions> = {},
): Stand {
  const calls: Call[] = [];
  const fetch: Fetch = async (href, { method, body }) => {
    const { pathname, searchParams } = new URL(href);
    const call = {
      method,
      path: pathname.replace('/api/v2', ''),
      query: searchParams,
      body: body ?? '',
    };
    calls.push(call);
    return responseOf(answer(call));
  };
  const pace = { reads: 60_000, writes: 60_000 };
  const { client, events, clock } = rig({ fetch, retries: { attempts: 2 }, ...options });
  const listener = (event: (typeof events)[number]) => void events.push(event);
  const org = orgOf({ platform: 'genesys', pace, ...settings });
  const means = { org, client, clock, listener, random: () => 0.5, tokens: org.tokens };
  return { provider: createGenesys(means), calls, events, clock };
}

type Values = Readonly<Record<string, Value>>;

export interface Lists {
  readonly skill?: Values;
  readonly language?: Values;
}

export function write(userId: string, before: Lists, after: Lists): Write {
  const of = ({ skill, language }: Lists) => list(skill, language);
  return { userId, before: of(before), after: of(after) };
}

export async function sent(provider: Provider, ...batch: Write[]): Promise<WriteReport[]> {
  await provider.turn();
  const reports: WriteReport[] = [];
  for await (const report of provider.write(batch)) reports.push(report);
  return reports;
}

/** A page of a listing, by what was asked for, or smaller. */
export function pageOf(
  all: readonly unknown[],
  { query }: Pick<Call, 'query'>,
  most = Number.POSITIVE_INFINITY,
) {
  const pageSize = Math.min(Number(query.get('pageSize') ?? 25), most);
  const pageNumber = Number(query.get('pageNumber') ?? 1);
  const entities = all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const pageCount = Math.max(1, Math.ceil(all.length / pageSize));
  return { entities, pageSize, pageNumber, total: all.length, pageCount };
}

export interface PersonWords {
  readonly id: string;
  readonly state?: string;
  /** Undefined: the listing does not show it. */
  readonly skills?: readonly unknown[];
  readonly languages?: readonly unknown[];
}

export function person({ id, state = 'active', skills, languages }: PersonWords) {
  const shown = { ...(skills && { skills }), ...(languages && { languages }) };
  const email = `${id.toUpperCase()}@example.com`;
  return { id, name: `Person ${id}`, email, username: email, state, version: 1, ...shown };
}

export const entry = (id: string, proficiency: unknown = 3, more: object = {}) => ({
  id,
  name: `Name of ${id}`,
  proficiency,
  state: 'active',
  skillUri: `/api/v2/routing/skills/${id}`,
  selfUri: '/x',
  ...more,
});

export const EMPTY = { skills: [], languages: [] } as const;
export const keyOf = (id: string) => `${id}@example.com`;
export const range = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

/** The error that work ends with. */
export async function failing(work: Promise<unknown>): Promise<PlatformError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  throw new Error('Nothing failed.');
}

export interface OrgWords {
  /** Of any state: the listing shows those that are asked for. */
  readonly people: readonly ReturnType<typeof person>[];
  /** Entries by user id: what the own lists show. */
  readonly skills?: Readonly<Record<string, readonly unknown[]>>;
  readonly languages?: Readonly<Record<string, readonly unknown[]>>;
  readonly catalogue?: {
    readonly skills?: readonly unknown[];
    readonly languages?: readonly unknown[];
  };
  /** The longest page it gives. */
  readonly most?: number;
}

/** An org that answers every read as it should. */
export function orgAnswering(words: OrgWords): (call: Call) => Reply {
  const { people, catalogue = {}, most } = words;
  return (call) => {
    const { path, query } = call;
    if (path === '/routing/skills') return pageOf(catalogue.skills ?? [], call, most);
    if (path === '/routing/languages') return pageOf(catalogue.languages ?? [], call, most);
    if (path !== '/users') return ownPage(words, call);
    const found = people.filter((one) => isAskedFor(one, query));
    return pageOf(query.has('expand') ? found : found.map(bare), call, most);
  };
}

function ownPage({ people, most, ...lists }: OrgWords, call: Call): Reply {
  const [, id, kind] = /^\/users\/([^/]+)\/routing(skills|languages)$/.exec(call.path) ?? [];
  if (id === undefined || !people.some((one) => one.id === id)) return undefined;
  return pageOf(lists[kind as 'skills' | 'languages']?.[id] ?? [], call, most);
}

function isAskedFor({ id, state }: ReturnType<typeof person>, query: URLSearchParams): boolean {
  const wanted = query.get('state') ?? 'active';
  const ids = query.getAll('id');
  return (wanted === 'any' || state === wanted) && (ids.length === 0 || ids.includes(id));
}

function bare({ skills: _skills, languages: _languages, ...rest }: Record<string, unknown>) {
  return rest;
}
