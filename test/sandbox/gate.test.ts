import { expect, test } from 'vitest';
import { handClock, JSON_TYPE, start, USERS, user } from './client.ts';

const READ = 'admin:users:read';
const WRITE = 'admin:users:write';

test.each([
  ['no token', undefined],
  ['a wrong token', 'Bearer wrong'],
  ['another scheme', 'Basic bXVzdGVy'],
])('%s is 401', async (_name, authorization) => {
  const client = await start();
  const headers: Record<string, string> = authorization ? { authorization } : {};
  const answer = await fetch(client.sandbox.url + USERS, { headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(await answer.json()).toMatchObject({ code: 'bad.credentials', status: 401 });
  expect(client.sandbox.requests[0]?.tokenName).toBeNull();
});

test('a token ends at its time', async () => {
  const clock = handClock();
  const client = await start({ clock, tokens: [{ token: 'short', expiresInMs: 1000 }] });
  expect((await client.get(USERS)).status).toBe(200);
  clock.advance(1000);
  const late = await client.get(USERS);
  expect(late.status).toBe(401);
  expect(late.body.message).toContain('expired');
});

test('each missing scope is 403 and named', async () => {
  const tokens = [
    { token: 'none', scopes: [] },
    { token: 'reader', scopes: [READ] },
    { token: 'writer', name: 'deploy', scopes: [READ, WRITE] },
  ];
  const client = await start({ tokens });
  const as = (token: string, method: string, path: string) =>
    client.send(method, path, {
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
  const own = `${USERS}/${user(client)}/skills`;
  const refused = [
    [await as('none', 'GET', USERS), READ],
    [await as('none', 'GET', own), READ],
    [await as('none', 'GET', '/api/v2/admin/skills'), READ],
    [await as('none', 'GET', `${USERS}/bulkupdate/j`), READ],
    [await as('reader', 'PUT', own), WRITE],
    [await as('writer', 'POST', `${USERS}/bulkupdate`), 'admin:users:bulkupdate'],
  ] as const;
  for (const [answer, scope] of refused) {
    expect(answer.status).toBe(403);
    expect(answer.body.message).toContain(scope);
  }
  expect(client.sandbox.requests.at(-1)?.tokenName).toBe('deploy');
  expect(client.sandbox.requests[0]?.tokenName).toBe('token-1');
});

test('a burst of writes is throttled, and the wait it is told is enough', async () => {
  const clock = handClock();
  const client = await start({ clock, rates: { reads: 300, writes: 30, burst: 10 } });
  const burst = await Promise.all(Array.from({ length: 100 }, () => client.put(user(client), [])));
  const throttled = burst.filter((answer) => answer.status === 429);
  expect(throttled).toHaveLength(90);
  expect(throttled[0]?.body).toMatchObject({ code: 'too.many.requests', status: 429 });
  const seconds = Number(throttled[0]?.headers.get('retry-after'));
  expect(seconds).toBe(2);
  expect((await client.get(USERS)).status).toBe(200);
  clock.advance(seconds * 1000);
  expect((await client.put(user(client), [])).status).toBe(200);
  expect((await client.put(user(client), [])).status).toBe(429);
});

test('without options the rates are on', async () => {
  const client = await start({ rates: {} });
  const burst = await Promise.all(Array.from({ length: 40 }, () => client.get(USERS)));
  expect(burst.filter((answer) => answer.status === 429).length).toBeGreaterThan(10);
});

test('unknown calls are 404, ids with broken escapes too, unknown methods 405', async () => {
  const client = await start();
  expect((await client.get('/api/v2/admin')).status).toBe(404);
  expect((await client.get(`${USERS}//skills`)).status).toBe(404);
  const answer = await client.send('DELETE', `${USERS}/x/skills`);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, PUT');
  expect((await client.get(`${USERS}/%E0%A4%A/skills`)).status).toBe(404);
});
