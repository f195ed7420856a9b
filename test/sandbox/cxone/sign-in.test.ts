import { expect, test } from 'vitest';
import { type Client, handClock } from '../client.ts';
import { API, startCxone } from './client.ts';

const REGIONAL = '/authentication/v1/token/access-key';

function globally(client: Client, change: Readonly<Record<string, string>> = {}, secret?: string) {
  const { client: app, accessKey } = client.sandbox;
  const form = { grant_type: 'password', username: accessKey.id, password: accessKey.secret };
  const basic = Buffer.from(`${app.id}:${secret ?? app.secret}`).toString('base64');
  return client.send('POST', '/auth/token', {
    body: new URLSearchParams({ ...form, ...change }),
    headers: { authorization: `Basic ${basic}` },
  });
}

const regionally = (client: Client, change: object = {}) => {
  const { id, secret } = client.sandbox.accessKey;
  const body = { accessKeyId: id, accessKeySecret: secret, ...change };
  return client.json('POST', REGIONAL, body);
};

test.each([
  ['globally', globally],
  ['regionally', regionally],
])(
  'an access key gives a token for an hour, and the tenant it is for: %s',
  async (_how, signIn) => {
    const clock = handClock();
    const client = await startCxone({ clock });
    const { body } = await signIn(client);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(body.refresh_token).toEqual(expect.any(String));
    const [, claims = ''] = body.id_token.split('.');
    const { tenantId } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(tenantId).toBe('tenant');
    const found = await client.get(`/.well-known/cxone-configuration?tenantId=${tenantId}`);
    expect(found.body.api_endpoint).toBe(client.sandbox.url);
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await client.send('GET', `${API}/agents`, { headers })).status).toBe(200);
    clock.advance(3_600_000);
    expect((await client.send('GET', `${API}/agents`, { headers })).status).toBe(401);
  },
);

test('a wrong key, a wrong client and another grant are refused', async () => {
  const client = await startCxone();
  const refused = async (answer: ReturnType<typeof globally>) => {
    const { status, body } = await answer;
    return [status, body.error];
  };
  expect(await refused(globally(client, { password: 'x' }))).toEqual([401, 'invalid_grant']);
  expect(await refused(globally(client, {}, 'x'))).toEqual([401, 'invalid_client']);
  expect(await refused(globally(client, { grant_type: 'x' }))).toEqual([
    400,
    'unsupported_grant_type',
  ]);
  expect(await refused(regionally(client, { accessKeySecret: 'x' }))).toEqual([
    401,
    'invalid_grant',
  ]);
  expect(await refused(regionally(client, { accessKeyId: 7 }))).toEqual([401, 'invalid_grant']);
});

test('another tenant is not found', async () => {
  const client = await startCxone();
  expect((await client.get('/.well-known/cxone-configuration?tenantId=x')).status).toBe(404);
});
