/** An Admin API in a function: answers by method and path, and what it was asked. */

import type { Fetch } from '../../../src/http/exchange.ts';
import { keyed, NO_ASSIGNMENTS, type Value } from '../../../src/model/assignment.ts';
import type { Org } from '../../../src/model/config.ts';
import { DEFAULT_GUARDS } from '../../../src/model/guard.ts';
import type { Provider, Write, WriteReport } from '../../../src/model/provider.ts';
import { createAdmin } from '../../../src/providers/admin/index.ts';
import { rig } from '../../http/support.ts';

export function orgOf(settings: Partial<Org> = {}): Org {
  return {
    name: 'acme',
    platform: 'admin',
    place: { file: 'muster.yaml', line: 3, col: 3 },
    rosters: [],
    ownership: 'listed',
    levels: keyed(),
    timeZone: 'UTC',
    bulk: 'auto',
    bulkFormat: 'json',
    bulkChunk: 100,
    bulkThreshold: 3,
    pace: {},
    tokens: 1,
    propagate: { traceparent: true, tracestate: true, baggage: true },
    guards: DEFAULT_GUARDS,
    formerly: {},
    drift: { ignore: { users: [], skills: [] } },
    ledger: {},
    assumptions: keyed(),
    ...settings,
  };
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly type: string | null;
}

/** A number is a status; a text goes as it is; anything else as JSON; undefined is 404. */
export type Reply = unknown;

export interface Stand {
  readonly provider: Provider;
  readonly calls: Call[];
  readonly events: ReturnType<typeof rig>['events'];
  readonly clock: ReturnType<typeof rig>['clock'];
}

function responseOf(reply: Reply): Response {
  if (reply instanceof Response) return reply;
  if (reply instanceof Error) throw reply;
  if (typeof reply === 'number') return new Response('{"message":"No."}', { status: reply });
  if (typeof reply === 'string') return new Response(reply);
  return reply === undefined ? responseOf(404) : Response.json(reply);
}

export function stand(answer: (call: Call) => Reply, settings: Partial<Org> = {}): Stand {
  const calls: Call[] = [];
  const fetch: Fetch = async (href, { method, headers, body }) => {
    const url = new URL(href);
    const call: Call = {
      method,
      path: url.pathname.replace('/api/v2/admin', ''),
      query: url.searchParams,
      body: body ?? '',
      type: new Headers(headers).get('content-type'),
    };
    calls.push(call);
    return responseOf(answer(call));
  };
  const { client, events, clock } = rig({ fetch, retries: { attempts: 2 } });
  const listener = (event: (typeof events)[number]) => void events.push(event);
  const org = orgOf(settings);
  const provider = createAdmin({ org, client, clock, listener, random: () => 0.5 });
  return { provider, calls, events, clock };
}

export function write(userId: string, skills: Readonly<Record<string, Value>> = {}): Write {
  const after = { ...NO_ASSIGNMENTS, skill: keyed(Object.entries(skills)) };
  return { userId, before: NO_ASSIGNMENTS, after };
}

export async function sent(provider: Provider, ...batch: Write[]): Promise<WriteReport[]> {
  await provider.turn();
  const reports: WriteReport[] = [];
  for await (const report of provider.write(batch)) reports.push(report);
  return reports;
}

/** A page of a listing. */
export function page(entities: readonly unknown[], total = entities.length, more: object = {}) {
  return { entities, total, ...more };
}
