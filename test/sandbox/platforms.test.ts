import { expect, test } from 'vitest';
import { idOf, start, user } from './client.ts';

const ADMIN = '/api/v2/admin/users';
const GENESYS = '/api/v2/users';
const CXONE = '/incontactapi/services/v34.0/agents';

/** One sandbox for all platforms; what the first person has of Billing, as each of them tells it. */
async function world() {
  const client = await start({ platform: 'all', users: 3 });
  const who = user(client);
  const billing = idOf(client, 'Billing');
  const { cxone } = client.sandbox;
  const [agent, number] = [cxone.agentId(who), cxone.skillId(billing)];
  const seen = () => ({
    admin: client.sandbox.skillsOf(who).find(({ skillId }) => skillId === billing)?.proficiency,
    genesys: client.sandbox.genesys.listsOf(who).skills.find(({ id }) => id === billing)
      ?.proficiency,
    cxone: cxone.rowsOf(agent).find(({ skillId }) => skillId === number)?.proficiency,
  });
  const put = (proficiency: number) =>
    client.json('PUT', `${GENESYS}/${who}/routingskills/bulk`, [{ id: billing, proficiency }]);
  const post = (proficiency: number) =>
    client.json('POST', `${CXONE}/${agent}/skills`, {
      skills: [{ skillId: String(number), proficiency, isActive: true }],
    });
  return { client, who, billing, seen, put, post };
}

test('one port serves every platform, each in its own words', async () => {
  const { client } = await world();
  const admin = await client.get(`${ADMIN}?pageSize=2`);
  const genesys = await client.get(`${GENESYS}?pageSize=2`);
  const ids = (body: { entities: { id: string }[] }) => body.entities.map(({ id }) => id);
  expect(ids(genesys.body)).toEqual(ids(admin.body));
  expect((await client.get(`${ADMIN}/nobody/skills`)).body).not.toHaveProperty('contextId');
  expect((await client.get(`${GENESYS}/nobody`)).body).toHaveProperty('contextId');
  expect((await client.get(`${CXONE}/1/skills`)).headers.has('icStatusDescription')).toBe(true);
  expect((await client.get('/nowhere')).headers.get('x-request-id')).not.toBeNull();
});

test.each([
  { admin: 0, genesys: 0, cxone: 20 },
  { admin: 20, genesys: 1, cxone: 16 },
  { admin: 40, genesys: 2, cxone: 12 },
  { admin: 60, genesys: 3, cxone: 9 },
  { admin: 80, genesys: 4, cxone: 5 },
  { admin: 100, genesys: 5, cxone: 1 },
])('a whole level is the same to all: $admin', async (level) => {
  const { client, who, billing, seen, put, post } = await world();
  client.sandbox.edit(who, [{ skillId: billing, proficiency: level.admin }]);
  expect(seen()).toEqual(level);
  client.sandbox.edit(who, []);
  await put(level.genesys);
  expect(seen()).toEqual(level);
  client.sandbox.edit(who, []);
  await post(level.cxone);
  expect(seen()).toEqual(level);
});

test('every proficiency of CXone comes back as it was written', async () => {
  const { client, who, seen, post } = await world();
  for (let proficiency = 1; proficiency <= 20; proficiency++) {
    client.sandbox.edit(who, []);
    await post(proficiency);
    expect(seen().cxone).toBe(proficiency);
  }
});

test('what a platform was told it tells again, exactly, until another says something else', async () => {
  const { client, who, billing, seen, put } = await world();
  await put(2.71);
  expect(seen()).toEqual({ admin: 54, genesys: 2.71, cxone: 10 });
  const carried = client.sandbox.skillsOf(who);
  client.sandbox.edit(who, carried);
  expect(seen().genesys).toBe(2.71);
  client.sandbox.edit(who, [{ skillId: billing, proficiency: 40 }]);
  expect(seen()).toEqual({ admin: 40, genesys: 2, cxone: 12 });
});

test('carrying a value through one platform costs another nothing', async () => {
  const { client, who, billing, seen, put } = await world();
  client.sandbox.edit(who, [{ skillId: billing, proficiency: 87 }]);
  await put(4);
  expect(seen()).toEqual({ admin: 87, genesys: 4, cxone: 3 });
});

test('the Admin API neither shows nor drops what is not counted', async () => {
  const { client, who, billing } = await world();
  const skills = [{ id: billing, proficiency: 2, state: 'inactive' as const }];
  client.sandbox.genesys.edit(who, { skills });
  expect((await client.get(`${ADMIN}/${who}/skills`)).body.skills).toEqual([]);
  expect((await client.get(`${ADMIN}?expand=skills`)).body.entities[0].skills).toEqual([]);
  await client.put(who, []);
  expect(client.sandbox.genesys.listsOf(who).skills).toEqual(skills);
  await client.put(who, [{ skillId: billing, proficiency: 10 }]);
  expect(client.sandbox.skillsOf(who)).toEqual([{ skillId: billing, proficiency: 10 }]);
});
