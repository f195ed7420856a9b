/**
 * A tap on the wire between muster and a sandbox: every request and answer passes through unchanged and is written
 * down, so that a write can be compared with what its sender had been shown.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { List } from './list.ts';
import type { Part, Shown, Wire, Written } from './wire.ts';

export type Call =
  /** `list` is all that the reader has been shown of him by now; what came later than call `since` it may not tell. */
  | {
      readonly type: 'read';
      readonly userId: string;
      readonly list: List;
      readonly at: number;
      readonly since: Call | undefined;
    }
  /** `answered`: when the platform had dealt with it, however slow the way there was; -1 until then. */
  | ({ readonly type: 'write'; readonly at: number; answered: number } & Written)
  /** Another process takes over: what its predecessor had read it cannot know. */
  | { readonly type: 'process' }
  /** Somebody changed a list by hand. */
  | { readonly type: 'edit'; readonly userId: string; readonly at: number };

/** A request, or the answer to it, that is held for ever; a token that is no longer good. */
export type Mischief = 'hang-before' | 'hang-after' | 'token-ended';

export interface Tap {
  readonly url: string;
  readonly calls: readonly Call[];
  /** Requests so far, of every kind. */
  readonly requests: number;
  /** Called with each call, once it is written down. */
  onCall: (call: Call) => void;
  /** Called before a request is passed on. */
  onRequest: (nth: number) => Mischief | undefined;
  note(call: Call): void;
  close(): Promise<void>;
}

export async function openTap(target: string, wire: Wire): Promise<Tap> {
  const agent = new Agent({ keepAlive: true });
  const calls: Call[] = [];
  let requests = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const parts = new Map<string, Map<Part, List>>();
  const note = (call: Call) => {
    if (call.type === 'process') parts.clear();
    calls.push(call);
    tap.onCall(call);
  };

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url = '/' } = incoming;
    requests += 1;
    const written = wire.writtenBy({ method, url, body: body.toString() });
    const call = written && { type: 'write' as const, ...written, at: Date.now(), answered: -1 };
    if (call !== undefined) note(call);
    const mischief = tap.onRequest(requests);
    if (mischief === 'hang-before') return;
    const since = calls.at(-1);
    const answer = await forward(incoming, body, mischief === 'token-ended').finally(() => {
      if (call !== undefined) call.answered = Date.now();
    });
    if (mischief === 'hang-after') return void answer.resume();
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    const pieces: Buffer[] = [];
    // A torn answer is passed on torn.
    answer.on('error', () => outgoing.destroy());
    answer.on('data', (piece: Buffer) => pieces.push(piece));
    answer.on('end', () => {
      const read = wire.shownBy({ method, url, status: answer.statusCode, body: text(pieces) });
      if (read !== undefined)
        note({ type: 'read', ...together(parts, read), at: Date.now(), since });
    });
    answer.pipe(outgoing);
  }

  function forward(incoming: IncomingMessage, body: Buffer, ended: boolean) {
    const { method, url } = incoming;
    const headers = { ...incoming.headers, ...(ended && { authorization: 'Bearer ended' }) };
    return new Promise<IncomingMessage>((done, failed) => {
      const out = request(`${target}${url}`, { method, headers, agent }, done);
      out.on('error', failed);
      out.end(body);
    });
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const tap: Tap = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get requests() {
      return requests;
    },
    onCall: () => undefined,
    onRequest: () => undefined,
    note,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return tap;
}

function text(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString();
}

/** What was shown of somebody before, with what is shown of him now. */
function together(parts: Map<string, Map<Part, List>>, { userId, part, list, more }: Shown) {
  const his = parts.get(userId) ?? new Map<Part, List>();
  his.set(part, new Map([...(more ? (his.get(part) ?? []) : []), ...list]));
  parts.set(userId, his);
  return { userId, list: new Map([...his.values()].flatMap((each) => [...each])) };
}
