/** Both sign-ins, and the way from the token to the tenant and its API. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { findCredentials } from '../../../src/http/credentials.ts';
import type { Fetch } from '../../../src/http/exchange.ts';
import type { Org } from '../../../src/model/config.ts';
import type { MusterEvent } from '../../../src/model/event.ts';
import { openCxone } from '../../../src/providers/cxone/open.ts';
import { virtualClock } from '../../http/support.ts';
import { orgOf } from '../admin/support.ts';
import { ROOT, responseOf } from './support.ts';

const KEY = { MUSTER_ACCESS_KEY_ID: 'key/id', MUSTER_ACCESS_KEY_SECRET: 'key+secret' };
const BOTH = { ...KEY, MUSTER_CLIENT_ID: 'client', MUSTER_CLIENT_SECRET: 'hush' };
const READY = { MUSTER_TOKEN: 'ready' };

const jwt = (claims: object) =>
  ['{"alg":"none"}', JSON.stringify(claims), 'sig']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

const ID_TOKEN = jwt({ tenantId: 't-1', iss: 'https://cxone.niceincontact.com' });
const GRANT = { access_token: 'tok', expires_in: 3600, id_token: ID_TOKEN, refresh_token: 'again' };
const CONFIGURATION = { api_endpoint: 'https://api-na1.niceincontact.com/' };
const AGENT = { agentId: 7, isActive: true };

interface Seen {
  readonly url: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly body: string;
}

/** A way to a tenant whose doors answer as told: by the end of a path. */
function way(
  env: Readonly<Record<string, string>>,
  settings: Partial<Org> = {},
  doors: Readonly<Record<string, unknown>> = {},
) {
  const seen: Seen[] = [];
  const events: MusterEvent[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    '/auth/token': GRANT,
    '/authentication/v1/token/access-key': GRANT,
    '/.well-known/cxone-configuration': CONFIGURATION,
    [`${ROOT}/skills`]: { totalRecords: 0, skills: [] },
    [`${ROOT}/agents`]: { totalRecords: 1, agents: [AGENT] },
    [`${ROOT}/agents/skills`]: { totalRecords: 0, agentSkillAssignments: [] },
    ...doors,
  };
  const fetch: Fetch = async (href, { method, headers, body = '' }) => {
    const url = new URL(href);
    const authorization = new Headers(headers).get('authorization');
    seen.push({ url: url.href, method, authorization, body });
    const answer = answers[url.pathname] ?? 404;
    return responseOf(typeof answer === 'function' ? answer() : answer);
  };
  const open = () =>
    openCxone({
      org: orgOf({ platform: 'cxone', ...settings }),
      outside: {
        credentials: findCredentials(env, { org: 'acme', orgs: 1, mode: 'read', accessKey: true }),
        allowedHosts: [],
        fetch,
        clock: virtualClock(),
        random: () => 0.5,
        newRequestId: () => 'req',
        listener: (event) => void events.push(event),
        readOnly: () => true,
        retries: { attempts: 2 },
      },
    });
  const read = () => open().fetch({ keys: [] });
  return { seen, events, open, read, urls: () => seen.map(({ url }) => url) };
}

test('with a client the key is changed for a token at the central door, and the tenant tells where its API is', async () => {
  const { seen, read } = way(BOTH);
  await read();
  expect(seen.slice(0, 3)).toEqual([
    {
      url: 'https://cxone.niceincontact.com/auth/token',
      method: 'POST',
      authorization: `Basic ${Buffer.from('client:hush').toString('base64')}`,
      body: 'grant_type=password&username=key%2Fid&password=key%2Bsecret',
    },
    {
      url: 'https://cxone.niceincontact.com/.well-known/cxone-configuration?tenantId=t-1',
      method: 'GET',
      authorization: null,
      body: '',
    },
    {
      url: `https://api-na1.niceincontact.com${ROOT}/skills?skip=0&top=1000`,
      method: 'GET',
      authorization: 'Bearer tok',
      body: '',
    },
  ]);
});

test('without a client the key signs in at its area', async () => {
  const { seen, read } = way(KEY, { area: 'na1' });
  await read();
  expect(seen[0]).toEqual({
    url: 'https://na1.nice-incontact.com/authentication/v1/token/access-key',
    method: 'POST',
    authorization: null,
    body: '{"accessKeyId":"key/id","accessKeySecret":"key+secret"}',
  });
  expect(seen[1]?.url).toMatch(/^https:\/\/cxone\.niceincontact\.com\/\.well-known/);
});

test('a token of a FedRAMP tenant is asked about where it was issued', async () => {
  const iss = 'https://cxone-gov.niceincontact.com/';
  const grant = { ...GRANT, id_token: jwt({ tenantId: 't-1', iss }) };
  const doors = { '/authentication/v1/token/access-key': grant };
  const { read, urls } = way(KEY, { area: 'gov1' }, doors);
  await read();
  expect(urls()[1]).toMatch(/^https:\/\/cxone-gov\.niceincontact\.com\/\.well-known/);
  const other = way(
    KEY,
    { area: 'na1' },
    {
      '/authentication/v1/token/access-key': {
        ...GRANT,
        id_token: jwt({ tenantId: 't-1', iss: 'https://evil.example' }),
      },
    },
  );
  await other.read();
  expect(other.urls()[1]).toMatch(/^https:\/\/cxone\.niceincontact\.com\//);
});

test('on loopback everything is found there: by what is set, or looked up', async () => {
  const local = 'http://127.0.0.1:9';
  const set = way(BOTH, { baseUrl: local });
  await set.read();
  expect(set.urls().slice(0, 2)).toEqual([
    `${local}/auth/token`,
    `${local}${ROOT}/skills?skip=0&top=1000`,
  ]);
  const found = way(
    BOTH,
    { loginUrl: local },
    {
      '/.well-known/cxone-configuration': { api_endpoint: `${local}/api` },
      [`/api${ROOT}/skills`]: { totalRecords: 0, skills: [] },
      [`/api${ROOT}/agents`]: { totalRecords: 1, agents: [AGENT] },
      [`/api${ROOT}/agents/skills`]: { totalRecords: 0, agentSkillAssignments: [] },
    },
  );
  await found.read();
  expect(found.urls().slice(0, 3)).toEqual([
    `${local}/auth/token`,
    `${local}/.well-known/cxone-configuration?tenantId=t-1`,
    `${local}/api${ROOT}/skills?skip=0&top=1000`,
  ]);
});

test('what is looked up must be a host that may be trusted', async () => {
  for (const [endpoint, code] of [
    ['https://niceincontact.com.evil.example', 'host-not-allowed'],
    ['http://api-na1.niceincontact.com', 'insecure-url'],
    ['api-na1', 'bad-url'],
  ]) {
    const { read, urls } = way(
      BOTH,
      {},
      {
        '/.well-known/cxone-configuration': { api_endpoint: endpoint },
      },
    );
    await expect(read()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/discovered URL/),
    });
    expect(urls()).toHaveLength(2);
  }
  for (const settings of [{ area: 'evil.example/' }, { loginUrl: 'https://evil.example' }])
    expect(way(KEY, settings).open).toThrow(expect.objectContaining({ code: 'host-not-allowed' }));
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['no tenant', { '/auth/token': { access_token: 'tok' } }, /does not tell the tenant/],
  [
    'a token that cannot be read',
    { '/auth/token': { access_token: 'tok', id_token: 'a.b.c' } },
    /does not tell the tenant/,
  ],
  ['no configuration', { '/.well-known/cxone-configuration': 404 }, /could not be read \(404\)/],
  ['no endpoint', { '/.well-known/cxone-configuration': {} }, /does not tell its API endpoint/],
])('%s leads nowhere', async (_what, doors, words) => {
  await expect(way(BOTH, {}, doors).read()).rejects.toMatchObject({
    code: 'discovery-failed',
    message: expect.stringMatching(words),
    hint: expect.stringContaining('baseUrl'),
  });
});

test('where the configuration fails for a moment it is asked for again', async () => {
  let asked = 0;
  const { read } = way(
    BOTH,
    {},
    {
      '/.well-known/cxone-configuration': () => {
        asked += 1;
        return asked === 1 ? 503 : CONFIGURATION;
      },
    },
  );
  await read();
  expect(asked).toBe(2);
});

test('a key that is refused is told by its variables, and that it dies with its user', async () => {
  for (const status of [400, 401]) {
    const { read } = way(BOTH, {}, { '/auth/token': status });
    await expect(read()).rejects.toMatchObject({
      code: 'sign-in-failed',
      message: expect.stringMatching(/MUSTER_CLIENT_ID .*MUSTER_ACCESS_KEY_SECRET/),
      hint: expect.stringMatching(/dies when its user is deactivated/),
    });
  }
});

test('a token of another tenant is refused before anything is read', async () => {
  for (const settings of [{ orgId: 't-2' }, { orgId: 't-2', baseUrl: 'http://127.0.0.1:9' }]) {
    const { read, urls } = way(BOTH, settings);
    await expect(read()).rejects.toMatchObject({
      code: 'org-mismatch',
      message: expect.stringMatching(/tenant t-1, and its `orgId` is t-2/),
    });
    expect(urls()).toHaveLength(1);
  }
  await expect(way(BOTH, { orgId: 'T-1' }).read()).resolves.toBeDefined();
});

test('an org that is pinned needs to be told the tenant', async () => {
  const untold = { '/auth/token': { access_token: 'tok' } };
  const pinned = way(BOTH, { orgId: 't-1', baseUrl: 'http://127.0.0.1:9' }, untold);
  await expect(pinned.read()).rejects.toMatchObject({ code: 'discovery-failed' });
  const access = { '/auth/token': { access_token: jwt({ tenantId: 't-1' }) } };
  await way(BOTH, { orgId: 't-1' }, access).read();
  await way(BOTH, { baseUrl: 'http://127.0.0.1:9' }, untold).read();
});

test('the endpoint is looked up once, however often the token is renewed', async () => {
  let refused = 1;
  const { read, urls } = way(
    BOTH,
    {},
    {
      [`${ROOT}/agents`]: () => (refused-- > 0 ? 401 : { totalRecords: 1, agents: [AGENT] }),
    },
  );
  await read();
  expect(urls().filter((url) => url.includes('/auth/token'))).toHaveLength(2);
  expect(urls().filter((url) => url.includes('well-known'))).toHaveLength(1);
});

test('a ready-made token works where the API is said to be', async () => {
  const { read, seen, events } = way(READY, { baseUrl: 'https://api-na1.niceincontact.com' });
  await read();
  expect(seen[0]?.authorization).toBe('Bearer ready');
  expect(events.filter(({ type }) => type === 'notice')).toEqual([]);
  expect(way(READY).open).toThrow(expect.objectContaining({ code: 'address-missing' }));
});

test('of a ready-made token the tenant is compared where it can be read, and else that is told', async () => {
  const baseUrl = 'https://api-na1.niceincontact.com';
  const told = { MUSTER_TOKEN: jwt({ tenantId: 't-1' }) };
  expect(way(told, { baseUrl, orgId: 't-2' }).open).toThrow(
    expect.objectContaining({ code: 'org-mismatch' }),
  );
  expect(way(told, { baseUrl, orgId: 't-1' }).open).not.toThrow();
  const { open, events } = way(READY, { baseUrl, orgId: 't-1' });
  open();
  expect(events).toMatchObject([{ type: 'notice', code: 'tenant-unchecked' }]);
});

test('a key without a client needs an area', () => {
  expect(way(KEY).open).toThrow(
    expect.objectContaining({ code: 'address-missing', hint: expect.stringContaining('`area`') }),
  );
});

test('no secret shows in any error', async () => {
  const words = { message: `No key+secret, hush, tok, ${ID_TOKEN}, again.` };
  const { read } = way(
    BOTH,
    {},
    {
      [`${ROOT}/skills`]: () => Response.json(words, { status: 400 }),
    },
  );
  const error = await read().catch((thrown) => thrown);
  for (const secret of ['key+secret', 'hush', ID_TOKEN, 'again', ', tok,'])
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
});

test('a 429 stops everybody for two seconds at least, then six, then eighteen', async () => {
  const { open } = way(BOTH, {}, { [`${ROOT}/skills`]: 429 });
  const waits: number[] = [];
  const provider = openCxone({
    org: orgOf({ platform: 'cxone', baseUrl: 'http://127.0.0.1:9' }),
    outside: {
      credentials: findCredentials(READY, { org: 'acme', orgs: 1, mode: 'read' }),
      allowedHosts: [],
      fetch: async () => responseOf(429),
      clock: virtualClock(),
      random: () => 0,
      newRequestId: () => 'req',
      listener: (event) => void (event.type === 'throttled' && waits.push(event.waitMs)),
      readOnly: () => true,
      retries: { attempts: 4 },
    },
  });
  await expect(provider.fetch({ keys: [] })).rejects.toMatchObject({ code: 'rate-limited' });
  expect(waits).toEqual([2000, 6000, 18_000, 18_000]);
  await open().close();
});

test('whose the credentials are is known once somebody has signed in', async () => {
  const { open, urls } = way(BOTH);
  const checkup = open().checkup?.();
  expect(await checkup?.tenant?.()).toEqual({ id: 't-1' });
  expect(urls()).toHaveLength(3);
  expect(await checkup?.tenant?.()).toEqual({ id: 't-1' });
  expect(urls()).toHaveLength(3);
  const told = way({ MUSTER_TOKEN: jwt({ tenantId: 't-9' }) }, { baseUrl: 'http://127.0.0.1:9' });
  expect(await told.open().checkup?.().tenant?.()).toEqual({ id: 't-9' });
  expect(told.urls()).toEqual([]);
  const opaque = way(READY, { baseUrl: 'http://127.0.0.1:9' });
  expect(opaque.open().checkup?.().tenant).toBeUndefined();
  const untold = { '/auth/token': { access_token: 'tok' } };
  const silent = way(BOTH, { baseUrl: 'http://127.0.0.1:9' }, untold).open();
  await expect(silent.checkup?.().tenant?.()).rejects.toMatchObject({ code: 'tenant-unchecked' });
});
