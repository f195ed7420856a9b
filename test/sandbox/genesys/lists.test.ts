import { expect, test } from 'vitest';
import { start } from '../client.ts';
import { startGenesys, USERS } from './client.ts';

const SKILLS = `${USERS}/ana/routingskills`;
const LANGUAGES = `${USERS}/ana/routinglanguages`;
const at = (id: string, proficiency: number) => ({ id, proficiency });

test('a list is read by pages, each entry with its name and its links', async () => {
  const client = await startGenesys();
  const { body } = await client.get(`${SKILLS}?pageSize=1`);
  expect(body).toMatchObject({ total: 2, pageCount: 2, pageSize: 1 });
  expect(body.entities).toEqual([
    {
      id: 's1',
      name: 'Billing',
      proficiency: 4,
      state: 'active',
      skillUri: '/api/v2/routing/skills/s1',
      selfUri: '/api/v2/users/ana/routingskills/s1',
    },
  ]);
  expect((await client.get(body.nextUri)).body.entities).toMatchObject([{ id: 's4' }]);
  expect((await client.get(LANGUAGES)).body.entities).toMatchObject([
    { id: 'l1', languageUri: '/api/v2/routing/languages/l1' },
  ]);
});

test('PUT replaces the whole list of skills and leaves the languages', async () => {
  const client = await startGenesys();
  const put = await client.json('PUT', `${SKILLS}/bulk`, [at('s2', 3.7)]);
  expect(put).toMatchObject({ status: 200, body: { total: 1, entities: [at('s2', 3.7)] } });
  expect(client.sandbox.genesys.listsOf('ana')).toEqual({
    skills: [at('s2', 3.7)],
    languages: [at('l1', 4)],
  });
  expect((await client.json('PUT', `${SKILLS}/bulk`, [])).status).toBe(200);
  expect(client.sandbox.genesys.listsOf('ana').skills).toEqual([]);
});

test('PATCH adds and changes and removes nothing', async () => {
  const client = await startGenesys();
  await client.json('PATCH', `${SKILLS}/bulk`, [at('s2', 1), at('s1', 2)]);
  expect(client.sandbox.genesys.listsOf('ana').skills).toEqual([
    at('s1', 2),
    { ...at('s4', 3), state: 'inactive' },
    at('s2', 1),
  ]);
});

test('languages are merged, rounded to whole numbers, and removed one by one with 204', async () => {
  const client = await startGenesys();
  await client.json('PATCH', `${LANGUAGES}/bulk`, [at('l2', 2.6)]);
  expect(client.sandbox.genesys.listsOf('ana').languages).toEqual([at('l1', 4), at('l2', 3)]);
  const gone = await client.json('DELETE', `${LANGUAGES}/l1`);
  expect(gone).toMatchObject({ status: 204, text: '' });
  expect(client.sandbox.genesys.listsOf('ana').languages).toEqual([at('l2', 3)]);
  expect((await client.json('DELETE', `${LANGUAGES}/l1`)).status).toBe(404);
});

test('single skills are added, changed and removed', async () => {
  const client = await startGenesys();
  const added = await client.json('POST', SKILLS, at('s2', 2.5));
  expect(added).toMatchObject({ status: 200, body: { ...at('s2', 2.5), state: 'active' } });
  expect(await client.json('POST', SKILLS, at('s2', 2.5))).toMatchObject({
    status: 400,
    body: { code: 'general.conflict', message: 'Conflict found adding route skill to user.' },
  });
  const changed = await client.json('PUT', `${SKILLS}/s2`, { proficiency: 5, state: 'inactive' });
  expect(changed.body).toMatchObject({ ...at('s2', 5), state: 'inactive' });
  expect((await client.json('DELETE', `${SKILLS}/s2`)).status).toBe(200);
  expect((await client.json('PUT', `${SKILLS}/s2`, { proficiency: 5 })).status).toBe(404);
});

test('a skill outside the catalogue can be carried, an unknown or deleted one is 404', async () => {
  const client = await startGenesys();
  expect((await client.json('PUT', `${SKILLS}/bulk`, [at('s4', 3)])).status).toBe(200);
  for (const id of ['nothing', 's3', 'l1']) {
    expect(await client.json('PUT', `${SKILLS}/bulk`, [at(id, 3)])).toMatchObject({
      status: 404,
      body: { code: 'general.resource.not.found', message: 'One or more route skill(s) not found' },
    });
    expect(await client.json('PATCH', `${SKILLS}/bulk`, [at(id, 3)])).toMatchObject({
      status: 404,
      body: { code: 'not.found' },
    });
  }
  expect(client.sandbox.genesys.listsOf('ana').skills).toEqual([at('s4', 3)]);
});

test.each([
  ['no array', at('s1', 1), 'bad.request'],
  ['no id', [{ proficiency: 1 }], 'constraint.validation'],
  ['no proficiency', [{ id: 's1' }], 'invalid.value'],
  ['a text', [{ id: 's1', proficiency: 'expert' }], 'invalid.value'],
  ['too much', [at('s1', 5.1)], 'invalid.value'],
  ['too little', [at('s1', -0.1)], 'invalid.value'],
  ['one twice', [at('s1', 1), at('s1', 2)], 'general.conflict'],
])('%s is refused and nothing is done', async (_what, body, code) => {
  const client = await startGenesys();
  const before = client.sandbox.genesys.listsOf('ana');
  const answer = await client.json('PUT', `${SKILLS}/bulk`, body);
  expect(answer).toMatchObject({ status: 400, body: { code } });
  expect(client.sandbox.genesys.listsOf('ana')).toEqual(before);
});

test('nobody has more than 50 skills, in one call or in several', async () => {
  const skills = Array.from({ length: 60 }, (_, n) => {
    return { kind: 'skill' as const, id: `k${n}`, name: `Skill ${n}` };
  });
  const ana = { id: 'ana', email: 'a@example.com', name: 'A', team: 't', assignments: [] };
  const org = { id: 'o', skills, users: [ana] };
  const client = await start({ platform: 'genesys', org });
  const some = (from: number, to: number) => skills.slice(from, to).map(({ id }) => at(id, 1));
  expect((await client.json('PUT', `${SKILLS}/bulk`, some(0, 51))).status).toBe(400);
  expect((await client.json('PUT', `${SKILLS}/bulk`, some(0, 50))).status).toBe(200);
  expect((await client.json('PATCH', `${SKILLS}/bulk`, some(40, 51))).status).toBe(400);
  expect((await client.json('POST', SKILLS, at('k55', 1))).status).toBe(400);
  expect(client.sandbox.genesys.listsOf('ana').skills).toHaveLength(50);
});

test('whoever is not there or was deleted is 404', async () => {
  const client = await startGenesys();
  for (const who of ['nobody', 'cem']) {
    for (const kind of ['routingskills', 'routinglanguages']) {
      const path = `${USERS}/${who}/${kind}`;
      expect((await client.get(path)).status).toBe(404);
      expect((await client.json('PATCH', `${path}/bulk`, [])).status).toBe(404);
    }
  }
});

test('reads may lag behind a write', async () => {
  const client = await startGenesys({ lagMs: 60_000 });
  await client.json('PUT', `${SKILLS}/bulk`, []);
  expect((await client.get(SKILLS)).body.total).toBe(2);
  expect(client.sandbox.genesys.listsOf('ana').skills).toEqual([]);
});
