import { inspect } from 'node:util';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { segment } from '../../src/http/client.ts';
import { findCredentials } from '../../src/http/credentials.ts';
import { rig, TOKEN, virtualClock } from './support.ts';

const BASE = 'https://acme.mypurecloud.com';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Answers in turn, the last one for ever; gives the requests seen. */
function answering(...answers: (() => Response)[]): Request[] {
  const seen: Request[] = [];
  server.use(
    http.all(`${BASE}/*`, ({ request }) => {
      seen.push(request.clone());
      const answer = answers[Math.min(seen.length, answers.length) - 1];
      return answer?.();
    }),
  );
  return seen;
}

const ok = () => HttpResponse.json({ fine: true });
const status =
  (code: number, init: { headers?: Record<string, string>; body?: object } = {}) =>
  () =>
    HttpResponse.json(init.body ?? {}, { status: code, headers: init.headers ?? {} });
const PUT = {
  method: 'PUT',
  path: '/x',
  body: { type: 'application/json', text: '{}' },
} as const;

test('a read is signed, named and answered', async () => {
  const seen = answering(ok);
  const answer = await rig().client.read('/x', { pageSize: 500, q: 'a b' });
  expect(answer).toEqual({
    status: 200,
    body: { fine: true },
    requestId: 'req-1',
    sentId: 'req-1',
  });
  expect(seen[0]?.url).toBe(`${BASE}/x?pageSize=500&q=a+b`);
  expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
  expect(seen[0]?.headers.get('x-request-id')).toBe('req-1');
});

test("the platform's own request id is preferred", async () => {
  answering(() => HttpResponse.json({}, { headers: { 'x-request-id': 'theirs' } }));
  expect(await rig().client.read('/x')).toMatchObject({ requestId: 'theirs', sentId: 'req-1' });
});

test('each try is told at its beginning and its end, by the id it is sent with', async () => {
  answering(status(502), ok);
  const { client, told } = rig();
  await client.read('/users/ana@example.com', { pageSize: 1 });
  const path = '/users/[e-mail]';
  const first = { phase: 'request', method: 'GET', path, writes: false, requestId: 'req-1' };
  const second = { ...first, requestId: 'req-2' };
  expect(told).toMatchObject([
    { type: 'paced', kind: 'reads', waitedMs: 0, left: 9 },
    { type: 'begins', stage: first },
    {
      type: 'ends',
      stage: first,
      failure: { code: 'server-error', status: 502, requestId: 'req-1' },
    },
    { type: 'retrying', attempt: 1 },
    { type: 'paced' },
    { type: 'begins', stage: second },
    { type: 'ends', stage: second },
  ]);
  expect(JSON.stringify(told)).not.toContain('@');
});

test('how many more could go at once runs out and comes back', async () => {
  answering(ok);
  const { client, told, clock } = rig({ pace: { reads: 60, writes: 60 } });
  const left = () => told.flatMap((event) => (event.type === 'paced' ? [event] : []));
  await Promise.all([client.read('/a'), client.read('/b'), client.read('/c')]);
  expect(left().map(({ left, waitedMs }) => [left, waitedMs])).toEqual([
    [0, 0],
    [0, 0],
    [0, 1000],
  ]);
  await clock.sleep(60_000);
  await client.read('/d');
  expect(left().at(-1)).toMatchObject({ left: 1, waitedMs: 0 });
});

test('a list is sent as its name with each value', async () => {
  const seen = answering(ok);
  await rig().client.read('/x', { id: ['a b', 'c'], expand: [], n: 1 });
  expect(seen[0]?.url).toBe(`${BASE}/x?id=a+b&id=c&n=1`);
});

test.each<[string, Record<string, string>, object, string]>([
  ['a header', { 'inin-correlation-id': 'c-1', 'x-request-id': 'proxy' }, {}, 'c-1'],
  ['the body', {}, { contextId: 'c-2' }, 'c-2'],
  ['a header rather than the body', { 'x-request-id': 'h' }, { contextId: 'c-3' }, 'h'],
  ['nothing', {}, { contextId: 5 }, 'req-1'],
])('an error is quoted by the id that %s tells', async (_where, headers, body, id) => {
  answering(status(404, { headers, body }));
  await expect(rig().client.read('/x')).rejects.toMatchObject({ requestId: id });
});

test.each([
  [{}, 'No permission.'],
  [{ message: 'The body says so.' }, 'The body says so.'],
])('why it is refused may stand in a header: %j', async (body, said) => {
  const headers = { icStatusDescription: 'No permission.' };
  answering(status(403, { headers, body }));
  await expect(rig().client.read('/x')).rejects.toMatchObject({ platformMessage: said });
});

test.each<[unknown, string | undefined]>([
  ['general.conflict', 'general.conflict'],
  [`a ${TOKEN}`, undefined],
  [42, undefined],
])("of the platform's code %j %j is kept", async (code, kept) => {
  answering(status(400, { body: { code, message: 'No.' } }));
  const error = await rig()
    .client.read('/x')
    .catch((e) => e);
  expect(error.platformCode).toBe(kept);
});

test('extra headers never replace what signs and types a request', async () => {
  const seen = answering(ok);
  const headers = (requestId: string) => ({
    tracestate: `id=${requestId}`,
    Authorization: 'Bearer other',
    'Content-Type': 'text/plain',
    'bad name': 'x',
    traceparent: '00-1-2-01',
    'X-Request-ID': 'other',
  });
  await rig({ headers }).client.write(PUT);
  expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
  expect(seen[0]?.headers.get('content-type')).toBe('application/json');
  expect(seen[0]?.headers.get('traceparent')).toBe('00-1-2-01');
  expect(seen[0]?.headers.get('tracestate')).toBe('id=req-1');
  expect(seen[0]?.headers.get('x-request-id')).toBe('req-1');
});

test.each([
  [429, 'rate-limited'],
  [408, 'timeout'],
  [500, 'server-error'],
  [503, 'server-error'],
])('a read is tried again after %i', async (code, why) => {
  const seen = answering(status(code), ok);
  const { client, events } = rig();
  expect((await client.read('/x')).body).toEqual({ fine: true });
  expect(seen).toHaveLength(2);
  expect(events).toContainEqual(expect.objectContaining({ type: 'retrying', attempt: 1, why }));
});

test.each<[string, () => Response]>([
  [
    'answer-truncated',
    () => new HttpResponse('{"a":', { headers: { 'content-type': 'application/json' } }),
  ],
  ['empty-answer', () => new HttpResponse('', { status: 200 })],
  ['connection-failed', () => HttpResponse.error()],
])('a read is tried again after %s, and ends with it', async (code, answer) => {
  const seen = answering(answer);
  await expect(rig().client.read('/x')).rejects.toMatchObject({ code, effect: 'none' });
  expect(seen).toHaveLength(6);
});

test.each([
  [400, 'bad-request'],
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'not-supported'],
  [409, 'conflict'],
  [501, 'not-supported'],
  [302, 'redirected'],
])('a read that gets %i ends at once as %s', async (code, name) => {
  const seen = answering(status(code, { headers: { location: 'https://evil.example/' } }));
  await expect(rig().client.read('/x')).rejects.toMatchObject({ code: name, status: code });
  expect(seen).toHaveLength(1);
});

test.each<[string, () => Response, string, string]>([
  ['429', status(429), 'rate-limited', 'none'],
  ['400', status(400), 'bad-request', 'none'],
  ['500', status(500), 'server-error', 'unknown'],
  ['408', status(408), 'timeout', 'unknown'],
  ['302', status(302), 'redirected', 'unknown'],
  ['a reset', () => HttpResponse.error(), 'connection-failed', 'unknown'],
  ['a torn answer', () => new HttpResponse('{"a'), 'answer-truncated', 'unknown'],
])('a write is never sent again after %s', async (_what, answer, code, effect) => {
  const seen = answering(answer);
  await expect(rig().client.write(PUT)).rejects.toMatchObject({ code, effect });
  expect(seen).toHaveLength(1);
});

test('a write may be answered without a body, a 204 read too', async () => {
  answering(() => new HttpResponse(null, { status: 204 }));
  expect((await rig().client.write(PUT)).body).toBeUndefined();
  expect((await rig().client.read('/x')).body).toBeUndefined();
});

test('a web page is told apart from data', async () => {
  answering(() => HttpResponse.html('<html>hello</html>'));
  await expect(rig().client.read('/x')).rejects.toMatchObject({
    code: 'not-json',
    message: expect.stringContaining('text/html'),
    hint: expect.stringContaining('web page'),
  });
});

test('messages are one short line without secrets and addresses', async () => {
  const message = `Bad\n\u0007${TOKEN} of ana@example.com \u202e${'x'.repeat(500)}`;
  answering(status(400, { body: { errors: [{ message }] } }));
  const error = await rig()
    .client.write({ ...PUT, path: '/u/ana%40example.com' })
    .catch((e) => e);
  expect(error.platformMessage).toMatch(/^Bad \[secret\] of \[e-mail\] x+…$/);
  expect(error.platformMessage.length).toBeLessThanOrEqual(200);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/top-secret|ana(@|%40)/);
});

test.each<[unknown, string | undefined]>([
  ['plain words', 'plain words'],
  [{ error: { detail: 'deep' } }, 'deep'],
  [{ error: 'invalid', error_description: 'why' }, 'why'],
  [{ nothing: 1 }, undefined],
  ['<html>', undefined],
])('the words in %j are %j', async (body, words) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  answering(() => new HttpResponse(text, { status: 400 }));
  const error = await rig()
    .client.read('/x')
    .catch((e) => e);
  expect(error.platformMessage).toBe(words);
});

test('a 429 that says how long in words alone is obeyed all the same', async () => {
  const message = 'Rate limit exceeded the maximum. Retry the request in [42] seconds';
  answering(status(429, { body: { message, code: 'too.many.requests.retry.after' } }), ok);
  const { client, clock } = rig();
  const start = clock.now();
  await client.read('/a');
  expect(clock.now() - start).toBe(42_000);
});

test('a 429 pauses everybody until Retry-After', async () => {
  answering(status(429, { headers: { 'retry-after': '7' } }), ok);
  const { client, events, clock } = rig();
  const start = clock.now();
  await Promise.all([client.read('/a'), client.read('/b')]);
  expect(clock.now() - start).toBeGreaterThanOrEqual(7000);
  expect(events).toContainEqual({ type: 'throttled', waitMs: 7000, kind: 'reads' });
});

test.each([
  ['86400', 86_400_000, /asks to wait 24 hours/],
  ['301', 301_000, /asks to wait 301 seconds/],
  ['3600', 3_600_000, /asks to wait 60 minutes/],
  ['9'.repeat(400), Number.MAX_SAFE_INTEGER, /asks to wait more than a year/],
])('a Retry-After of %s is not waited for', async (header, retryAfterMs, words) => {
  const seen = answering(status(429, { headers: { 'retry-after': header } }), ok);
  const { client, clock, events } = rig();
  const start = clock.now();
  const error = { code: 'rate-limited', retryAfterMs, message: expect.stringMatching(words) };
  await expect(client.read('/x')).rejects.toMatchObject(error);
  expect(clock.now()).toBe(start);
  expect(seen).toHaveLength(1);
  expect(events).toEqual([{ type: 'throttled', waitMs: 300_000, kind: 'reads' }]);
  await client.read('/x');
  expect(clock.now() - start).toBe(300_000);
});

test('after a long Retry-After the next write waits five minutes and no longer', async () => {
  const headers = { 'retry-after': new Date(1e15).toUTCString() };
  answering(status(429, { headers }), ok);
  const { client, clock } = rig();
  const start = clock.now();
  await expect(client.write(PUT)).rejects.toMatchObject({ code: 'rate-limited', effect: 'none' });
  await client.write(PUT);
  expect(clock.now() - start).toBe(300_000);
});

test('a wait that is obeyed is not in the sentence', async () => {
  answering(status(429, { headers: { 'retry-after': '300' } }));
  const error = await rig()
    .client.write(PUT)
    .catch((e) => e);
  expect(error).toMatchObject({
    retryAfterMs: 300_000,
    message: expect.not.stringMatching(/wait/),
  });
});

test('no sleep is longer than a timer can count', async () => {
  const inner = virtualClock();
  const slept: number[] = [];
  const sleep = (ms: number, signal?: AbortSignal) => {
    slept.push(ms);
    return inner.sleep(ms, signal);
  };
  answering(ok);
  const { client, clock } = rig({
    clock: { now: inner.now, sleep },
    pace: { reads: 0.00001, writes: 1 },
  });
  const start = clock.now();
  await client.read('/a');
  await client.read('/b');
  expect(clock.now() - start).toBe(60_000 / 0.00001);
  expect(Math.max(...slept)).toBeLessThan(2 ** 31);
});

test("the platform's request id is a foreign text too", async () => {
  const id = `r-${TOKEN}-ana@example.com`;
  answering(() => HttpResponse.json({}, { headers: { 'x-request-id': id } }));
  expect((await rig().client.read('/x')).requestId).toBe('r-[secret][e-mail]');
});

test('foreign texts are cleaned: one line, without secrets and addresses', () => {
  const text = `a\n\u001b[31m ${TOKEN} of ana@example.com`;
  expect(rig().client.clean(text)).toBe('a [31m [secret] of [e-mail]');
});

test('a turn lets the write go at once, and not at all while the platform wants a pause', async () => {
  const seen = answering(ok, status(429, { headers: { 'retry-after': '60' } }));
  const { client, clock } = rig({ pace: { reads: 60, writes: 60 } });
  await client.turn();
  await client.turn();
  await client.turn();
  const at = clock.now();
  await client.write({ ...PUT, turn: true });
  expect(clock.now()).toBe(at);
  await client.write({ ...PUT, turn: true }).catch(() => undefined);
  await expect(client.write({ ...PUT, turn: true })).rejects.toMatchObject({
    code: 'rate-limited',
    effect: 'none',
    retryAfterMs: 60_000,
  });
  expect(seen).toHaveLength(2);
});

test('an aborted turn ends without one', async () => {
  const { client } = rig({ pace: { reads: 1, writes: 1 } });
  await client.turn();
  const stop = AbortSignal.abort();
  await expect(client.turn(stop)).resolves.toBeUndefined();
});

test('while only reading, no write leaves', async () => {
  const seen = answering(ok);
  await expect(rig({ readOnly: () => true }).client.write(PUT)).rejects.toThrow('a bug');
  expect(seen).toHaveLength(0);
});

test('an answer that does not come is a time-out', async () => {
  server.use(http.all(`${BASE}/*`, () => new Promise<never>(() => undefined)));
  const timeouts = { connectMs: 5, headersMs: 5 };
  const write = rig({ timeouts }).client.write(PUT);
  await expect(write).rejects.toMatchObject({ code: 'timeout', effect: 'unknown' });
});

const pair = findCredentials(
  { MUSTER_CLIENT_ID: 'me', MUSTER_CLIENT_SECRET: 'hush' },
  { org: 'acme', orgs: 1, mode: 'write' },
);

/** A sign-in that gives t1, t2, ... and an API that takes the tokens in `good`. */
function signingIn(good: (token: string) => boolean, expires_in: unknown = 3600) {
  const seen = { logins: 0, calls: [] as string[], form: '', basic: '' };
  server.use(
    http.post(`${BASE}/oauth/token`, async ({ request }) => {
      seen.logins += 1;
      seen.form = await request.text();
      seen.basic = request.headers.get('authorization') ?? '';
      return HttpResponse.json({ access_token: `t${seen.logins}`, expires_in });
    }),
    http.all(`${BASE}/*`, ({ request }) => {
      const token = (request.headers.get('authorization') ?? '').slice(7);
      seen.calls.push(token);
      return good(token) ? HttpResponse.json({}) : HttpResponse.json({}, { status: 401 });
    }),
  );
  return seen;
}

test('client credentials sign in once for everybody, and again before the end', async () => {
  const seen = signingIn(() => true, '100');
  const { client, clock } = rig({ credentials: pair, readOnly: () => true });
  await Promise.all([client.read('/a'), client.read('/b'), client.read('/c')]);
  expect(seen.logins).toBe(1);
  expect(seen.form).toBe('grant_type=client_credentials');
  expect(seen.basic).toBe(`Basic ${btoa('me:hush')}`);
  await clock.sleep(91_000);
  await client.read('/d');
  expect(seen.calls.at(-1)).toBe('t2');
});

test('a 401 renews the token once, for writes too', async () => {
  const seen = signingIn((token) => token === 't2', null);
  const { client } = rig({ credentials: pair });
  await client.write(PUT);
  expect(seen.calls).toEqual(['t1', 't2']);
  const never = signingIn(() => false);
  await expect(client.write(PUT)).rejects.toMatchObject({ code: 'unauthorized', effect: 'none' });
  expect(never.calls).toHaveLength(2);
});

test.each<[string, () => Response, object]>([
  [
    'refused',
    status(401, { body: { error: 'invalid_client hush' } }),
    { code: 'sign-in-failed', status: 401, platformMessage: 'invalid_client [secret]' },
  ],
  ['without token', ok, { code: 'sign-in-failed', status: 200 }],
  ['failing', status(503), { code: 'server-error', status: 503 }],
])('a sign-in that is %s says so', async (_what, answer, shape) => {
  answering(answer);
  const write = rig({ credentials: pair }).client.write(PUT);
  await expect(write).rejects.toMatchObject({ ...shape, effect: 'none' });
});

test.each([
  { error: 'invalid_request', description: 'rate limit exceeded; try again later' },
  { error: 'invalid_request (rate limit exceeded; 5 in 10 s)' },
])('a sign-in that is throttled by a 400 is tried again, with time between', async (body) => {
  const throttled = status(400, { body });
  answering(throttled, throttled, () => HttpResponse.json({ access_token: 't' }), ok);
  const { client, clock, events } = rig({ credentials: pair });
  const start = clock.now();
  expect((await client.read('/x')).body).toEqual({ fine: true });
  expect(clock.now() - start).toBe(3000);
  expect(events).toContainEqual(expect.objectContaining({ why: 'rate-limited', attempt: 2 }));
});

test('a sign-in that stays throttled never calls the credentials bad', async () => {
  const seen = answering(status(400, { body: { error: 'rate limit exceeded' } }));
  const read = rig({ credentials: pair }).client.read('/x');
  await expect(read).rejects.toMatchObject({ code: 'rate-limited', status: 400 });
  expect(seen).toHaveLength(6);
});

test('a write that is called wrong for a rate is not sent again', async () => {
  const seen = answering(status(400, { body: { message: 'rate limit exceeded' } }));
  await expect(rig().client.write(PUT)).rejects.toMatchObject({ code: 'bad-request' });
  expect(seen).toHaveLength(1);
});

test('requests are spread evenly over several tokens, and few requests need one', async () => {
  const seen = signingIn(() => true);
  const { client } = rig({ credentials: pair, tokens: 3 });
  for (let n = 0; n < 19; n += 1) await client.read('/x');
  expect(seen.logins).toBe(1);
  for (let n = 0; n < 81; n += 1) await client.read('/x');
  expect(seen.logins).toBe(3);
  const before = seen.calls.length;
  for (let n = 0; n < 90; n += 1) await client.read('/x');
  for (const token of ['t1', 't2', 't3'])
    expect(seen.calls.slice(before).filter((call) => call === token)).toHaveLength(30);
});

test('nobody waits for a further token, or fails for want of one', async () => {
  let logins = 0;
  server.use(
    http.post(`${BASE}/oauth/token`, () => {
      logins += 1;
      if (logins === 1) return HttpResponse.json({ access_token: 't1' });
      return HttpResponse.json({ error: 'rate limit exceeded' }, { status: 400 });
    }),
    http.all(`${BASE}/*`, ok),
  );
  const { client, clock } = rig({ credentials: pair, tokens: 2 });
  const start = clock.now();
  for (let n = 0; n < 25; n += 1) await client.read('/x');
  expect(clock.now() - start).toBeLessThan(1000);
  await clock.sleep(300_000);
  expect(logins).toBe(1 + 6);
  for (let n = 0; n < 20; n += 1) await client.read('/x');
  await clock.sleep(300_000);
  expect(logins).toBe(1 + 12);
});

test('of several tokens the one that is refused is renewed, and no other', async () => {
  const good = new Set(['t1', 't2', 't3']);
  const seen = signingIn((token) => good.has(token));
  const { client } = rig({ credentials: pair, tokens: 2 });
  for (let n = 0; n < 60; n += 1) await client.read('/x');
  expect(seen.logins).toBe(2);
  good.delete('t1');
  for (let n = 0; n < 40; n += 1) await client.read('/x');
  expect(seen.logins).toBe(3);
  expect(seen.calls.slice(60).filter((token) => token === 't1')).toHaveLength(1);
});

test('a ready-made token is the only one, however many are wished for', async () => {
  const seen = signingIn(() => true);
  const { client } = rig({ tokens: 3 });
  for (let n = 0; n < 50; n += 1) await client.read('/x');
  expect(seen.logins).toBe(0);
  expect(new Set(seen.calls)).toEqual(new Set([TOKEN]));
});

test.each(['', '.', '..', '\ud800'])('the id %j has no address', (id) => {
  expect(() => segment(id)).toThrow(expect.objectContaining({ code: 'bad-request' }));
});

test('other ids stay one segment', () => {
  expect(segment('a/../b?c')).toBe('a%2F..%2Fb%3Fc');
});

test('a look at the way is one try, told whatever it comes to; a 429 makes the next one wait', async () => {
  const seen = answering(status(429, { headers: { 'retry-after': '7' } }), ok);
  const { client, clock, events } = rig();
  const look = { path: '/x', query: { pageSize: 1 }, requestId: 'mine' };
  const start = clock.now();
  const first = await client.probe({ ...look, headers: { 'x-request-id': 'mine' } });
  expect(first.error).toMatchObject({ code: 'rate-limited', status: 429 });
  expect(clock.now()).toBe(start);
  expect(events).toEqual([{ type: 'throttled', waitMs: 7_000, kind: 'reads' }]);
  const second = await client.probe({ ...look, headers: {} });
  expect(second).not.toHaveProperty('error');
  expect(clock.now() - start).toBe(7_000);
  expect(seen.map(({ headers }) => headers.get('x-request-id'))).toEqual(['mine', null]);
  expect(seen[1]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
});

test('a look that the network swallows is told too, and a sign-in that fails is thrown', async () => {
  answering(() => HttpResponse.error());
  const look = { path: '/x', requestId: 'mine', headers: {} };
  const { error, header } = await rig().client.probe(look);
  expect(error).toMatchObject({ code: 'connection-failed' });
  expect(header('date')).toBeUndefined();
  answering(status(401));
  const env = { MUSTER_CLIENT_ID: 'c', MUSTER_CLIENT_SECRET: 'client-secret' };
  const credentials = findCredentials(env, { org: 'acme', orgs: 1, mode: 'read' });
  await expect(rig({ credentials }).client.probe(look)).rejects.toMatchObject({
    code: 'sign-in-failed',
  });
});
