/** What a fetch reads, and in how many requests; nothing unknown is taken for empty. */
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../src/model/assignment.ts';
import { list } from '../../support/builders.ts';
import {
  type Call,
  EMPTY,
  entry,
  keyOf,
  orgAnswering,
  person,
  range,
  refusal,
  stand,
} from './support.ts';

const people = (n: number, lists: object = EMPTY) =>
  range(n).map((k) => person({ id: `u${k}`, ...lists }));
const keys = (n: number) => range(n).map((k) => keyOf(`u${k}`));
const told = (calls: readonly Call[]) =>
  calls.map(({ path, query }) => `${path}${query.has('id') ? '?id' : ''}`);
const CATALOGUE = ['/routing/skills', '/routing/languages'];

const provenIn = (live: { users: ReadonlyMap<string, { list: { proven: boolean } }> }) =>
  [...live.users].filter(([, { list }]) => list.proven).map(([id]) => id);

test('a fetch is a request for each page and two for the catalogue', async () => {
  const { provider, calls } = stand(orgAnswering({ people: people(1000) }));
  const live = await provider.fetch({ keys: keys(1000) });
  expect(live.users.size).toBe(1000);
  expect(provenIn(live)).toHaveLength(1000);
  expect(told(calls).sort()).toEqual([...CATALOGUE, '/users', '/users', '/users'].sort());
  const { query } = calls.find(({ path }) => path === '/users') as Call;
  expect(query.getAll('expand')).toEqual(['skills', 'languages']);
  expect(query.get('state')).toBe('active');
});

test('people, catalogue and lists are as the platform has them', async () => {
  const skills = [entry('s1', 2.5), entry('s2', 0.1 + 0.2), entry('s0', 0)];
  const languages = [entry('l1', 5)];
  const { provider } = stand(
    orgAnswering({
      people: [person({ id: 'u1', skills, languages })],
      catalogue: {
        skills: [{ id: 's1', name: 'Billing' }],
        languages: [{ id: 'l1', name: 'Spanish' }],
      },
    }),
  );
  const live = await provider.fetch({ keys: keys(1) });
  expect(live).toMatchObject({
    directory: true,
    catalogue: [
      { kind: 'skill', id: 's1', name: 'Billing' },
      { kind: 'language', id: 'l1', name: 'Spanish' },
    ],
  });
  const { person: who, list: own } = live.users.get('u1') ?? {};
  const email = 'u1@example.com';
  expect(who).toEqual({
    id: 'u1',
    name: 'Person u1',
    email,
    userName: 'U1@example.com',
    active: true,
  });
  const assignments = list({ s1: 2.5, s2: 0.30000000000000004, s0: 0 }, { l1: 5 });
  expect(canonical(own)).toBe(canonical({ proven: true, assignments }));
});

test('a deleted skill is not in the catalogue, an inactive one only where no active one has its name', async () => {
  const skills = [
    { id: 's1', name: 'Billing', state: 'deleted' },
    { id: 's2', name: 'Billing', state: 'active' },
    { id: 's3', name: 'Billing', state: 'inactive' },
    { id: 's4', name: 'Chat', state: 'inactive' },
  ];
  const { provider } = stand(orgAnswering({ people: [], catalogue: { skills } }));
  const { catalogue } = await provider.fetch({ keys: [] });
  expect(catalogue?.map(({ id }) => id)).toEqual(['s2', 's4']);
});

describe('a list that the listing does not show', () => {
  const answer = orgAnswering({
    people: [
      person({ id: 'u1', skills: [entry('s1')], languages: [] }),
      person({ id: 'u2', languages: [entry('l1', 4)] }),
      person({ id: 'u3', skills: [entry('s1')] }),
      person({ id: 'u4' }),
      person({ id: 'u5', skills: [entry('s1', 1), entry('s1', 2)], languages: [] }),
    ],
    skills: { u2: [entry('s2', 1)], u4: [entry('s4', 4)], u5: [entry('s5', 5)] },
    languages: { u3: [entry('l3', 3)], u4: [entry('l4', 4)] },
  });

  test('is unknown, and read by itself for those in scope: what is missing, and no more', async () => {
    const { provider, calls } = stand(answer);
    const live = await provider.fetch({ keys: keys(5) });
    const own = (id: string) => canonical(live.users.get(id)?.list);
    const proven = (assignments: object) => canonical({ proven: true, assignments });
    expect(own('u2')).toBe(proven(list({ s2: 1 }, { l1: 4 })));
    expect(own('u3')).toBe(proven(list({ s1: 3 }, { l3: 3 })));
    expect(own('u4')).toBe(proven(list({ s4: 4 }, { l4: 4 })));
    expect(own('u5')).toBe(proven(list({ s5: 5 })));
    expect(
      told(calls)
        .filter((path) => path.includes('u'))
        .filter((path) => path.startsWith('/users/'))
        .sort(),
    ).toEqual([
      '/users/u2/routingskills',
      '/users/u3/routinglanguages',
      '/users/u4/routinglanguages',
      '/users/u4/routingskills',
      '/users/u5/routingskills',
    ]);
  });

  test('of nobody in scope stays unknown, and costs nothing', async () => {
    const { provider, calls } = stand(answer);
    const live = await provider.fetch({ keys: [keyOf('u1')] });
    expect(provenIn(live)).toEqual(['u1']);
    expect(live.users.get('u4')?.list).toMatchObject({ proven: false, why: /\w/ });
    expect(calls).toHaveLength(3);
  });

  test('and cannot be read either is unknown for him alone', async () => {
    const { provider } = stand((call) => (call.path.includes('u4') ? 500 : answer(call)));
    const live = await provider.fetch({ keys: keys(5) });
    expect(provenIn(live)).toEqual(['u1', 'u2', 'u3', 'u5']);
    expect(live.users.get('u4')?.list).toMatchObject({ error: { code: 'server-error' } });
  });
});

test('whose lists all need a scope that is missing, is told which', async () => {
  const answer = orgAnswering({ people: people(2, {}) });
  const { provider } = stand((call) =>
    call.path.startsWith('/users/') ? refusal(403, 'missing.permissions') : answer(call),
  );
  await expect(provider.fetch({ keys: keys(2) })).rejects.toMatchObject({
    code: 'forbidden',
    hint: expect.stringContaining('users:readonly'),
  });
});

describe('somebody who is not among the active', () => {
  const answer = orgAnswering({
    people: [
      ...people(3),
      ...range(1200).map((k) => person({ id: `i${k}`, state: 'inactive' })),
      person({ id: 'd1', state: 'deleted' }),
    ],
  });

  test('is told to be inactive, by as few pages as it takes', async () => {
    const { provider, calls } = stand(answer);
    const live = await provider.fetch({ keys: [...keys(3), keyOf('i500')] });
    expect(live.users.get('i500')).toMatchObject({
      person: { id: 'i500', active: false },
      list: { proven: false },
    });
    expect(calls).toHaveLength(3 + 2);
    expect(calls.at(-1)?.query.has('expand')).toBe(false);
  });

  test('and is inactive neither, is nobody', async () => {
    const { provider, calls } = stand(answer);
    const live = await provider.fetch({ keys: [keyOf('nobody'), keyOf('d1')] });
    expect([...live.users.values()].map(({ person: { id } }) => id)).not.toContain('d1');
    expect(calls).toHaveLength(3 + 3);
  });

  test('is asked for by his id where that is known, whatever his state', async () => {
    const { provider, calls } = stand(answer);
    const live = await provider.fetch({ keys: ['id:i7', 'id:d1', 'id:gone', 'id:u1'] });
    expect(live.users.get('i7')?.person.active).toBe(false);
    expect(live.users.get('d1')?.person.active).toBe(false);
    expect(live.users.has('gone')).toBe(false);
    expect(told(calls)).toContain('/users?id');
    expect(calls).toHaveLength(3 + 1);
  });

  test('is asked for by the id that he was last seen by, and looked for where that is another now', async () => {
    const { provider, calls } = stand(answer);
    const ids = new Map([
      [keyOf('i900'), 'i900'],
      [keyOf('i7'), 'u1'],
    ]);
    const first = await provider.fetch({ keys: [keyOf('i900')], ids });
    expect(first.users.get('i900')?.person.active).toBe(false);
    expect(told(calls)).toEqual([...CATALOGUE, '/users', '/users?id']);
    const live = await provider.fetch({ keys: [keyOf('i7')], ids });
    expect(live.users.get('i7')?.person.active).toBe(false);
    expect(live.users.get('u1')?.person.active).toBe(true);
  });

  test('is not looked for beyond what the platform pages through', async () => {
    const inactive = range(30_000).map((k) => person({ id: `i${k}`, state: 'inactive' }));
    const { provider, calls } = stand(orgAnswering({ people: inactive }));
    await provider.fetch({ keys: [keyOf('nobody')] });
    expect(calls).toHaveLength(3 + 25);
  });
});

describe('a narrowed fetch', () => {
  const all = [...people(250, {}), person({ id: 'i1', state: 'inactive', skills: [] })];
  const answer = orgAnswering({ people: all.map((one) => ({ ...one, ...EMPTY })) });
  const remembered = (n: number) => new Map(range(n).map((k) => [keyOf(`u${k}`), `u${k}`]));

  test('reads a hundred people by id in one request, with their lists', async () => {
    const { provider, calls } = stand(answer);
    const live = await provider.fetch({ keys: keys(250), only: { ids: remembered(250) } });
    expect(provenIn(live)).toHaveLength(250);
    expect(told(calls).sort()).toEqual(
      [...CATALOGUE, '/users?id', '/users?id', '/users?id'].sort(),
    );
    const asked = calls.flatMap(({ query }) => query.getAll('id'));
    expect(new Set(asked).size).toBe(250);
    expect(calls.at(-1)?.query.get('state')).toBe('any');
  });

  test('goes by pages that are made smaller all the same', async () => {
    const people25 = orgAnswering({ people: all.map((one) => ({ ...one, ...EMPTY })), most: 25 });
    const { provider, calls } = stand(people25);
    const live = await provider.fetch({ keys: keys(60), only: { ids: remembered(60) } });
    expect(provenIn(live)).toHaveLength(60);
    expect(told(calls).filter((path) => path === '/users?id')).toHaveLength(3);
  });

  test.each([
    ['404 for all when one is unknown', 404, 'general.resource.not.found'],
    ['400 for all when one is of another form', 400, 'invalid.value'],
  ])('of ids of which the platform answers %s finds the others', async (_what, status, code) => {
    const { provider } = stand((call) =>
      call.query.getAll('id').some((id) => id.startsWith('gone'))
        ? refusal(status, code)
        : answer(call),
    );
    const ids = new Map([...remembered(9), [keyOf('x'), 'gone'], [keyOf('y'), 'gone-2']]);
    const live = await provider.fetch({ keys: [...keys(9), keyOf('x')], only: { ids } });
    expect(provenIn(live)).toEqual(range(9).map((k) => `u${k}`));
  });

  test('reads the listing where somebody was never seen, or it is shorter', async () => {
    const { provider, calls } = stand(answer);
    const only = { ids: remembered(1) };
    const live = await provider.fetch({ keys: keys(2), only });
    expect(provenIn(live)).toEqual(['u1', 'u2']);
    expect(live.users.size).toBe(250);
    expect(told(calls).sort()).toEqual([...CATALOGUE, '/users'].sort());

    const many = orgAnswering({ people: people(1000) });
    const second = stand(many);
    await second.provider.fetch({ keys: keys(990), only: { ids: remembered(990) } });
    expect(second.calls).toHaveLength(2 + 3);
  });

  test('finds whoever has another id now in the directory, without lists', async () => {
    const { provider, calls } = stand(answer);
    const ids = new Map([[keyOf('u7'), 'old']]);
    const live = await provider.fetch({ keys: [keyOf('u7')], only: { ids } });
    expect(provenIn(live)).toEqual(['u7']);
    expect(told(calls)).toEqual([...CATALOGUE, '/users?id', '/users', '/users?id']);
    expect(calls[3]?.query.has('expand')).toBe(false);
  });

  test('tells the inactive from the unknown too', async () => {
    const { provider } = stand(answer);
    const ids = new Map([
      [keyOf('i1'), 'i1'],
      [keyOf('nobody'), 'gone'],
    ]);
    const keysSought = [keyOf('i1'), keyOf('nobody'), 'id:never'];
    const live = await provider.fetch({ keys: keysSought, only: { ids } });
    expect(live.users.get('i1')?.person.active).toBe(false);
    const again = await provider.fetch({
      keys: [keyOf('i1')],
      only: { ids: new Map([[keyOf('i1'), 'gone']]) },
    });
    expect(again.users.get('i1')?.person.active).toBe(false);
  });

  test('that is answered with everybody ends: nobody asked for them', async () => {
    const { provider, calls } = stand((call) => {
      call.query.delete('id');
      return answer(call);
    });
    const fetching = provider.fetch({ keys: keys(1), only: { ids: remembered(1) } });
    await expect(fetching).rejects.toMatchObject({ code: 'answer-malformed' });
    expect(calls).toHaveLength(3);
  });
});

test('the team is the division, and where nobody chose one the department', async () => {
  const [home, apac] = [{ name: 'Home' }, { name: 'APAC' }];
  const placed = (id: string, where: object) => ({ ...person({ id, ...EMPTY }), ...where });
  const { provider } = stand(
    orgAnswering({
      people: [
        placed('u0', { division: apac, department: 'Care' }),
        placed('u1', { division: home, department: 'Care' }),
        placed('u2', { division: home }),
        placed('u3', { department: 'Care' }),
        placed('u4', { division: 'odd' }),
      ],
    }),
  );
  const live = await provider.fetch({ keys: keys(5) });
  const teams = [...live.users.values()].map(({ person: { team } }) => team);
  expect(teams).toEqual(['APAC', 'Care', 'Home', 'Care', undefined]);
});
