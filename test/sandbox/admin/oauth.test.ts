import { expect, test } from 'vitest';
import { handClock, start, USERS } from '../client.ts';

const FORM = 'application/x-www-form-urlencoded';

async function ask(client: Awaited<ReturnType<typeof start>>, how: Record<string, string> = {}) {
  const { id, secret } = client.sandbox.client;
  const basic = Buffer.from(how.credentials ?? `${id}:${secret}`).toString('base64');
  return client.send('POST', '/oauth/token', {
    headers: { authorization: `Basic ${basic}`, 'content-type': how.type ?? FORM },
    body: how.body ?? 'grant_type=client_credentials',
  });
}

test('client credentials give a token that works until it ends', async () => {
  const clock = handClock();
  const client = await start({
    clock,
    clients: [{ id: 'ci', secret: 'a:b', tokenLifeMs: 60_000 }],
  });
  const { status, body } = await ask(client);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 60 });
  const headers = { authorization: `Bearer ${body.access_token}` };
  expect((await client.send('GET', USERS, { headers })).status).toBe(200);
  expect(client.sandbox.requests.at(-1)?.tokenName).toBe('ci');
  clock.advance(60_000);
  expect((await client.send('GET', USERS, { headers })).status).toBe(401);
  expect((await ask(client)).body.access_token).not.toBe(body.access_token);
});

test("a client's tokens have its scopes", async () => {
  const client = await start({
    clients: [{ id: 'ci', secret: 's', scopes: ['admin:users:write'] }],
  });
  const { body } = await ask(client);
  const headers = { authorization: `Bearer ${body.access_token}` };
  expect((await client.send('GET', USERS, { headers })).status).toBe(403);
});

test.each([
  [{ credentials: 'muster-sandbox:wrong' }, 401, 'invalid_client'],
  [{ credentials: 'nobody:sandbox-secret' }, 401, 'invalid_client'],
  [{ credentials: 'no colon' }, 401, 'invalid_client'],
  [{ body: 'grant_type=password' }, 400, 'unsupported_grant_type'],
  [{ type: 'application/json' }, 415, 'unsupported.media.type'],
])('%o is refused', async (how, status, code) => {
  const client = await start();
  expect(await ask(client, how as Record<string, string>)).toMatchObject({
    status,
    body: { code, status },
  });
});

test('a bearer token is no client', async () => {
  const client = await start();
  const answer = await client.send('POST', '/oauth/token', {
    headers: { 'content-type': FORM },
    body: 'grant_type=client_credentials',
  });
  expect(answer.status).toBe(401);
});
