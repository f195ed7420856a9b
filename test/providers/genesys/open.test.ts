/** Where an org of Genesys Cloud is, and signs in: by its region, unless its addresses are written. */
import { describe, expect, test } from 'vitest';
import { findCredentials } from '../../../src/http/credentials.ts';
import type { Org } from '../../../src/model/config.ts';
import { openGenesys } from '../../../src/providers/genesys/open.ts';
import { virtualClock } from '../../http/support.ts';
import { orgOf } from '../admin/support.ts';
import { orgAnswering } from './support.ts';

const CLIENT = { MUSTER_CLIENT_ID: 'me', MUSTER_CLIENT_SECRET: 'hush' };

function opened(settings: Partial<Org>, env: Record<string, string> = CLIENT, hosts = '') {
  const urls: URL[] = [];
  const tokens = new Set<string>();
  const answer = orgAnswering({ people: [] });
  const provider = openGenesys({
    org: orgOf({ platform: 'genesys', ...settings }),
    outside: {
      credentials: findCredentials(env, { org: 'acme', orgs: 1, mode: 'write' }),
      allowedHosts: hosts === '' ? [] : [hosts],
      clock: virtualClock(),
      random: () => 0.5,
      newRequestId: () => 'id',
      listener: () => undefined,
      readOnly: () => false,
      fetch: async (href, { method, headers }) => {
        const url = new URL(href);
        urls.push(url);
        const path = url.pathname.replace('/api/v2', '');
        if (path === '/oauth/token') return Response.json({ access_token: `t${urls.length}` });
        tokens.add(headers.authorization ?? '');
        const reply = answer({ method, path, query: url.searchParams, body: '' });
        return reply === undefined ? Response.json({}, { status: 404 }) : Response.json(reply);
      },
    },
  });
  return { provider, urls, tokens, origins: () => [...new Set(urls.map(({ origin }) => origin))] };
}

test.each<[string, Partial<Org>, string, string]>([
  [
    'a domain',
    { region: 'mypurecloud.ie' },
    'https://login.mypurecloud.ie',
    'https://api.mypurecloud.ie',
  ],
  [
    'a name',
    { region: 'us_east_2' },
    'https://login.use2.us-gov-pure.cloud',
    'https://api.use2.us-gov-pure.cloud',
  ],
  [
    'an address of the API',
    { region: 'mypurecloud.de', baseUrl: 'https://gate.example.com' },
    'https://login.mypurecloud.de',
    'https://gate.example.com',
  ],
  [
    'an address to sign in at',
    { region: 'mypurecloud.de', loginUrl: 'https://gate.example.com' },
    'https://gate.example.com',
    'https://api.mypurecloud.de',
  ],
  [
    'a stand-in on loopback',
    { region: 'mypurecloud.de', baseUrl: 'http://127.0.0.1:1' },
    'http://127.0.0.1:1',
    'http://127.0.0.1:1',
  ],
  [
    'an address alone',
    { baseUrl: 'https://api.mypurecloud.jp' },
    'https://api.mypurecloud.jp',
    'https://api.mypurecloud.jp',
  ],
])('by %s', async (_what, settings, login, api) => {
  const { provider, origins } = opened(settings, CLIENT, 'gate.example.com');
  await provider.fetch({ keys: [] });
  expect(origins()).toEqual([...new Set([login, api])]);
});

test.each<[Partial<Org>, string]>([
  [{}, 'address-missing'],
  [{ region: 'nowhere' }, 'address-missing'],
  [{ baseUrl: 'https://gate.example.com' }, 'host-not-allowed'],
  [
    { region: 'mypurecloud.ie', loginUrl: 'https://login.mypurecloud.ie.evil.example' },
    'host-not-allowed',
  ],
  [{ region: 'mypurecloud.ie', baseUrl: 'nowhere' }, 'bad-url'],
])('%j is refused before anything is sent: %s', (settings, code) => {
  expect(() => opened(settings)).toThrow(expect.objectContaining({ code }));
});

describe('several tokens', () => {
  const settings = { region: 'mypurecloud.ie', tokens: 2, pace: {} };

  test('of one client share the requests', async () => {
    const { provider, tokens } = opened(settings);
    for (let n = 0; n < 12; n += 1) await provider.fetch({ keys: [] });
    expect(tokens.size).toBe(2);
    expect(provider.batching(1).lanes).toBe(16);
  });

  test('are one where it is ready-made', async () => {
    const { provider, tokens } = opened(settings, { MUSTER_TOKEN: 't' });
    for (let n = 0; n < 12; n += 1) await provider.fetch({ keys: [] });
    expect(tokens.size).toBe(1);
    expect(provider.batching(1).lanes).toBe(8);
  });
});
