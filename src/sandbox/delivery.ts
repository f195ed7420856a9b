/** Puts an answer on the wire: whole, or the way a fault wants it. */
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { WireFault } from './faults.ts';

export interface Wire {
  readonly response: ServerResponse;
  /** Waits; false when the sandbox closed meanwhile. */
  pause(ms: number): Promise<boolean>;
}

/** Resolves to the status that was sent; null when the connection was torn down instead. */
export async function deliver(
  wire: Wire,
  answer: Answer,
  fault?: WireFault,
): Promise<number | null> {
  switch (fault?.kind) {
    case undefined:
      return send(wire, answer);
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
  wire.response.writeHead(answer.status, headers(answer, body.length)).end(body);
  return answer.status;
}

/** Sends the head for the whole body, and cuts the body in two. */
function start(wire: Wire, answer: Answer): { readonly first: Buffer; readonly rest: Buffer } {
  const body = Buffer.from(answer.body);
  wire.response.writeHead(answer.status, headers(answer, body.length));
  const half = body.length >> 1;
  return { first: body.subarray(0, half), rest: body.subarray(half) };
}

function headers(answer: Answer, length: number): Record<string, string | number> {
  return answer.status === 204
    ? { ...answer.headers }
    : { ...answer.headers, 'content-length': length };
}
