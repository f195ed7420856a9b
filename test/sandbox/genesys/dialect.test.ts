import { expect, test } from 'vitest';
import { parseFault } from '../../../src/sandbox/fault-syntax.ts';
import { handClock } from '../client.ts';
import { startGenesys, USERS } from './client.ts';

const BULK = `${USERS}/ana/routingskills/bulk`;

test('every answer has a correlation id of its own, and an error repeats it', async () => {
  const client = await startGenesys();
  const one = await client.get(USERS);
  const two = await client.get(`${USERS}/nobody`);
  const first = one.headers.get('ININ-Correlation-Id');
  const second = two.headers.get('ININ-Correlation-Id');
  expect(first).toMatch(/^[\w-]{36}$/);
  expect(second).not.toBe(first);
  expect(two.body).toEqual({
    message: 'User not found',
    code: 'general.resource.not.found',
    status: 404,
    contextId: second,
    details: [],
    errors: [],
  });
  expect(client.sandbox.requests.map(({ requestId }) => requestId)).toEqual([first, second]);
});

test('nothing on an answer tells the rate, until it is exceeded', async () => {
  const clock = handClock();
  const client = await startGenesys({ clock, rates: { calls: 300, burst: 2 } });
  const answer = await client.get(USERS);
  expect([...answer.headers.keys()].filter((name) => /ratelimit/i.test(name))).toEqual([]);
  expect(answer.headers.has('x-request-id')).toBe(false);
  await client.json('PATCH', BULK, []);
  const late = await client.get('/api/v2/routing/skills');
  expect(late.status).toBe(429);
  expect(late.headers.get('retry-after')).toBe('1');
  expect(late.body).toEqual({
    message: 'Rate limit exceeded the maximum. Retry the request in [1] seconds',
    code: 'too.many.requests.retry.after',
    status: 429,
    contextId: late.headers.get('inin-correlation-id'),
    details: [],
    errors: [],
  });
  clock.advance(1000);
  expect((await client.get(USERS)).status).toBe(200);
});

test('what a token lacks is named: its scope first, then the permission', async () => {
  const tokens = [
    { token: 'nothing', scopes: [] },
    { token: 'reader', scopes: ['users:readonly', 'routing:readonly'], permissions: [] },
    { token: 'plain', permissions: [] },
  ];
  const client = await startGenesys({ tokens });
  const as = async (token: string, method: string, path: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await client.send(method, path, { headers });
    return [status, body.code, body.message];
  };
  const denied = 'Unable to perform the requested action.';
  const scope = 'app.not.authorized.for.scope';
  expect(await as('nothing', 'GET', USERS)).toEqual([
    403,
    scope,
    'App not authorized to use scope users',
  ]);
  expect((await as('reader', 'PUT', BULK))[1]).toBe(scope);
  expect(await as('plain', 'PUT', BULK)).toEqual([
    403,
    'missing.permissions',
    `${denied} You are missing the following permission(s): routing:skill:assign`,
  ]);
  expect(await as('plain', 'DELETE', `${USERS}/ana/routinglanguages/l1`)).toEqual([
    403,
    'missing.any.permissions',
    `${denied} You must have at least one of the following permissions assigned: routing:skill:assign, routing:language:assign`,
  ]);
  expect((await as('reader', 'GET', '/api/v2/routing/skills'))[1]).toBe('missing.permissions');
  expect((await as('reader', 'GET', '/api/v2/users/query'))[1]).toBe('missing.permissions');
  expect((await as('reader', 'GET', USERS))[0]).toBe(200);
  const limits = '/api/v2/organizations/limits/namespaces/platform.api';
  expect((await as('nothing', 'GET', limits))[0]).toBe(200);
});

test('a missing token and a wrong one are told apart', async () => {
  const client = await startGenesys();
  const none = await fetch(client.sandbox.url + USERS);
  expect(none.status).toBe(401);
  expect(await none.json()).toMatchObject({ code: 'authentication.required' });
  const wrong = await client.send('GET', USERS, { headers: { authorization: 'Bearer x' } });
  expect(wrong).toMatchObject({ status: 401, body: { code: 'bad.credentials' } });
});

test('what it does not have, in the shape of its errors', async () => {
  const client = await startGenesys();
  expect((await client.get('/api/v2/admin/users')).body).toMatchObject({
    code: 'not.found',
    status: 404,
  });
  const method = await client.json('PATCH', USERS, {});
  expect(method).toMatchObject({ status: 405, body: { status: 405, errors: [] } });
  expect(method.headers.get('allow')).toBe('GET');
  const typed = { body: '[]', headers: { 'content-type': 'text/plain' } };
  expect((await client.send('PUT', BULK, typed)).body.code).toBe('unsupported.media.type');
  const large = { body: ' '.repeat(33 * 1024 * 1024) };
  expect((await client.send('PUT', BULK, large)).body.code).toBe('request.entity.too.large');
});

test.each([
  ['status=400,code=general.conflict', 'Conflicts found replacing routing skills for user'],
  ['status=409,code=general.conflict', 'Conflicts found replacing routing skills for user'],
  ['status=400,code=odd.thing', 'The request could not be understood by the server'],
  ['status=503', 'Service Unavailable'],
  ['status=418', 'An error occurred.'],
])('a fault speaks its language: %s', async (fault, message) => {
  const client = await startGenesys({ faults: [parseFault(`${fault},method=PUT,retry-after=3`)] });
  const answer = await client.json('PUT', BULK, []);
  expect(answer.body.message).toContain(message);
  expect(answer.body.contextId).toBe(answer.headers.get('inin-correlation-id'));
  expect(answer.headers.get('retry-after')).toBe('3');
});
