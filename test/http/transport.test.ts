import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { retryAfterMs } from '../../src/http/backoff.ts';
import { HTTP_CODES } from '../../src/http/codes.ts';
import { type Asked, networkFailure } from '../../src/http/failure.ts';
import { createTransport } from '../../src/http/transport.ts';
import { rig } from './support.ts';

const open: (() => unknown)[] = [];
afterEach(() => Promise.all(open.splice(0).map((close) => close())));

type Tunnel = (request: IncomingMessage, socket: Duplex) => void;

async function served(listener: RequestListener, tunnel?: Tunnel): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  if (tunnel) server.on('connect', tunnel);
  await new Promise((resolve) => server.once('listening', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A client on undici's own fetch. */
function real(baseUrl: string, options: Parameters<typeof rig>[0] = {}) {
  const { fetch: _none, ...means } = { ...options, baseUrl };
  const made = rig({ ...means, fetch: undefined } as never);
  open.push(() => made.client.close());
  return made.client;
}

test('undici reads over a kept-alive connection, and closes twice', async () => {
  const ports = new Set<number | undefined>();
  const url = await served((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{"a":1}');
  });
  const client = real(`${url}/prefix/`);
  expect((await client.read('/x')).body).toEqual({ a: 1 });
  for (let n = 0; n < 4; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.read('/y');
  }
  expect(ports.size).toBe(1);
  await client.close();
  await expect(client.close()).resolves.toBeUndefined();
});

test('a redirect is an error, never followed', async () => {
  const url = await served((_request, response) =>
    response.writeHead(307, { location: '/y' }).end(),
  );
  await expect(real(url).read('/x')).rejects.toMatchObject({ code: 'redirected', status: 307 });
});

test('a cut body, a cut connection and a closed port are told apart', async () => {
  const cut = await served((_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{"a":');
    setTimeout(() => response.destroy(), 20);
  });
  await expect(real(cut).read('/x')).rejects.toMatchObject({ code: 'answer-truncated' });
  const put = { method: 'PUT', path: '/x' } as const;
  const reset = await served((request) => request.socket.destroy());
  const lost = real(reset).write(put);
  await expect(lost).rejects.toMatchObject({ code: 'connection-failed', effect: 'unknown' });
  const gone = await served(() => undefined);
  await open.pop()?.();
  const refused = real(gone).write(put);
  await expect(refused).rejects.toMatchObject({ code: 'connection-failed', effect: 'none' });
});

test('a body that does not end is a time-out', async () => {
  const url = await served((_request, response) => void response.writeHead(200).write('{'));
  const client = real(url, { timeouts: { bodyMs: 30 }, retries: { attempts: 1 } });
  await expect(client.read('/x')).rejects.toMatchObject({ code: 'timeout' });
});

test('loopback goes past the proxy, everything else through it', async () => {
  const asked: string[] = [];
  const proxy = await served(
    () => undefined,
    (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    },
  );
  const behind = await served((_request, response) => response.end('{"direct":true}'));
  const client = real(behind, { proxy: { http: proxy } });
  expect((await client.read('/x')).body).toEqual({ direct: true });
  expect(asked).toEqual([]);
  const timeouts = { connectMs: 500, headersMs: 500, bodyMs: 500 };
  const transport = createTransport(timeouts, { http: proxy, https: proxy, noProxy: '' });
  open.push(() => transport.close());
  const { signal } = new AbortController();
  const init = { method: 'GET', headers: {}, redirect: 'manual', signal } as const;
  await transport.fetch('https://muster.invalid/x', init).catch(() => undefined);
  expect(asked.join()).toContain('muster.invalid');
});

const asked: Asked = {
  method: 'PUT',
  path: '/x',
  writes: true,
  requestId: 'r',
  redact: (text) => text,
};

test.each([
  [{ cause: { code: 'CERT_HAS_EXPIRED' } }, 'tls-failed', 'none'],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'timeout', 'none'],
  [{ code: 'UND_ERR_HEADERS_TIMEOUT' }, 'timeout', 'unknown'],
  [{ cause: { errors: [{ code: 'ECONNREFUSED' }] } }, 'connection-failed', 'none'],
  [{ code: 'HPE_INVALID' }, 'connection-failed', 'unknown'],
  ['?', 'connection-failed', 'unknown'],
])('%j is %s with effect %s', (error, code, effect) => {
  expect(networkFailure(error, asked, 'headers')).toMatchObject({ code, effect });
});

test.each([
  ['3', 3000],
  ['0.5', 500],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  [null, undefined],
])('Retry-After %j is %j', (header, ms) => {
  expect(retryAfterMs(header, 1000)).toBe(ms);
});

test('every code has a meaning and a cure, each a sentence', () => {
  for (const { meaning, cure } of Object.values(HTTP_CODES)) {
    expect(meaning).toMatch(/\.$/);
    expect(cure).toMatch(/\.$/);
  }
});
