/** A collector that keeps what it is sent by OTLP, over HTTP or gRPC. */
import { createServer } from 'node:http';
import { createServer as createServer2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  decode,
  type LogRecord,
  logsIn,
  type Point,
  pointsIn,
  resourcesIn,
  type Span,
  spansIn,
} from './otlp.ts';

/** The two seconds that sending may take are a minute to a test, so that no slow machine fails it. */
export const unhurried = (ms: number): number => (ms === 2_000 ? 60_000 : ms);

export interface Collector {
  readonly url: string;
  readonly spans: readonly Span[];
  readonly points: readonly Point[];
  readonly logs: readonly LogRecord[];
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** Everything as it came, for looking for what must not be in it. */
  readonly bytes: readonly Buffer[];
  /** The content types it came as. */
  readonly types: ReadonlySet<string>;
  close(): Promise<void>;
}

function keeper() {
  const spans: Span[] = [];
  const points: Point[] = [];
  const logs: LogRecord[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const bytes: Buffer[] = [];
  const types = new Set<string>();
  return {
    kept: { spans, points, logs, resources, bytes, types },
    arrived(type: string, body: Buffer) {
      bytes.push(body);
      types.add(type);
    },
    take(path: string, type: string, body: Buffer) {
      const message = decode(path, type, body);
      spans.push(...spansIn(message));
      points.push(...pointsIn(message));
      logs.push(...logsIn(message));
      resources.push(...resourcesIn(message));
    },
  };
}

/** `how`: what becomes of each export; `hanging` never answers. */
export async function startCollector(how: 'taking' | 'refusing' | 'hanging' = 'taking') {
  const { kept, arrived, take } = keeper();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const type = String(request.headers['content-type']);
    arrived(type, body);
    if (how === 'hanging') return;
    if (how === 'taking') take(request.url ?? '', type, body);
    response.writeHead(how === 'taking' ? 200 : 503, { 'content-type': type }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const collector: Collector = {
    ...kept,
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return collector;
}

/** A byte that says whether it is compressed, and four of its length, stand before each message. */
const FRAME = 5;

/** The same by gRPC: a call of `.../TraceService/Export` is what goes to `/v1/traces` by HTTP. */
export async function startGrpcCollector(): Promise<Collector> {
  const { kept, arrived, take } = keeper();
  const server = createServer2();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', async (stream, headers) => {
    const service = /\.(trace|metrics|logs)\.v1\./.exec(String(headers[':path']))?.[1];
    const body = await buffer(stream);
    arrived(String(headers['content-type']), body);
    const path = service === 'trace' ? '/v1/traces' : `/v1/${service}`;
    take(path, 'application/x-protobuf', body.subarray(FRAME));
    const answer = { ':status': 200, 'content-type': 'application/grpc' };
    stream.respond(answer, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(FRAME));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    ...kept,
    url: `http://127.0.0.1:${port}`,
    close() {
      for (const session of sessions) session.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
