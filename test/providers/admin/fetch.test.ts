import { expect, test } from 'vitest';
import { canonical } from '../../../src/model/assignment.ts';
import { type Call, page, type Reply, stand } from './support.ts';

const people = (n: number) =>
  Array.from({ length: n }, (_, index) => ({
    id: `u${index}`,
    email: `U${index}@Example.com`,
    name: `User ${index}`,
    skills: [],
  }));

/** A listing of `all`, in pages of at most `max`. */
const listing =
  (all: readonly unknown[], max: number, totals = true) =>
  (call: Call): Reply => {
    if (call.path !== '/users') return undefined;
    const size = Math.min(max, Number(call.query.get('pageSize')));
    const at = (Number(call.query.get('pageNumber')) - 1) * size;
    const pages = { pageSize: size, pageCount: Math.ceil(all.length / size), total: all.length };
    return { entities: all.slice(at, at + size), ...(totals ? pages : {}) };
  };

const fetching = (answer: (call: Call) => Reply, keys: readonly string[] = []) => {
  const made = stand(answer);
  return { ...made, live: made.provider.fetch({ keys }) };
};

test('a listing costs as many requests as it has pages, whatever size the server gives', async () => {
  const { live, calls } = fetching(listing(people(23), 5));
  const { users, directory, catalogue } = await live;
  expect(users.size).toBe(23);
  expect(users.get('u3')?.person).toEqual({
    id: 'u3',
    email: 'u3@example.com',
    name: 'User 3',
    active: true,
  });
  expect({ directory, catalogue }).toEqual({ directory: true, catalogue: undefined });
  const asked = calls.filter(({ path }) => path === '/users');
  expect(asked.map(({ query }) => query.get('pageNumber'))).toEqual(['1', '2', '3', '4', '5']);
  expect(asked[0]?.query.get('expand')).toBe('skills');
  expect(asked[0]?.query.get('pageSize')).toBe('500');
});

test('an org of nobody is complete in one request', async () => {
  const { live, calls } = fetching(listing([], 5));
  expect((await live).users.size).toBe(0);
  expect(calls).toHaveLength(2);
});

test('a listing that changes underneath is read again', async () => {
  let readings = 0;
  const { live } = fetching((call) => {
    if (call.path === '/users' && call.query.get('pageNumber') === '1') readings += 1;
    return listing(people(readings === 1 && call.query.get('pageNumber') === '2' ? 7 : 6), 4)(call);
  });
  expect((await live).users.size).toBe(6);
  expect(readings).toBe(2);
});

test.each<[string, (call: Call) => Reply, RegExp, number]>([
  ['fewer than the total', () => page(people(2), 3), /tells 3 but shows 4, of which 2/, 6],
  ['nobody of many', () => page([], 3), /tells 3 but shows 0/, 3],
  ['somebody twice', () => page([...people(1), ...people(1)], 2), /of which 1 are different/, 3],
  ['more pages than people', () => page(people(2), 2, { pageCount: 9e9 }), /9000000000 pages/, 3],
  ['no totals', () => ({ entities: people(2) }), /tells no total/, 1],
  ['a total that is no number', () => page(people(2), '2' as never), /tells no total/, 1],
  [
    'a total on the first page alone',
    ({ query }) => (query.get('pageNumber') === '1' ? page(people(1), 2) : { entities: [] }),
    /tells 2 on one page and no total on another/,
    6,
  ],
])('a listing with %s is not complete', async (_what, answer, message, most) => {
  const { live, calls } = fetching((call) => (call.path === '/users' ? answer(call) : undefined));
  await expect(live).rejects.toMatchObject({
    code: 'listing-incomplete',
    message: expect.stringMatching(message),
  });
  expect(calls.filter(({ path }) => path === '/users').length).toBeLessThanOrEqual(most);
});

test.each<[string, Reply, string]>([
  ['an empty body', '', 'empty-answer'],
  ['{}', {}, 'answer-malformed'],
  ['a null list', { entities: null, total: 0 }, 'answer-malformed'],
  ['an array', [], 'answer-malformed'],
  ['an entry without id', page([{ email: 'a@example.com' }]), 'answer-malformed'],
  ['an entry that is null', page([null]), 'answer-malformed'],
  ['an id that is no whole number', page([{ id: 7.5 }]), 'answer-malformed'],
  ['an id that is too large a number', page([{ id: 2 ** 53 }]), 'answer-malformed'],
  ['a failure', 500, 'server-error'],
])('a listing that answers %s is never empty state', async (_what, reply, code) => {
  const { live } = fetching((call) => (call.path === '/users' ? reply : undefined));
  await expect(live).rejects.toMatchObject({ code });
});

test('a 403 on reading names the scope', async () => {
  for (const path of ['/users', '/skills']) {
    const { live } = fetching((call) => (call.path === path ? 403 : undefined));
    await expect(live).rejects.toMatchObject({ hint: expect.stringContaining('admin:users:read') });
  }
  const { provider } = stand(() => 403);
  await expect(provider.fetchOwn(['u1'])).rejects.toMatchObject({
    hint: expect.stringContaining('admin:users:read'),
  });
});

test('the catalogue is read by pages; a skill without a name is an error', async () => {
  const skills = [
    { id: 's1', name: 'Billing' },
    { id: 's2', name: 'Chat' },
  ];
  const { live } = fetching((call) => (call.path === '/skills' ? page(skills) : page([])));
  expect((await live).catalogue).toEqual(skills.map((skill) => ({ kind: 'skill', ...skill })));
  const broken = fetching((call) => (call.path === '/skills' ? page([{ id: 's1' }]) : page([])));
  await expect(broken.live).rejects.toMatchObject({ code: 'answer-malformed' });
});

test('who is listed without a list is unknown, and read singly when in scope', async () => {
  const entities = [
    { id: 'u1', email: 'ana@example.com' },
    { id: 'u2', userName: 'Ben', skills: null },
    { id: 'u3', email: 'cem@example.com' },
    { id: 'u4', email: 'dee@example.com', skills: 'all' },
  ];
  const { live, calls } = fetching(
    ({ path }) =>
      path === '/users'
        ? page(entities)
        : path === '/skills'
          ? undefined
          : { skills: [{ skillId: 's1', proficiency: 3 }] },
    ['ana@example.com', 'ben', 'who@example.com'],
  );
  const { users } = await live;
  expect([...users.values()].map(({ list }) => list.proven)).toEqual([true, true, false, false]);
  expect(calls.map(({ path }) => path).slice(2)).toEqual(['/users/u1/skills', '/users/u2/skills']);
});

test.each([404, 405, 501])(
  'without a listing (%i) the ids in scope are read one by one',
  async (status) => {
    const { live } = fetching(
      ({ path }) => {
        if (path === '/users') return status;
        return path.includes('/u1/') ? { skills: [] } : undefined;
      },
      ['id:u1', 'id:gone', 'ana@example.com'],
    );
    const { users, directory } = await live;
    expect(directory).toBe(false);
    expect([...users.keys()]).toEqual(['u1']);
  },
);

test.each([
  [{ state: 'Inactive' }, false],
  [{ state: 'active' }, true],
  [{ active: false }, false],
  [{}, true],
])('%j is active: %s', async (fields, active) => {
  const { live } = fetching(({ path }) =>
    path === '/users' ? page([{ id: 'u1', skills: [], ...fields }]) : undefined,
  );
  expect((await live).users.get('u1')?.person.active).toBe(active);
});

const own = async (reply: Reply) => (await stand(() => reply).provider.fetchOwn(['u1'])).get('u1');

const entry = { skillId: 's1', proficiency: 90 };
test.each<[Reply, unknown]>([
  [{ skills: [entry] }, { s1: 90 }],
  [{ entities: [entry], total: 1 }, { s1: 90 }],
  [[entry], { s1: 90 }],
  [[{ id: 's1', proficiency: 4.5 }], { s1: 4.5 }],
  [[{ skillId: 7, proficiency: 4 }], { 7: 4 }],
  [[{ ...entry, name: 'Billing' }], { s1: 90 }],
  [[{ ...entry, locked: true, dateModified: 'x' }], { s1: 90 }],
  [
    [{ ...entry, proficiency: 'x', locked: true, name: 'n' }],
    { s1: { proficiency: 'x', locked: true } },
  ],
  [[{ skillId: 's1' }], { s1: {} }],
  [[{ skillId: 's1', proficiency: null }], { s1: { proficiency: null } }],
  [[{ skillId: 's1', proficiency: '90' }], { s1: { proficiency: '90' } }],
  [[{ skillId: 's1', proficiency: { a: [1] } }], { s1: { proficiency: { a: [1] } } }],
  ['[{"skillId":"__proto__","proficiency":1}]', JSON.parse('{"__proto__":1}')],
])('the list %j reads as %j', async (reply, skill) => {
  const list = await own(reply);
  expect(list?.proven && canonical(list.assignments.skill)).toBe(canonical(skill));
});

test.each<[Reply, RegExp]>([
  [404, /404/],
  [{}, /no list/],
  [{ skills: null }, /no list/],
  ['"text"', /no list/],
  ['', /no body/],
  ['<html>', /not JSON/],
  [[entry, entry], /twice/],
  [[{ proficiency: 1 }], /no skill id/],
  [[7], /not an object/],
  [{ skills: [entry], total: 2 }, /twice/],
  [
    [
      { skillId: 7, proficiency: 1 },
      { skillId: '7', proficiency: 1 },
    ],
    /twice/,
  ],
  ['[{"skillId":"s1","proficiency":1e999}]', /cannot be carried/],
  [500, /500/],
])('the list %j is not proven', async (reply, why) => {
  expect(await own(reply)).toMatchObject({ proven: false, why: expect.stringMatching(why) });
});

test('an id that has no address is not proven', async () => {
  const lists = await stand(() => ({ skills: [] })).provider.fetchOwn(['..']);
  expect(lists.get('..')?.proven).toBe(false);
});

test('what concerns everybody ends the reading', async () => {
  for (const status of [401, 429]) await expect(own(status)).rejects.toMatchObject({ status });
});

test('numbers for ids are read as text, everywhere', async () => {
  const { live } = fetching(({ path }) =>
    path === '/users'
      ? page([{ id: 7, email: 'ana@example.com', skills: [] }])
      : page([{ id: 12, name: 'Billing' }]),
  );
  const { users, catalogue } = await live;
  expect(users.get('7')).toMatchObject({ person: { id: '7' }, list: { proven: true } });
  expect(catalogue).toEqual([{ kind: 'skill', id: '12', name: 'Billing' }]);
});

test.each<[string, Reply, object]>([
  ['a failure', 500, { status: 500, code: 'server-error' }],
  ['a reset', new TypeError('reset'), { code: 'connection-failed' }],
  ['a torn answer', '{"a', { code: 'answer-truncated' }],
])('a list that could not be read for %s has the error', async (_what, reply, error) => {
  expect(await own(reply)).toMatchObject({ proven: false, error });
});

test.each<Reply>([404, {}, [7]])('a list that answers %j has none', async (reply) => {
  expect(await own(reply)).not.toHaveProperty('error');
});

test('a 403 for one of several is his, for all of them it is the scope', async () => {
  const barred = (id: string) => (call: Call) => (call.path.includes(id) ? 403 : { skills: [] });
  const lists = await stand(barred('u1')).provider.fetchOwn(['u1', 'u2']);
  expect(lists.get('u1')).toMatchObject({
    proven: false,
    error: { status: 403, hint: expect.stringContaining('admin:users:read') },
  });
  expect(lists.get('u2')).toMatchObject({ proven: true });
  await expect(stand(barred('u')).provider.fetchOwn(['u1', 'u2'])).rejects.toMatchObject({
    status: 403,
    hint: expect.stringContaining('admin:users:read'),
  });
  expect((await stand(barred('u')).provider.fetchOwn([])).size).toBe(0);
});

test('while planning, a 403 ends the plan only where no list can be read', async () => {
  const who = (id: string, more: object = {}) => ({ id, email: `${id}@example.com`, ...more });
  const planning = (...entities: object[]) =>
    fetching(
      ({ path }) => (path === '/users' ? page(entities) : path === '/skills' ? undefined : 403),
      ['u1@example.com', 'u2@example.com'],
    ).live;
  const { users } = await planning(who('u1', { skills: [] }), who('u2'));
  expect(users.get('u2')?.list).toMatchObject({ proven: false, error: { status: 403 } });
  await expect(planning(who('u1'), who('u2'))).rejects.toMatchObject({
    hint: expect.stringContaining('admin:users:read'),
  });
});

test('where nothing answers like the API, it is the base URL', async () => {
  for (const keys of [[], ['ana@example.com'], ['id:u1', 'id:u2']])
    await expect(fetching(() => 404, keys).live).rejects.toMatchObject({
      code: 'api-not-found',
      hint: expect.stringContaining('baseUrl'),
    });
});

test('one list that answers is enough for an API', async () => {
  const answer = ({ path }: Call) => (path.includes('u1') ? {} : undefined);
  const { users, directory } = await fetching(answer, ['id:u1', 'id:u2']).live;
  expect({ directory, ids: [...users.keys()] }).toEqual({ directory: false, ids: ['u1'] });
});

test.each([404, 405, 501])('a listing that breaks off with %i is not complete', async (status) => {
  for (const path of ['/users', '/skills']) {
    const { live } = fetching((call) => {
      if (call.path !== path) return page([]);
      const entities = people(1).map((who) => ({ ...who, name: 'x' }));
      return call.query.get('pageNumber') === '1' ? page(entities, 2) : status;
    });
    await expect(live).rejects.toMatchObject({
      code: 'listing-incomplete',
      message: expect.stringContaining(`${status}`),
    });
  }
});

test('a listing that is gone when it is read again is not complete', async () => {
  let asked = 0;
  const { live } = fetching(({ path }) => {
    asked += path === '/users' ? 1 : 0;
    return asked === 1 ? page([], 2) : undefined;
  });
  await expect(live).rejects.toMatchObject({ code: 'listing-incomplete' });
});

test.each([1e10, 3e8, -1, 2.5, 2 ** 60])(
  'a total of %d is found out by what arrives',
  async (total) => {
    const lies: ((call: Call) => Reply)[] = [
      () => page(people(2), total),
      ({ query }) => page(query.get('pageNumber') === '1' ? people(2) : [], total),
      () => page(people(2), total, { pageCount: 1e9 }),
    ];
    for (const lie of lies) {
      const { live, calls } = fetching((call) => (call.path === '/users' ? lie(call) : undefined));
      await expect(live).rejects.toMatchObject({ code: 'listing-incomplete' });
      expect(calls.length).toBeLessThan(60);
    }
  },
);
