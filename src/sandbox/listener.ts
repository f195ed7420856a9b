/** One request from the first byte to the last: read, logged, delayed, answered, delivered with its fault. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keyed } from '../model/assignment.ts';
import type { Answer } from './answer.ts';
import { problem } from './answer.ts';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import { pause } from './clock.ts';
import type { Wire } from './delivery.ts';
import { deliver } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Service } from './gate.ts';
import { respond } from './gate.ts';
import type { LoggedRequest, RequestLog } from './requests.ts';

export interface Desk {
  readonly service: Service;
  /** The calls under `/_sandbox/`: never logged, limited, delayed or struck by a fault. */
  readonly control: Service;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly latencyMs: number;
  readonly closed: AbortSignal;
}

const CONTROL = '/_sandbox';
const LARGEST_BODY = 32 * 1024 * 1024;

export function listener(desk: Desk): (request: IncomingMessage, response: ServerResponse) => void {
  let received = 0;
  return (request, response) => {
    received += 1;
    const given = request.headers['x-request-id'];
    const wire: Wire = {
      response,
      requestId: typeof given === 'string' ? given : `sandbox-${received}`,
      pause: (ms) => pause(desk.clock, ms, desk.closed),
    };
    take(desk, wire, request).catch((error: unknown) => fail(wire, error));
  };
}

/** A fault of the sandbox itself, or a client that went away while it was being read. */
function fail(wire: Wire, error: unknown): void {
  const { response } = wire;
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end(`The sandbox failed: ${String(error)}`);
}

async function take(desk: Desk, wire: Wire, request: IncomingMessage): Promise<void> {
  const body = await readBody(request);
  const call = callOf(request, body ?? '');
  if (call.path.startsWith(`${CONTROL}/`) || call.path === CONTROL) {
    await deliver(wire, respond(desk.control, call, desk.clock.now()).answer);
    return;
  }
  const entry = desk.log.begin(call, desk.clock.now(), wire.requestId);
  try {
    entry.status = await serve(desk, wire, { call, entry, tooLarge: body === undefined });
  } finally {
    desk.log.end(entry);
  }
}

interface Incoming {
  readonly call: Call;
  readonly entry: LoggedRequest;
  readonly tooLarge: boolean;
}

async function serve(desk: Desk, wire: Wire, incoming: Incoming): Promise<number | null> {
  const { call, entry } = incoming;
  if (!(await wire.pause(desk.latencyMs))) return null;
  if (incoming.tooLarge) return deliver(wire, TOO_LARGE);
  const early = desk.faults.draw('before', call);
  if (early !== undefined) {
    entry.fault = early.kind;
    return deliver(wire, UNANSWERED, early);
  }
  const { answer, tokenName } = respond(desk.service, call, desk.clock.now());
  entry.tokenName = tokenName;
  const late = answer.status < 400 ? desk.faults.draw('after', call) : undefined;
  if (late !== undefined) entry.fault = late.kind;
  return deliver(wire, answer, late);
}

/** Stands where a fault leaves no answer to be delivered. */
const UNANSWERED: Answer = { status: 500, headers: {}, body: '' };

const TOO_LARGE: Answer = problem({
  status: 413,
  code: 'body.too.large',
  message: 'The body is too large',
});

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

function callOf(request: IncomingMessage, body: string): Call {
  const target = request.url ?? '/';
  const at = target.indexOf('?');
  const search = at < 0 ? '' : target.slice(at + 1);
  return {
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
