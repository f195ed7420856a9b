/** Before anything else: the right tenant, and the pace that the platform allows. */
import { describe, expect, test } from 'vitest';
import type { Org } from '../../../src/model/config.ts';
import { type Call, failing, orgAnswering, type Reply, refusal, stand } from './support.ts';

const org = orgAnswering({ people: [] });
const ID = '7f1c2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6';
const TENANT = '/organizations/me';
const LIMITS = '/organizations/limits/namespaces/platform.api';
const RATE = 'client.credentials.token.rate.per.minute';

const answering =
  (replies: Readonly<Record<string, () => Reply>>) =>
  (call: Call): Reply =>
    (replies[call.path] ?? (() => org(call)))();

const pathsOf = (calls: readonly Call[]) => calls.map(({ path }) => path);

describe('the tenant', () => {
  const tenant = (id: string) => answering({ [TENANT]: () => ({ id, name: 'Acme EU' }) });

  test('is looked at once, before anything else', async () => {
    const { provider, calls } = stand(tenant(ID.toUpperCase()), { orgId: ID });
    await provider.fetch({ keys: [] });
    await provider.fetchOwn([]);
    expect(pathsOf(calls)[0]).toBe(TENANT);
    expect(pathsOf(calls).filter((path) => path === TENANT)).toHaveLength(1);
  });

  test('that is another one is left alone: nothing else is asked', async () => {
    const { provider, calls } = stand(tenant('another'), { orgId: ID });
    for (const work of [provider.fetch({ keys: [] }), provider.fetchOwn(['u1'])]) {
      const error = await failing(work);
      expect(error).toMatchObject({ code: 'org-mismatch', place: { file: 'muster.yaml' } });
      expect(error.message).toMatch(/another \(Acme EU\).*7f1c2a34/);
    }
    expect(new Set(pathsOf(calls))).toEqual(new Set([TENANT]));
  });

  test('is not asked for where the org is pinned to none', async () => {
    const { provider, calls } = stand(tenant(ID));
    await provider.fetch({ keys: [] });
    expect(pathsOf(calls)).not.toContain(TENANT);
  });

  test.each<[string, () => Reply, object]>([
    [
      'cannot be read',
      () => refusal(403, 'not.authorized'),
      { hint: expect.stringContaining('organization:readonly') },
    ],
    ['is not told', () => ({ name: 'Acme' }), { code: 'answer-malformed' }],
    ['is no object', () => [], { code: 'answer-malformed' }],
  ])('that %s is not taken for the right one', async (_what, reply, error) => {
    const { provider, calls } = stand(answering({ [TENANT]: reply }), { orgId: ID });
    expect(await failing(provider.fetch({ keys: [] }))).toMatchObject(error);
    expect(calls).toHaveLength(1);
  });

  test('that could not be read is asked for again', async () => {
    let asked = 0;
    const { provider } = stand(
      answering({
        [TENANT]: () => {
          asked += 1;
          return asked < 3 ? 503 : { id: ID };
        },
      }),
      { orgId: ID },
    );
    expect((await failing(provider.fetch({ keys: [] }))).code).toBe('server-error');
    await provider.fetch({ keys: [] });
    expect(asked).toBe(3);
  });
});

/** How long so many more reads take, in seconds. */
async function secondsFor(reads: number, settings: Partial<Org>, limits: () => Reply) {
  const pace = { reads: 300, writes: 300, both: 300 };
  const { provider, clock, calls } = stand(
    answering({ [LIMITS]: limits }),
    { pace: {}, ...settings },
    { pace },
  );
  await provider.fetch({ keys: [] });
  const start = clock.now();
  await provider.fetchOwn(Array.from({ length: reads / 2 }, (_, n) => `u${n}`));
  return { seconds: (clock.now() - start) / 1000, asked: pathsOf(calls).includes(LIMITS) };
}

const limit = (key: string, value: unknown) => ({ key, namespace: 'platform.api', value });
const limits = (value: unknown) => () => ({
  entities: [limit('token.rate.per.minute', 9), limit(RATE, value)],
  total: 2,
});

describe('the pace', () => {
  test.each<[string, Partial<Org>, () => Reply, number]>([
    ['as told, where it is slower', {}, limits(60), 60],
    ['as told, where it is faster', {}, limits(3000), 3000],
    ['as told, for each token', { tokens: 2 }, limits(1500), 3000],
    ['as written, where that is faster', { pace: { reads: 600 } }, limits(60), 600],
    ['as written, where that is slower', { pace: { reads: 60 } }, limits(600), 60],
    ['the usual one, where nobody says', {}, () => ({ entities: [] }), 300],
    ['the usual one, where it is not told', {}, () => 403, 300],
    ['the usual one, where the telling fails', {}, () => 500, 300],
    ['the usual one, where what is told is no number', {}, limits('many'), 300],
    ['the usual one, where what is told is nothing', {}, limits(0), 300],
    ['the usual one, where it is told otherwise', {}, () => [RATE], 300],
  ])('is %s', async (_what, settings, reply, perMinute) => {
    const { seconds, asked } = await secondsFor(600, settings, reply);
    expect(asked).toBe(true);
    expect(seconds).toBeGreaterThan((590 / perMinute) * 60 - 4);
    expect(seconds).toBeLessThan((600 / perMinute) * 60 + 4);
  });

  test('that is wholly written is not asked for', async () => {
    const { asked } = await secondsFor(20, { pace: { reads: 600, writes: 60 } }, limits(60));
    expect(asked).toBe(false);
  });

  test.each([401, 429])('is not guessed where %i would end everything', async (status) => {
    const { provider, calls } = stand(answering({ [LIMITS]: () => status }), { pace: {} });
    expect((await failing(provider.fetch({ keys: [] }))).status).toBe(status);
    expect(new Set(pathsOf(calls))).toEqual(new Set([LIMITS]));
  });
});
