/** Puts an answer on the wire: whole, or the way a fault wants it. */
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { AnswerFault } from './faults.ts';

export interface Wire {
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Waits; false when the sandbox closed meanwhile. */
  pause(ms: number): Promise<boolean>;
}

/** Resolves to the status that was sent; null when the connection was torn down instead. */
export async function deliver(
  wire: Wire,
  answer: Answer,
  fault?: AnswerFault,
): Promise<number | null> {
  switch (fault?.kind) {
    case undefined:
      return send(wire, answer);
    case 'status':
      return send(wire, faultAnswer(fault));
    case 'empty':
      return send(wire, { ...answer, status: 200, body: '' });
    case 'reset-before':
    case 'reset-after':
      wire.response.socket?.resetAndDestroy();
      return null;
    case 'truncated': {
      const { first } = start(wire, answer);
      wire.response.write(first, () => wire.response.socket?.destroy());
      return answer.status;
    }
    case 'slow': {
      const { first, rest } = start(wire, answer);
      wire.response.write(first);
      if (await wire.pause(fault.ms)) wire.response.end(rest);
      return answer.status;
    }
  }
}

function send(wire: Wire, answer: Answer): number {
  const body = Buffer.from(answer.body);
  wire.response.writeHead(answer.status, headers(wire, answer, body.length)).end(body);
  return answer.status;
}

/** Sends the head for the whole body, and cuts the body in two. */
function start(wire: Wire, answer: Answer): { readonly first: Buffer; readonly rest: Buffer } {
  const body = Buffer.from(answer.body);
  wire.response.writeHead(answer.status, headers(wire, answer, body.length));
  const half = body.length >> 1;
  return { first: body.subarray(0, half), rest: body.subarray(half) };
}

function headers(wire: Wire, answer: Answer, length: number): Record<string, string | number> {
  return { ...answer.headers, 'x-request-id': wire.requestId, 'content-length': length };
}

function faultAnswer(fault: Extract<AnswerFault, { kind: 'status' }>): Answer {
  const { status, retryAfter, html } = fault;
  const message = 'The service is not available at the moment';
  const body = html
    ? `<html><head><title>${status}</title></head><body><h1>${message}</h1></body></html>`
    : JSON.stringify({ message, code: 'service.unavailable', status });
  return {
    status,
    headers: {
      'content-type': html ? 'text/html' : 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body,
  };
}
