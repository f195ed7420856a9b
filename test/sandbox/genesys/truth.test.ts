import { expect, test } from 'vitest';
import { startGenesys, USERS } from './client.ts';

const PATH = '/_sandbox/genesys/users';

test('lists are edited by hand, one kind or both, to whatever they may come to hold', async () => {
  const { sandbox, get } = await startGenesys();
  const odd = [{ id: 's1', proficiency: 7.25 }, { id: 's2' }];
  sandbox.genesys.edit('ana', { skills: odd });
  expect(sandbox.genesys.listsOf('ana')).toEqual({
    skills: odd,
    languages: [{ id: 'l1', proficiency: 4 }],
  });
  const { entities } = (await get(`${USERS}/ana/routingskills`)).body;
  expect(entities[0].proficiency).toBe(7.25);
  expect(entities[1]).not.toHaveProperty('proficiency');
  sandbox.genesys.edit('ana', { languages: [] });
  expect(sandbox.genesys.listsOf('ana')).toEqual({ skills: odd, languages: [] });
  expect(() => sandbox.genesys.edit('ana', { skills: [{ id: 'l1' }] })).toThrow(RangeError);
  expect(() => sandbox.genesys.listsOf('nobody')).toThrow(RangeError);
});

test('the same is had over HTTP', async () => {
  const client = await startGenesys();
  const skills = [{ id: 's2', proficiency: 0.1, state: 'inactive' }];
  const put = await client.json('PUT', `${PATH}/ana`, { skills });
  expect(put).toMatchObject({ status: 200, body: { id: 'ana', skills } });
  expect((await client.get(`${PATH}/ana`)).body).toEqual(put.body);
  expect((await client.get(`${PATH}/nobody`)).status).toBe(404);
  expect((await client.json('PUT', `${PATH}/ana`, { skills: [{}] })).status).toBe(400);
  expect((await client.json('PUT', `${PATH}/ana`, { languages: [{ id: 's1' }] })).status).toBe(400);
});
