import { expect, test } from 'vitest';
import { entriesOf } from '../../../src/sandbox/admin/entries.ts';
import { start, USERS } from '../client.ts';

const CATALOGUE = '/api/v2/admin/skills';

test('pages together are the org', async () => {
  const client = await start({ users: 45 });
  const { users } = client.sandbox.org;
  const read = [];
  for (const pageNumber of [1, 2, 3]) {
    const { body } = await client.get(
      `${USERS}?pageSize=20&pageNumber=${pageNumber}&expand=skills`,
    );
    expect(body).toMatchObject({ pageNumber, pageSize: 20, pageCount: 3, total: 45 });
    read.push(...body.entities);
  }
  expect(read).toEqual(
    users.map(({ id, email, name, team, assignments }) => {
      return { id, email, name, team, skills: entriesOf(assignments) };
    }),
  );
  expect((await client.get(`${USERS}?pageNumber=9`)).body.entities).toEqual([]);
});

test('skills are listed only when asked for; pages have 25 unless told', async () => {
  const client = await start({ users: 30 });
  const { body } = await client.get(`${USERS}?expand=team`);
  expect(body.entities).toHaveLength(25);
  expect(body.entities[0].skills).toBeUndefined();
});

test('the catalogue lists ids and names', async () => {
  const client = await start();
  const { body } = await client.get(`${CATALOGUE}?pageSize=100`);
  expect(body.total).toBe(40);
  expect(body.entities).toEqual(client.sandbox.org.skills.map(({ id, name }) => ({ id, name })));
});

test('a page that is too large is cut, or refused', async () => {
  const cut = await start({ pages: { max: 10 } });
  expect((await cut.get(`${USERS}?pageSize=500`)).body).toMatchObject({
    pageSize: 10,
    pageCount: 2,
  });
  expect((await cut.get(USERS)).body.pageSize).toBe(10);
  const refusing = await start({ pages: { max: 10, over: 'refuse' } });
  expect((await refusing.get(`${USERS}?pageSize=11`)).status).toBe(400);
});

test.each(['pageSize=0', 'pageSize=x', 'pageSize=1.5', 'pageNumber=0', 'pageNumber='])(
  '%s is refused',
  async (query) => {
    const client = await start();
    expect((await client.get(`${USERS}?${query}`)).status).toBe(400);
  },
);

test('every n-th listed user comes without skills, whatever the page', async () => {
  const client = await start({ users: 9, pages: { omitSkillsEvery: 3 } });
  const listed = async (query: string) =>
    (await client.get(`${USERS}?expand=skills&${query}`)).body.entities.map(
      (entity: { skills?: unknown }) => entity.skills !== undefined,
    );
  expect(await listed('pageSize=9')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => n % 3 !== 0));
  expect(await listed('pageSize=2&pageNumber=2')).toEqual([false, true]);
});

test.each([
  [false, 404],
  [404, 404],
  [405, 405],
  [501, 501],
] as const)('listing and catalogue switched off by %s answer %d', async (off, status) => {
  const client = await start({ listing: off, catalogue: off });
  expect((await client.get(USERS)).status).toBe(status);
  expect((await client.get(CATALOGUE)).status).toBe(status);
});

test('a hand-made org is served as it is, odd values, names and other kinds included', async () => {
  const skill = { kind: 'skill', id: 's"1', name: 'Say "hi"' } as const;
  const language = { kind: 'language', id: 'l1', name: 'Spanish' } as const;
  const assignments = [
    { kind: 'language', id: 'l1', value: 4 },
    { kind: 'skill', id: 's"1', value: 250 },
    { kind: 'skill', id: 's2', value: { proficiency: 'expert', flag: true } },
    { kind: 'skill', id: 's3', value: {} },
  ] as const;
  const someone = { id: 'u1', email: 'a@example.com', name: 'A "B"', team: 't', assignments };
  const client = await start({ org: { id: 'o', skills: [skill, language], users: [someone] } });
  expect((await client.get(`${USERS}?expand=skills`)).body.entities).toEqual([
    {
      id: 'u1',
      email: 'a@example.com',
      name: 'A "B"',
      team: 't',
      skills: [
        { skillId: 's"1', proficiency: 250 },
        { skillId: 's2', proficiency: 'expert', flag: true },
        { skillId: 's3' },
      ],
    },
  ]);
  expect((await client.get(CATALOGUE)).body.entities).toEqual([{ id: 's"1', name: 'Say "hi"' }]);
});

test('whom the caller does not see is not listed, has no list and cannot be written', async () => {
  const client = await start({ users: 20, hideEvery: 10 });
  const hidden = client.sandbox.org.users[9]?.id ?? '';
  const { body } = await client.get(`${USERS}?pageSize=100`);
  expect(body.total).toBe(18);
  expect(body.entities.map(({ id }: { id: string }) => id)).not.toContain(hidden);
  expect((await client.get(`${USERS}/${hidden}/skills`)).status).toBe(404);
  expect((await client.json('PUT', `${USERS}/${hidden}/skills`, { skills: [] })).status).toBe(404);
});
