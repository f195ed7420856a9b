/** muster doctor, whole: on a sound org, with what can be wrong on this side, and through proxies that each do something. */
import { request as ask, createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Check, Examination } from '../../src/model/checkup.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, tempFolder, type World } from '../support/shell.ts';

let sandbox: Sandbox;
let folder: Folder;
let close: (() => Promise<void>)[] = [];

async function open(options: SandboxOptions = {}) {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 }, ...options });
  folder = await tempFolder({}, 'examples/quickstart');
  close = [() => sandbox.close(), () => folder.remove()];
  await pointAt(sandbox.url);
}
beforeEach(() => open());
afterEach(async () => {
  for (const each of close) await each();
});

async function pointAt(url: string, more = '') {
  const pace = '    pace: { reads: 1000000, writes: 1000000 }\n';
  const config = await folder.read('muster.yaml');
  const lines = config.replace(/baseUrl: \S+/, `baseUrl: ${url}`).replace(/ {4}pace:.*\n/, '');
  await folder.write('muster.yaml', lines + pace + more);
}

const run = (args: readonly string[] = [], world: Partial<World> = {}) =>
  muster(['doctor', ...args], {
    cwd: folder.path,
    env: { MUSTER_TOKEN: sandbox.token, PATH: process.env.PATH ?? '' },
    ...world,
  });

/** Checks by their title, and the exit code. */
async function examined(world: Partial<World> = {}) {
  const ran = await run(['--format', 'json'], world);
  const found = JSON.parse(ran.stdout) as Examination;
  const checks = new Map(found.checks.map((check): [string, Check] => [check.title, check]));
  return { ...ran, found, of: (title: string) => checks.get(title) };
}

type Headers = IncomingHttpHeaders;

/** A reverse proxy before the sandbox. `pass` gives what goes on, or a status that is answered instead. */
async function through(
  pass: (headers: Headers, n: number) => Headers | number,
  back = (h: Headers) => h,
) {
  let n = 0;
  const proxy = createServer((incoming, outgoing) => {
    n += 1;
    const passed = pass({ ...incoming.headers }, n);
    if (typeof passed === 'number') {
      outgoing.writeHead(passed, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
      return;
    }
    const how = { method: incoming.method ?? 'GET', headers: passed };
    const on = ask(sandbox.url + incoming.url, how, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, back(answer.headers));
      answer.pipe(outgoing);
    });
    incoming.pipe(on);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  close.unshift(async () => {
    proxy.closeAllConnections();
    await new Promise((done) => proxy.close(done));
  });
  await pointAt(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
}

const KNOWN = ['host', 'authorization', 'accept', 'content-type', 'content-length', 'date'];
const known = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => KNOWN.includes(name)));

test('on a sound org everything is in order, and nothing was written', async () => {
  const { code, found, of } = await examined();
  expect(code).toBe(0);
  expect(found).toMatchObject({ formatVersion: '1.0', org: 'sandbox', healthy: true });
  expect(of('Credentials')).toMatchObject({ health: 'ok', message: 'Found MUSTER_TOKEN.' });
  expect(of('Rosters')).toMatchObject({ message: 'They name 8 people today.' });
  expect(of('Git and ledger')).toMatchObject({ health: 'warning' });
  expect(of('admin:users:read')).toMatchObject({ health: 'ok' });
  expect(of('admin:users:write')).toMatchObject({ health: 'not-tried' });
  expect(of('admin:users:bulkupdate')).toMatchObject({ health: 'not-tried' });
  expect(of('Answers')).toMatchObject({ health: 'ok', message: 'All of 37 reads were answered.' });
  expect(of('Clock')).toMatchObject({ health: 'ok' });
  for (const name of ['X-Request-ID', 'traceparent', 'tracestate', 'baggage'])
    expect(of(name)).toMatchObject({ health: 'ok' });
  expect(Object.keys(sandbox.counters.byMethod)).toEqual(['GET']);
  expect(JSON.stringify(found)).not.toContain(sandbox.token);
});

test('a proxy that drops what it does not know is found out', async () => {
  await through(known);
  const { code, of } = await examined();
  expect(code).toBe(0);
  expect(of('X-Request-ID')).toMatchObject({
    health: 'warning',
    message: expect.stringMatching(/^Something on the way drops it.* comes back as sandbox-\d+/),
    fix: expect.stringContaining('proxy'),
  });
  expect(of('traceparent')).toMatchObject({
    health: 'warning',
    message: expect.stringContaining('likely to drop traceparent'),
  });
});

test('so is one that drops headers of answers as well', async () => {
  await through(known, known);
  const { of } = await examined();
  expect(of('X-Request-ID')?.message).toContain('No answer names its request');
  expect(of('traceparent')?.message).toContain('likely to drop');
});

test('a proxy that rewrites them is found out', async () => {
  await through((headers, n) => ({
    ...headers,
    'x-request-id': `proxy-${n}`,
    traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
  }));
  const { of } = await examined();
  expect(of('X-Request-ID')).toMatchObject({
    health: 'warning',
    message: expect.stringMatching(/^It is rewritten on the way: .* proxy-\d+\.$/),
  });
  expect(of('traceparent')).toMatchObject({
    health: 'warning',
    message: expect.stringMatching(/^It is rewritten on the way/),
    fix: expect.stringContaining('propagate: { traceparent: false }'),
  });
});

test('so is one that makes something else of our id', async () => {
  await through((headers) => ({
    ...headers,
    ...(headers['x-request-id'] && { 'x-request-id': `gw/${headers['x-request-id']}` }),
  }));
  const { of } = await examined();
  expect(of('X-Request-ID')?.message).toMatch(/^It is rewritten on the way: .* gw\//);
  expect(of('traceparent')).toMatchObject({ health: 'ok' });
});

test('a proxy that answers 502 now and then is found out, and what is behind it is looked at all the same', async () => {
  await through((headers, n) => (n % 5 === 2 ? 502 : headers));
  const { code, of } = await examined();
  expect(code).toBe(0);
  expect(of('Answers')).toMatchObject({
    health: 'warning',
    message: expect.stringMatching(/^\d+ of 37 reads came to nothing: 502 \d+ times\. .*web pages/),
    fix: expect.stringContaining('in doubt'),
  });
  expect(of('admin:users:read')).toMatchObject({ health: 'ok' });
  expect(of('X-Request-ID')).toMatchObject({ health: 'ok' });
});

test('a proxy that fails on a header is found out, and told how to be got round', async () => {
  await through((headers) => (headers.traceparent ? 502 : headers));
  const { code, of } = await examined();
  expect(code).toBe(1);
  expect(of('traceparent')).toMatchObject({
    health: 'failed',
    message: expect.stringContaining('fail (502)'),
    fix: expect.stringContaining('propagate: { traceparent: false }'),
  });
  expect(of('Answers')).toMatchObject({ health: 'ok' });
  expect(of('tracestate')).toMatchObject({ health: 'ok' });
  expect(of('baggage')).toMatchObject({ health: 'ok' });
  await pointAt(
    (await folder.read('muster.yaml')).match(/baseUrl: (\S+)/)?.[1] ?? '',
    '    propagate: { traceparent: false }\n',
  );
  const { of: after } = await examined();
  expect(after('traceparent')).toMatchObject({ message: 'It is switched off for this org.' });
  expect(after('X-Request-ID')).toMatchObject({ health: 'ok' });
});

test('a proxy that fails on X-Request-ID cannot be got round', async () => {
  await through((headers) => (headers['x-request-id'] ? 502 : headers));
  const { code, of } = await examined();
  expect(code).toBe(1);
  expect(of('X-Request-ID')).toMatchObject({
    health: 'failed',
    fix: expect.stringMatching(/^Have/),
  });
});

test('a key that opens nothing, half a key and no key are told apart, by the names of variables', async () => {
  const env = (more: Record<string, string>) => ({
    env: { PATH: process.env.PATH ?? '', ...more },
  });
  const wrong = await examined(env({ MUSTER_TOKEN: 'a-token-of-another-org' }));
  expect(wrong.code).toBe(1);
  expect(wrong.of('Sign-in')).toMatchObject({
    health: 'failed',
    message: expect.stringContaining('401'),
  });
  expect(wrong.stdout).not.toContain('a-token-of-another-org');
  const half = await examined(env({ MUSTER_CLIENT_ID: 'x' }));
  expect(half.of('Credentials')?.message).toBe(
    'MUSTER_CLIENT_ID is set but MUSTER_CLIENT_SECRET is not.',
  );
  expect(half.of('Answers')).toBeUndefined();
  const none = await examined(env({}));
  expect(none.of('Credentials')).toMatchObject({
    health: 'failed',
    fix: expect.stringContaining('MUSTER_SANDBOX_TOKEN'),
  });
  const reading = await examined(env({ MUSTER_READ_TOKEN: sandbox.token }));
  expect(reading.of('Credentials')?.message).toContain('Found MUSTER_READ_TOKEN, to read with');
  const both = await examined(
    env({ MUSTER_READ_TOKEN: sandbox.token, MUSTER_TOKEN: sandbox.token }),
  );
  expect(both.of('Credentials')?.message).toBe(
    'Found MUSTER_READ_TOKEN to read with, MUSTER_TOKEN to write with.',
  );
});

test('a client that signs in lacks a scope, which is named', async () => {
  for (const each of close) await each();
  await open({ clients: [{ id: 'c', secret: 'client-secret', scopes: ['admin:users:write'] }] });
  await pointAt(sandbox.url, `    loginUrl: ${sandbox.url}\n`);
  const env = { MUSTER_CLIENT_ID: 'c', MUSTER_CLIENT_SECRET: 'client-secret' };
  const { code, of } = await examined({ env });
  expect(code).toBe(1);
  expect(of('Sign-in')).toMatchObject({ health: 'ok' });
  expect(of('admin:users:read')).toMatchObject({
    health: 'failed',
    fix: expect.stringContaining('admin:users:read'),
  });
  const refused = await examined({ env: { ...env, MUSTER_CLIENT_SECRET: 'not-the-secret' } });
  expect(refused.of('Way to the platform')).toMatchObject({
    health: 'failed',
    message: expect.stringContaining('MUSTER_CLIENT_ID and MUSTER_CLIENT_SECRET'),
  });
});

test('a clock that is wrong is told by how much', async () => {
  const ahead = await examined({ at: Date.now() + 600_000 });
  expect(ahead.of('Clock')).toMatchObject({
    health: 'failed',
    message: expect.stringMatching(/^This machine's clock is (59\d|60\d) s ahead of/),
  });
  const behind = await examined({ at: Date.now() - 90_000 });
  expect(behind.of('Clock')).toMatchObject({
    health: 'warning',
    message: expect.stringContaining('s behind'),
  });
});

test('files that are wrong, or of several orgs, are told', async () => {
  await folder.write(
    'rosters/b.yaml',
    'version: 1\nusers: { a@example.com: { skills: { Chat: 101 } } }\n',
  );
  const roster = await examined();
  expect(roster.of('Rosters')).toMatchObject({
    health: 'failed',
    fix: expect.stringContaining('validate'),
  });
  expect(roster.of('Answers')).toMatchObject({ health: 'ok' });
  await folder.write('muster.yaml', 'version: 1\norgs: {}\nwhat: 1\n');
  const config = await examined();
  expect(config.code).toBe(1);
  expect(config.found).toMatchObject({ org: null, platform: null, healthy: false });
  expect(config.of('muster.yaml')).toMatchObject({
    health: 'failed',
    message: expect.stringContaining('more finding'),
  });
  const roster1 = 'version: 1\nusers: { a@example.com: { skills: { Chat: 1 } } }\n';
  for (const org of ['eu', 'us']) await folder.write(`rosters/${org}/a.yaml`, roster1);
  await folder.write(
    'muster.yaml',
    'version: 1\norgs:\n  eu: { platform: admin, baseUrl: "https://eu.mypurecloud.com" }\n  us: { platform: admin, baseUrl: "https://us.mypurecloud.com" }\n',
  );
  expect(await run()).toMatchObject({ code: 64, stderr: expect.stringContaining('--org eu') });
});

test('nothing answers, and that is told of the way', async () => {
  await sandbox.close();
  const { code, of } = await examined();
  expect(code).toBe(1);
  expect(of('Answers')).toMatchObject({
    health: 'failed',
    message: expect.stringContaining('connection-failed'),
  });
  expect(of('Sign-in')).toMatchObject({ health: 'unknown' });
  expect(of('X-Request-ID')).toMatchObject({ health: 'unknown' });
  expect(of('Latency')).toMatchObject({ health: 'unknown' });
  expect(of('Clock')).toMatchObject({ health: 'unknown' });
});

test('as text each thing has its line, and its fix below it', async () => {
  const { stdout, code } = await run();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^sandbox \(admin\)\n\nok {9}Node\.js/);
  expect(stdout).toContain('\nnot tried  admin:users:write');
  expect(stdout).toContain('fix: Put the files under git and commit them.');
  expect(stdout).toMatch(/\n1 warning\.\n$/);
});

test('whoever keeps the logs of the platform sees whose requests they are', async () => {
  const agents = new Set<string | undefined>();
  await through((headers) => {
    agents.add(headers['user-agent']);
    return headers;
  });
  const env = { MUSTER_TOKEN: sandbox.token, PATH: process.env.PATH ?? '' };
  expect((await muster(['plan'], { cwd: folder.path, env })).code).toBe(0);
  expect([...agents]).toEqual([expect.stringMatching(/^muster\/\d+\.\d+\.\d+/)]);
});
