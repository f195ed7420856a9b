import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { type Environment, findCredentials, type Wanted } from '../../src/http/credentials.ts';

const find = (env: Environment, wanted: Partial<Wanted> = {}) =>
  findCredentials(env, { org: 'eu-prod', orgs: 2, mode: 'write', ...wanted });

test.each<[string, Environment, Partial<Wanted>, string]>([
  ['a token', { MUSTER_EU_PROD_TOKEN: 'a' }, {}, 'MUSTER_EU_PROD_TOKEN'],
  [
    'a pair',
    { MUSTER_EU_PROD_CLIENT_ID: 'a', MUSTER_EU_PROD_CLIENT_SECRET: 'b' },
    {},
    'MUSTER_EU_PROD_CLIENT_ID and MUSTER_EU_PROD_CLIENT_SECRET',
  ],
  [
    'read first when reading',
    { MUSTER_EU_PROD_TOKEN: 'a', MUSTER_EU_PROD_READ_TOKEN: 'b' },
    { mode: 'read' },
    'MUSTER_EU_PROD_READ_TOKEN',
  ],
  [
    'read never when writing',
    { MUSTER_EU_PROD_TOKEN: 'a', MUSTER_EU_PROD_READ_TOKEN: 'b' },
    {},
    'MUSTER_EU_PROD_TOKEN',
  ],
  [
    'an access key',
    { MUSTER_EU_PROD_ACCESS_KEY_ID: 'a', MUSTER_EU_PROD_ACCESS_KEY_SECRET: 'b' },
    { accessKey: true },
    'MUSTER_EU_PROD_ACCESS_KEY_ID and MUSTER_EU_PROD_ACCESS_KEY_SECRET',
  ],
  [
    'an access key of a client, for reading',
    {
      MUSTER_EU_PROD_TOKEN: 'a',
      MUSTER_EU_PROD_READ_CLIENT_ID: 'a',
      MUSTER_EU_PROD_READ_CLIENT_SECRET: 'b',
      MUSTER_EU_PROD_READ_ACCESS_KEY_ID: 'a',
      MUSTER_EU_PROD_READ_ACCESS_KEY_SECRET: 'b',
    },
    { accessKey: true, mode: 'read' },
    'MUSTER_EU_PROD_READ_CLIENT_ID and MUSTER_EU_PROD_READ_CLIENT_SECRET, and ' +
      'MUSTER_EU_PROD_READ_ACCESS_KEY_ID and MUSTER_EU_PROD_READ_ACCESS_KEY_SECRET',
  ],
  ['no org name with one org', { MUSTER_TOKEN: 'a' }, { orgs: 1 }, 'MUSTER_TOKEN'],
  ['empty is unset', { MUSTER_EU_PROD_TOKEN: ' ', MUSTER_TOKEN: 'a' }, { orgs: 1 }, 'MUSTER_TOKEN'],
])('%s', (_what, env, wanted, source) => {
  expect(find(env, wanted).source).toBe(source);
});

test.each<[string, Environment, string, RegExp, Partial<Wanted>?]>([
  ['nothing', { MUSTER_TOKEN: 'a' }, 'credentials-missing', /EU_PROD_TOKEN, or .*_CLIENT_ID and/],
  ['half', { MUSTER_EU_PROD_CLIENT_ID: 'a' }, 'credentials-incomplete', /_CLIENT_SECRET is not/],
  ['half', { MUSTER_EU_PROD_CLIENT_SECRET: 'a' }, 'credentials-incomplete', /_CLIENT_ID is not/],
  ['only reading', { MUSTER_EU_PROD_READ_TOKEN: 'a' }, 'credentials-missing', /reading only/],
  ['broken', { MUSTER_EU_PROD_TOKEN: 'a\nb' }, 'credentials-malformed', /EU_PROD_TOKEN/],
  [
    'half a key',
    { MUSTER_EU_PROD_ACCESS_KEY_ID: 'a' },
    'credentials-incomplete',
    /_ACCESS_KEY_SECRET is not/,
    { accessKey: true },
  ],
  [
    'a client without a key',
    { MUSTER_EU_PROD_CLIENT_ID: 'a', MUSTER_EU_PROD_CLIENT_SECRET: 'b' },
    'credentials-incomplete',
    /CLIENT_SECRET are set but .*ACCESS_KEY_ID and .*ACCESS_KEY_SECRET are not/,
    { accessKey: true },
  ],
  [
    'no key at all',
    {},
    'credentials-missing',
    /EU_PROD_ACCESS_KEY_ID and .*_ACCESS_KEY_SECRET, and .*_CLIENT_ID/,
    { accessKey: true },
  ],
  [
    'a key where none is wanted',
    { MUSTER_EU_PROD_ACCESS_KEY_ID: 'a', MUSTER_EU_PROD_ACCESS_KEY_SECRET: 'b' },
    'credentials-missing',
    /_CLIENT_SECRET\.$/,
  ],
])('%s is an error that names the variable', (_what, env, code, words, wanted = {}) => {
  const thrown = (() => {
    try {
      return find(env, wanted);
    } catch (error) {
      return error as Error & { hint: string };
    }
  })();
  expect(thrown).toMatchObject({ code });
  expect(`${(thrown as Error).message} ${(thrown as { hint: string }).hint}`).toMatch(words);
});

test('a secret shows nowhere by accident', () => {
  const found = find({ MUSTER_EU_PROD_TOKEN: 'hush' });
  expect(inspect(found, { depth: 9, showHidden: true })).not.toContain('hush');
  expect(JSON.stringify(found)).not.toContain('hush');
  expect(found.kind === 'token' && `${found.token}`).toBe('[secret]');
});
