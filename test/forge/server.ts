/** A forge's API on loopback: routes held to a description, every request kept, faults to order. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** As it came. */
  readonly text: string;
  readonly body: unknown;
}

export interface Answered {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of a body. */
  readonly bytes?: Uint8Array;
}

export interface Server {
  readonly url: string;
  readonly asked: Asked[];
  /** The next requests are answered so, whatever they are. */
  fail(...answers: readonly Answered[]): void;
  close(): Promise<void>;
}

export async function serve(handle: (asked: Asked) => Promise<Answered>): Promise<Server> {
  const asked: Asked[] = [];
  const faults: Answered[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (one) => {
      asked.push(one);
      send(response, faults.shift() ?? (await handle(one)));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    fail: (...answers) => {
      faults.push(...answers);
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://forge');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function send(response: ServerResponse, { status, body, headers = {}, bytes }: Answered): void {
  if (bytes !== undefined) {
    response.writeHead(status, headers).end(bytes);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
