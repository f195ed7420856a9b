import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { FaultRule } from '../../src/sandbox/faults.ts';
import type { OrgUser } from '../../src/sandbox/org/org.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { handClock, skill, start, USERS, user } from './client.ts';

test('the request id comes back, and one is made where none was sent', async () => {
  const client = await start();
  const sent = await client.send('GET', USERS, { headers: { 'x-request-id': 'run-7' } });
  expect(sent.headers.get('x-request-id')).toBe('run-7');
  expect((await client.get('/nowhere')).headers.get('x-request-id')).toBe('sandbox-2');
});

test('the log tells what came, and no credentials', async () => {
  const clock = handClock(5000);
  const client = await start({ clock });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await client.send('GET', `${USERS}?pageSize=2`, {
    headers: { traceparent, 'x-request-id': 'r' },
  });
  expect(client.sandbox.requests).toMatchObject([
    {
      method: 'GET',
      path: USERS,
      query: 'pageSize=2',
      at: 5000,
      status: 200,
      requestId: 'r',
      tokenName: 'default',
      traceparent,
      fault: null,
      headers: { traceparent, authorization: '[redacted]' },
    },
  ]);
  expect(JSON.stringify(client.sandbox.requests)).not.toContain(client.sandbox.token);
  client.sandbox.clearRequests();
  expect(client.sandbox.requests).toEqual([]);
});

test('counters know methods, statuses and how many came at once', async () => {
  const client = await start({ latencyMs: 40 });
  await Promise.all([client.get(USERS), client.get(USERS), client.get('/nowhere')]);
  expect(client.sandbox.counters).toMatchObject({
    requests: 3,
    mostAtOnce: 3,
    byMethod: { GET: 3 },
    byStatus: { 200: 2, 404: 1 },
  });
});

test('edits by hand show at once and take any value, but no unknown ids', async () => {
  const client = await start({ lagMs: 60_000 });
  const odd = [{ skillId: skill(client), proficiency: 'expert', note: 'x' }];
  client.sandbox.edit(user(client), odd);
  expect((await client.get(`${USERS}/${user(client)}/skills`)).body.skills).toEqual(odd);
  expect(() => client.sandbox.edit('nobody', [])).toThrow(RangeError);
  expect(() => client.sandbox.edit(user(client), [{ skillId: 'x' }])).toThrow(RangeError);
  expect(() => client.sandbox.skillsOf('nobody')).toThrow(RangeError);
});

/** PUTs an empty list against one fault; `written`: whether it took effect. */
async function struck(fault: FaultRule) {
  const client = await start({ faults: [{ method: 'PUT', times: 1, ...fault }] });
  const answer = await client.put(user(client), []).catch(() => 'broken' as const);
  const written = client.sandbox.skillsOf(user(client)).length === 0;
  const [entry] = client.sandbox.requests;
  expect(entry?.fault).toBe(fault.kind);
  expect((await client.put(user(client), [])).status).toBe(200);
  expect(client.sandbox.counters.byFault).toEqual({ [fault.kind]: 1 });
  return { answer, written, logged: entry?.status };
}

test('a status instead of an answer', async () => {
  const plain = await struck({ kind: 'status', status: 503 });
  expect(plain).toMatchObject({ answer: { status: 503, body: { status: 503 } }, written: false });
  const html = await struck({ kind: 'status', status: 429, retryAfter: 7, html: true });
  expect(html).toMatchObject({ answer: { status: 429, body: undefined }, written: false });
  if (html.answer === 'broken') throw new Error('an answer was expected');
  expect(html.answer.text).toContain('<html>');
  expect(html.answer.headers.get('retry-after')).toBe('7');
  const late = await struck({ kind: 'status', status: 504, afterEffect: true });
  expect(late).toMatchObject({ answer: { status: 504 }, written: true, logged: 504 });
});

test('resets, before and after the effect', async () => {
  const before = await struck({ kind: 'reset-before' });
  expect(before).toEqual({ answer: 'broken', written: false, logged: null });
  const after = await struck({ kind: 'reset-after' });
  expect(after).toEqual({ answer: 'broken', written: true, logged: null });
});

test('a truncated, an empty and a slow answer, all with effect', async () => {
  const truncated = await struck({ kind: 'truncated' });
  expect(truncated).toEqual({ answer: 'broken', written: true, logged: 200 });
  const empty = await struck({ kind: 'empty' });
  expect(empty).toMatchObject({ answer: { status: 200, text: '' }, written: true });
  const slow = await struck({ kind: 'slow', ms: 30 });
  expect(slow).toMatchObject({ answer: { status: 200, body: { skills: [] } }, written: true });
});

test('faults after the effect wait for a request that succeeds', async () => {
  const client = await start({ faults: [{ kind: 'empty', times: 1 }] });
  expect((await client.get('/nowhere')).status).toBe(404);
  expect((await client.get(USERS)).text).toBe('');
});

test('faults can be set later', async () => {
  const client = await start();
  client.sandbox.setFaults([{ kind: 'status', status: 500 }]);
  expect((await client.get(USERS)).status).toBe(500);
});

test('a body that is too large is refused', async () => {
  const client = await start();
  const body = ' '.repeat(33 * 1024 * 1024);
  const answer = await client.send('PUT', `${USERS}/${user(client)}/skills`, { body });
  expect(answer).toMatchObject({ status: 413, body: { code: 'body.too.large' } });
});

test('closing ends waiting answers, slow bodies and silent sockets at once', async () => {
  const sandbox = await startSandbox({
    users: 1,
    latencyMs: 5,
    faults: [{ kind: 'slow', ms: 3_600_000, path: USERS }],
  });
  const headers = { authorization: `Bearer ${sandbox.token}` };
  const slow = fetch(sandbox.url + USERS, { headers }).then((response) => response.text());
  const silent = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  silent.on('error', () => undefined);
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await new Promise((resolve) => setTimeout(resolve, 60));
  const waiting = expect(slow).rejects.toThrow();
  await sandbox.close();
  await waiting;
  await ended;
  await sandbox.close();
  await expect(fetch(sandbox.url)).rejects.toThrow();
});

test('closing ends answers that latency holds back', async () => {
  const sandbox = await startSandbox({ users: 1, latencyMs: 3_600_000 });
  const held = expect(fetch(sandbox.url + USERS)).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 30));
  await sandbox.close();
  await held;
  expect(sandbox.requests[0]?.status).toBeNull();
});

test('a broken org is a fault that is told, not a silent socket', async () => {
  const broken = { id: 'u', email: 'a@example.com', name: 'A', team: 't' } as unknown as OrgUser;
  const client = await start({ org: { id: 'o', skills: [], users: [broken] } });
  const answer = await client.get(`${USERS}/u/skills`);
  expect(answer.status).toBe(500);
  expect(answer.text).toContain('The sandbox failed');
});

test('a client that goes away half-way is no trouble to others', async () => {
  const client = await start();
  const socket = connect(Number(new URL(client.sandbox.url).port), '127.0.0.1');
  socket.write('PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', () =>
    socket.destroy(),
  );
  await once(socket, 'close');
  expect((await client.get(USERS)).status).toBe(200);
});

test('a taken port is said so', async () => {
  const { sandbox } = await start();
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ users: 1, port })).rejects.toMatchObject({
    code: 'sandbox-port',
    hint: expect.stringContaining('--port'),
  });
});

test('without tokens and clients of its own it still names its defaults', async () => {
  const { sandbox } = await start({ tokens: [], clients: [] });
  expect(sandbox.token).not.toBe('');
  expect(sandbox.client.id).not.toBe('');
});
