import { expect, test } from 'vitest';
import { handClock } from '../client.ts';
import { startGenesys, USERS } from './client.ts';

const FORM = 'grant_type=client_credentials';

async function signedIn(options: Parameters<typeof startGenesys>[0] = {}) {
  const client = await startGenesys(options);
  const { id } = client.sandbox.client;
  const signIn = (secret = client.sandbox.client.secret, body = FORM) =>
    client.send('POST', '/oauth/token', {
      body,
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  return { client, signIn };
}

test('client credentials give a token that ends', async () => {
  const clock = handClock();
  const clients = [{ id: 'c', secret: 's', tokenLifeMs: 300_000 }];
  const { client, signIn } = await signedIn({ clock, clients });
  const { body } = await signIn();
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 300 });
  const headers = { authorization: `Bearer ${body.access_token}` };
  expect((await client.send('GET', USERS, { headers })).status).toBe(200);
  clock.advance(300_000);
  expect((await client.send('GET', USERS, { headers })).status).toBe(401);
});

test('a wrong secret and another grant are refused as OAuth wants it', async () => {
  const { signIn } = await signedIn();
  expect(await signIn('wrong')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  expect(await signIn(undefined, 'grant_type=password')).toMatchObject({
    status: 400,
    body: { error: 'unsupported_grant_type', description: expect.any(String) },
  });
});

test('whoever signs in too often is refused with 400, for a while', async () => {
  const clock = handClock();
  const { signIn } = await signedIn({ clock, signIns: 60, rates: { calls: 0, burst: 1 } });
  expect((await signIn()).status).toBe(200);
  const late = await signIn();
  expect(late.status).toBe(400);
  expect(late.body).toMatchObject({
    error: 'invalid_request',
    error_description: expect.stringContaining('invalid_request (rate limit exceeded;'),
  });
  clock.advance(1000);
  expect((await signIn()).status).toBe(200);
});
