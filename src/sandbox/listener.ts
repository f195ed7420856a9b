/** One request from the first byte to the last: read, logged, delayed, answered, delivered with its fault. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keyed } from '../model/assignment.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import { pause } from './clock.ts';
import type { Wire } from './delivery.ts';
import { deliver } from './delivery.ts';
import type { AnswerFault, Faults } from './faults.ts';
import type { Service } from './gate.ts';
import { respond } from './gate.ts';
import type { Exchange } from './options.ts';
import { outage } from './outage.ts';
import { HOST } from './port.ts';
import type { LoggedRequest, RequestLog } from './requests.ts';

export interface Desk {
  /** One for each platform that is served; at least one. */
  readonly services: readonly [Service, ...Service[]];
  /** The calls under `/_sandbox/`: never logged, limited, delayed or struck by a fault. */
  readonly control: Service;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly latencyMs: number;
  readonly watch: (exchange: Exchange) => void;
  readonly closed: AbortSignal;
}

const CONTROL = '/_sandbox';
const LARGEST_BODY = 32 * 1024 * 1024;

export function listener(desk: Desk): (request: IncomingMessage, response: ServerResponse) => void {
  let received = 0;
  return (request, response) => {
    received += 1;
    const wire: Wire = { response, pause: (ms) => pause(desk.clock, ms, desk.closed) };
    take({ desk, wire, n: received }, request).catch((error: unknown) => fail(wire, error));
  };
}

/** A fault of the sandbox itself, or a client that went away while it was being read. */
function fail(wire: Wire, error: unknown): void {
  const { response } = wire;
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end(`The sandbox failed: ${String(error)}`);
}

interface Turn {
  readonly desk: Desk;
  readonly wire: Wire;
  /** Counts the requests from 1. */
  readonly n: number;
}

async function take({ desk, wire, n }: Turn, request: IncomingMessage): Promise<void> {
  const body = await readBody(request);
  const call = callOf(request, body ?? '', n);
  if (call.path.startsWith(`${CONTROL}/`) || call.path === CONTROL) {
    await deliver(wire, respond(desk.control, call, desk.clock.now()).answer);
    return;
  }
  const service = serviceFor(desk, call);
  const entry = desk.log.begin(call, desk.clock.now(), service.dialect.requestId(call));
  try {
    const incoming = { call, service, entry, tooLarge: body === undefined };
    entry.status = await serve(desk, wire, incoming);
  } finally {
    desk.log.end(entry);
  }
}

function serviceFor({ services }: Desk, { path }: Call): Service {
  const claimed = services.find(({ claims }) => claims.some((claim) => path.startsWith(claim)));
  return claimed ?? services[0];
}

interface Incoming {
  readonly call: Call;
  readonly service: Service;
  readonly entry: LoggedRequest;
  readonly tooLarge: boolean;
}

async function serve(desk: Desk, wire: Wire, incoming: Incoming): Promise<number | null> {
  const { call, service, entry } = incoming;
  const { dialect } = service;
  if (!(await wire.pause(desk.latencyMs))) return null;
  const say = (answer: Answer, fault?: AnswerFault) => {
    if (fault !== undefined) entry.fault = fault.kind;
    const isStatus = fault?.kind === 'status';
    const said = isStatus ? outage(dialect, call, fault) : answer;
    const headers = { ...dialect.headers(call), ...said.headers };
    desk.watch({ call, answer: { ...said, headers }, ...(fault === undefined ? {} : { fault }) });
    return deliver(wire, { ...said, headers }, isStatus ? undefined : fault);
  };
  if (incoming.tooLarge) return say(dialect.problem(dialect.tooLarge(), call));
  const early = desk.faults.draw('before', call);
  if (early !== undefined) return say(UNANSWERED, early);
  const { answer, tokenName } = respond(service, call, desk.clock.now());
  entry.tokenName = tokenName;
  return say(answer, answer.status < 400 ? desk.faults.draw('after', call) : undefined);
}

/** Stands where a fault leaves no answer to be delivered. */
const UNANSWERED: Answer = { status: 500, headers: {}, body: '' };

/** The body as text; undefined when it is too large, and then read to its end all the same. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size <= LARGEST_BODY ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function callOf(request: IncomingMessage, body: string, n: number): Call {
  const target = request.url ?? '/';
  const at = target.indexOf('?');
  const search = at < 0 ? '' : target.slice(at + 1);
  return {
    n,
    origin: `http://${request.headers.host ?? HOST}`,
    method: request.method ?? 'GET',
    path: at < 0 ? target : target.slice(0, at),
    search,
    query: new URLSearchParams(search),
    headers: keyed(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const),
    ),
    body,
  };
}
