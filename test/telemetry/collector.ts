/** A collector that keeps what it is sent by OTLP over HTTP. */
import { createServer } from 'node:http';
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

/** `how`: what becomes of each export; `hanging` never answers. */
export async function startCollector(how: 'taking' | 'refusing' | 'hanging' = 'taking') {
  const spans: Span[] = [];
  const points: Point[] = [];
  const logs: LogRecord[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const bytes: Buffer[] = [];
  const types = new Set<string>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const type = String(request.headers['content-type']);
    bytes.push(body);
    types.add(type);
    if (how === 'hanging') return;
    if (how === 'taking') {
      const message = decode(request.url ?? '', type, body);
      spans.push(...spansIn(message));
      points.push(...pointsIn(message));
      logs.push(...logsIn(message));
      resources.push(...resourcesIn(message));
    }
    response.writeHead(how === 'taking' ? 200 : 503, { 'content-type': type }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const collector: Collector = {
    ...{ spans, points, logs, resources, bytes, types },
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return collector;
}
