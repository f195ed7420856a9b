/** Sign-ins other than by client credentials: the token, and where the API is, come from what is handed in. */
import { expect, test } from 'vitest';
import type { Fetch } from '../../src/http/exchange.ts';
import { Secret } from '../../src/http/secret.ts';
import type { SignIn } from '../../src/http/sign-in.ts';
import { rig } from './support.ts';

const LOGIN = new URL('https://login.mypurecloud.com/');

/** Signs in at a door that tells another API each time. */
function moving(): SignIn {
  let times = 0;
  return {
    async grant(ask) {
      times += 1;
      const { body } = await ask({ base: LOGIN, method: 'GET', path: '/door', query: { n: '1' } });
      const { token } = body as { token: string };
      const base = new URL(`https://api${times}.mypurecloud.com`);
      return { token: new Secret(token), expiresIn: 3600, base };
    },
    secrets: () => [new Secret('key-secret')],
  };
}

const credentials = {
  kind: 'access-key',
  keyId: new Secret('key'),
  keySecret: new Secret('key-secret'),
  source: 'MUSTER_ACCESS_KEY_ID and MUSTER_ACCESS_KEY_SECRET',
} as const;

function stand(answer: (url: URL, headers: Headers) => Response) {
  const seen: { url: string; authorization: string | null }[] = [];
  const fetch: Fetch = async (href, { headers }) => {
    const sent = new Headers(headers);
    seen.push({ url: href, authorization: sent.get('authorization') });
    return answer(new URL(href), sent);
  };
  return { seen, rig: () => rig({ signIn: moving(), credentials, fetch }, 'no base') };
}

test('the API is where the sign-in says, and the door is asked without a token', async () => {
  const { seen, rig: make } = stand(({ pathname }) =>
    Response.json(pathname === '/door' ? { token: 't' } : { fine: true }),
  );
  const { client } = make();
  await client.read('/x');
  await client.read('/y');
  expect(seen).toEqual([
    { url: 'https://login.mypurecloud.com/door?n=1', authorization: null },
    { url: 'https://api1.mypurecloud.com/x', authorization: 'Bearer t' },
    { url: 'https://api1.mypurecloud.com/y', authorization: 'Bearer t' },
  ]);
});

test('a renewed token goes where its own sign-in says', async () => {
  const { seen, rig: make } = stand(({ pathname, host }) => {
    if (pathname === '/door') return Response.json({ token: 't' });
    return host.startsWith('api1') ? new Response('{}', { status: 401 }) : Response.json({});
  });
  await make().client.read('/x');
  expect(seen.at(-1)?.url).toBe('https://api2.mypurecloud.com/x');
});

test('what a sign-in calls secret is in no message', async () => {
  const { rig: make } = stand(({ pathname }) =>
    pathname === '/door'
      ? Response.json({ token: 'tok-tok' })
      : Response.json({ message: 'No key-secret, no tok-tok.' }, { status: 400 }),
  );
  await expect(make().client.read('/x')).rejects.toMatchObject({
    platformMessage: 'No [secret], no [secret].',
  });
});
