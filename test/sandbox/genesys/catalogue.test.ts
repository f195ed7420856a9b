import { expect, test } from 'vitest';
import { start } from '../client.ts';
import { startGenesys } from './client.ts';

test('skills and languages have a catalogue each, without what is deleted or in another division', async () => {
  const client = await startGenesys();
  const names = async (path: string) =>
    (await client.get(`/api/v2/routing/${path}`)).body.entities.map(
      ({ name }: { name: string }) => name,
    );
  expect(await names('skills')).toEqual(['Billing', 'Billing Disputes']);
  expect(await names('languages')).toEqual(['Spanish', 'Catalan']);
  expect(await names('skills?name=billing%20d')).toEqual(['Billing Disputes']);
  expect(await names('skills?id=s1,s4')).toEqual(['Billing']);
  expect(await names('languages?id=l2&id=l1&pageSize=1')).toEqual(['Spanish']);
});

test('a generated org has languages where Genesys Cloud is served, and the same skills as ever', async () => {
  const plain = (await start({ users: 50 })).sandbox.org;
  const { org } = (await start({ users: 50, platform: 'genesys' })).sandbox;
  expect(org.skills.filter(({ kind }) => kind === 'skill')).toEqual(plain.skills);
  const spoken = org.users.map(({ assignments }) =>
    assignments.filter(({ kind }) => kind === 'language'),
  );
  expect(spoken.flat().length).toBeGreaterThan(50);
  for (const [n, user] of org.users.entries()) {
    const skills = user.assignments.filter(({ kind }) => kind === 'skill');
    expect(skills).toEqual(plain.users[n]?.assignments);
    for (const { value } of spoken[n] ?? []) expect([20, 40, 60, 80, 100]).toContain(value);
  }
});

test('the tenant is told by its id, and the limits as they are', async () => {
  const client = await startGenesys({ rates: { calls: 120 } });
  expect((await client.get('/api/v2/organizations/me')).body).toMatchObject({ id: 'tenant' });
  const limits = '/api/v2/organizations/limits/namespaces/platform.api';
  expect((await client.get(limits)).body).toEqual({
    entities: [
      {
        key: 'client.credentials.token.rate.per.minute',
        namespace: 'platform.api',
        value: 120,
      },
    ],
  });
  expect((await (await startGenesys()).get(limits)).body).toEqual({ entities: [] });
});
