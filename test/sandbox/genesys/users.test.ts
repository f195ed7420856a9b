import { expect, test } from 'vitest';
import { start } from '../client.ts';
import { startGenesys, USERS } from './client.ts';

const ids = (body: { entities: { id: string }[] }) => body.entities.map(({ id }) => id);

test('a page has 25 people when nothing is asked, and links to the others', async () => {
  const client = await start({ platform: 'genesys', users: 60 });
  const { body } = await client.get(`${USERS}?pageNumber=2`);
  expect(body).toMatchObject({ pageSize: 25, pageNumber: 2, total: 60, pageCount: 3 });
  expect(body.entities).toHaveLength(25);
  expect(body.nextUri).toBe(`${USERS}?pageNumber=3&pageSize=25`);
  expect(body.previousUri).toBe(`${USERS}?pageNumber=1&pageSize=25`);
  const last = (await client.get(body.lastUri)).body;
  expect(last.entities).toHaveLength(10);
  expect(last).not.toHaveProperty('nextUri');
});

test('a larger page than it has is cut without a word', async () => {
  const client = await start({ platform: 'genesys', users: 60, pages: { max: 25 } });
  const { body } = await client.get(`${USERS}?pageSize=500`);
  expect(body).toMatchObject({ pageSize: 25, pageCount: 3 });
});

test('a person is told with everything but the lists', async () => {
  const client = await startGenesys();
  const { body } = await client.get(USERS);
  expect(body.entities[0]).toEqual({
    id: 'ana',
    name: 'ANA',
    division: { id: expect.stringMatching(/^[\w-]{36}$/), name: 'emea' },
    department: 'emea',
    email: 'ana@example.com',
    username: 'ana@example.com',
    state: 'active',
    version: 1,
    acdAutoAnswer: false,
    selfUri: '/api/v2/users/ana',
  });
});

test.each([
  ['joined by commas', 'expand=skills,languages'],
  ['repeated', 'expand=skills&expand=languages'],
])('lists are there when they are asked for, %s', async (_how, query) => {
  const client = await startGenesys();
  const [ana, dee] = (await client.get(`${USERS}?${query}`)).body.entities;
  expect(ana.skills).toEqual([
    {
      id: 's1',
      name: 'Billing',
      proficiency: 4,
      state: 'active',
      skillUri: '/api/v2/routing/skills/s1',
    },
    {
      id: 's4',
      name: 'Other Division',
      proficiency: 3,
      state: 'inactive',
      skillUri: '/api/v2/routing/skills/s4',
    },
  ]);
  expect(ana.languages).toMatchObject([{ id: 'l1', name: 'Spanish', proficiency: 4 }]);
  expect(dee).toMatchObject({ skills: [], languages: [] });
});

test('expanding is best effort: a list may be missing, however often one asks', async () => {
  const pages = { omitSkillsEvery: 4, omitLanguagesEvery: 1 };
  const client = await startGenesys({ pages });
  const query = '?state=any&expand=skills,languages';
  for (const path of [`${USERS}${query}`, `${USERS}${query}&id=ana,dee`]) {
    const { entities } = (await client.get(path)).body;
    expect(entities[0]).toHaveProperty('skills');
    expect(entities.at(-1)).not.toHaveProperty('skills');
    expect(entities[0]).not.toHaveProperty('languages');
  }
});

test('a large page with lists in it is refused where it is told to, a small or plain one is not', async () => {
  const client = await startGenesys({ pages: { largestExpanded: 2 } });
  const refused = await client.get(`${USERS}?pageSize=3&expand=skills`);
  expect(refused).toMatchObject({ status: 400, body: { code: 'response.entity.too.large' } });
  expect((await client.get(`${USERS}?pageSize=2&expand=skills`)).status).toBe(200);
  expect((await client.get(`${USERS}?pageSize=3&expand=groups`)).status).toBe(200);
});

test('who is active is listed, and the others when they are asked for', async () => {
  const client = await startGenesys();
  const listed = async (query: string) => ids((await client.get(`${USERS}${query}`)).body);
  expect(await listed('')).toEqual(['ana', 'dee']);
  expect(await listed('?state=inactive')).toEqual(['ben']);
  expect(await listed('?state=any')).toEqual(['ana', 'ben', 'cem', 'dee']);
  expect((await client.get(`${USERS}?state=gone`)).body.code).toBe('invalid.query.param.value');
});

test('people who are not active cannot be paged beyond 10,000', async () => {
  const client = await startGenesys();
  const page = (state: string) => client.get(`${USERS}?state=${state}&pageSize=500&pageNumber=21`);
  expect((await page('inactive')).status).toBe(400);
  expect((await page('active')).status).toBe(200);
});

test('some people are read by their ids, 100 at most, and nobody found is 404', async () => {
  const client = await startGenesys();
  const { body } = await client.get(`${USERS}?id=dee,ana&id=nobody&state=any`);
  expect(ids(body).sort()).toEqual(['ana', 'dee']);
  expect(await client.get(`${USERS}?id=nobody`)).toMatchObject({
    status: 404,
    body: { code: 'general.resource.not.found' },
  });
  const many = Array.from({ length: 101 }, (_, n) => `u${n}`).join(',');
  expect(await client.get(`${USERS}?id=${many}`)).toMatchObject({
    status: 400,
    body: { code: 'max.user.ids' },
  });
});

test('a cursor leads through everybody', async () => {
  const client = await start({ platform: 'genesys', users: 60 });
  const seen: string[] = [];
  let path: string | undefined = `${USERS}/query?pageSize=25`;
  for (let n = 0; path !== undefined && n < 5; n++) {
    const { body } = await client.get(path);
    expect(body.results).toBe(body.entities.length);
    seen.push(...ids(body));
    path = body.cursor && `${USERS}/query?pageSize=25&cursor=${body.cursor}`;
  }
  expect(seen).toEqual(client.sandbox.org.users.map(({ id }) => id));
  expect((await client.get(`${USERS}/query?cursor=bad`)).status).toBe(400);
});

test('one person is read alone', async () => {
  const client = await startGenesys();
  expect((await client.get(`${USERS}/ben?expand=skills`)).body).toMatchObject({
    state: 'inactive',
    skills: [],
  });
  expect(await client.get(`${USERS}/nobody`)).toMatchObject({
    status: 404,
    body: { code: 'general.resource.not.found' },
  });
});

test.each(['pageSize=0', 'pageNumber=x', 'pageSize=1.5'])('%s is refused', async (query) => {
  const client = await startGenesys();
  const answer = await client.get(`${USERS}?${query}`);
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid.query.param.value' } });
});

test('people of other divisions are nowhere', async () => {
  const client = await start({ platform: 'genesys', users: 20, hideEvery: 10 });
  const hidden = client.sandbox.org.users[9]?.id ?? '';
  const { body } = await client.get(`${USERS}?pageSize=100`);
  expect(body.total).toBe(18);
  expect(ids(body)).not.toContain(hidden);
  const some = await client.get(`${USERS}?id=${hidden},${body.entities[0].id}`);
  expect(ids(some.body)).toEqual([body.entities[0].id]);
  for (const path of ['', '/routingskills', '/routinglanguages'])
    expect((await client.get(`${USERS}/${hidden}${path}`)).status).toBe(404);
});
