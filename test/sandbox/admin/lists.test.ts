import { expect, test } from 'vitest';
import { handClock, JSON_TYPE, skill, start, USERS, user } from '../client.ts';

test('PUT replaces the whole list, GET shows it', async () => {
  const client = await start();
  const before = await client.get(`${USERS}/${user(client)}/skills`);
  expect(before.body.skills.length).toBeGreaterThanOrEqual(4);
  const skills = [{ skillId: skill(client), proficiency: 90 }];
  expect(await client.put(user(client), skills)).toMatchObject({ status: 200, body: { skills } });
  expect((await client.get(`${USERS}/${user(client)}/skills`)).body).toEqual({ skills });
  expect(client.sandbox.skillsOf(user(client))).toEqual(skills);
  expect((await client.put(user(client), [])).body).toEqual({ skills: [] });
});

test.each([true, false, '90', 'expert', 50.5, -1, 101, null, {}, [50], undefined])(
  'proficiency %o is refused with a bare 400, and nothing is written',
  async (proficiency) => {
    const client = await start();
    const before = client.sandbox.skillsOf(user(client));
    const answer = await client.put(user(client), [{ skillId: skill(client), proficiency }]);
    expect(answer).toMatchObject({
      status: 400,
      body: { message: 'Invalid skill proficiency value', status: 400 },
    });
    expect(client.sandbox.skillsOf(user(client))).toEqual(before);
  },
);

test.each([0, 100])('proficiency %d is on the scale', async (proficiency) => {
  const client = await start();
  const skills = [{ skillId: skill(client), proficiency }];
  expect((await client.put(user(client), skills)).status).toBe(200);
});

test('unknown ids are refused: skills with 400, users with 404', async () => {
  const client = await start();
  const unknown = await client.put(user(client), [{ skillId: 'crm-7', proficiency: 1 }]);
  expect(unknown).toMatchObject({ status: 400, body: { code: 'invalid.skill' } });
  expect((await client.put('constructor', [])).status).toBe(404);
  expect((await client.get(`${USERS}/constructor/skills`)).status).toBe(404);
});

test('a skill named twice, a missing list and entries without an id are refused', async () => {
  const client = await start();
  const entry = { skillId: skill(client), proficiency: 1 };
  for (const skills of [[entry, entry], undefined, null, {}, [null], [{ proficiency: 1 }]]) {
    expect((await client.put(user(client), skills)).status).toBe(400);
  }
});

test('the body must be JSON, and be said to be', async () => {
  const client = await start();
  const path = `${USERS}/${user(client)}/skills`;
  const send = (headers: Record<string, string>, body: string) =>
    client.send('PUT', path, { headers, body });
  expect((await send(JSON_TYPE, '{"skills":[')).status).toBe(400);
  expect((await send(JSON_TYPE, '[]')).status).toBe(400);
  expect((await send({ 'content-type': 'text/plain' }, '{"skills":[]}')).status).toBe(415);
  const charset = { 'content-type': 'application/json; charset=utf-8' };
  expect((await send(charset, '{"skills":[]}')).status).toBe(200);
});

test('fields besides are kept', async () => {
  const client = await start();
  const skills = [{ skillId: skill(client), proficiency: 5, source: 'crm' }];
  await client.put(user(client), skills);
  expect((await client.get(`${USERS}/${user(client)}/skills`)).body).toEqual({ skills });
});

test('with a lag, reads and listing show the old list for a while, the truth does not', async () => {
  const clock = handClock();
  const client = await start({ clock, lagMs: 3000 });
  const path = `${USERS}/${user(client)}/skills`;
  const old = (await client.get(path)).body.skills;
  await client.put(user(client), []);
  clock.advance(2999);
  expect((await client.get(path)).body.skills).toEqual(old);
  expect((await client.get(`${USERS}?expand=skills`)).body.entities[0].skills).toEqual(old);
  expect(client.sandbox.skillsOf(user(client))).toEqual([]);
  clock.advance(1);
  expect((await client.get(path)).body.skills).toEqual([]);
});
