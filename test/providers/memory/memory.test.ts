import { expect, test } from 'vitest';
import { keyed, NO_ASSIGNMENTS } from '../../../src/model/assignment.ts';
import { createMemory, type MemoryOptions } from '../../../src/providers/memory/index.ts';
import { sent, write } from '../admin/support.ts';

const open = (options: Partial<MemoryOptions> = {}) =>
  createMemory({
    users: [{ person: { id: 'u1', active: true } }, { person: { id: 'u2', active: true } }],
    ...options,
  });

test.each([
  ['refuse', 'refused', {}],
  ['not-sent', 'not-sent', {}],
  ['lost', 'unknown', {}],
  ['took-effect', 'unknown', { s1: 1 }],
  [undefined, 'accepted', { s1: 1 }],
] as const)('a write that meets %s', async (fault, what, skill) => {
  const provider = open({ fault: () => fault });
  expect(await sent(provider, write('u1', { s1: 1 }))).toMatchObject([{ sent: what }]);
  expect({ ...provider.world.listOf('u1').skill }).toEqual(skill);
});

test('reads lag behind a write for as many reads as told', async () => {
  const provider = open({ lagReads: 2 });
  await sent(provider, write('u1', { s1: 1 }));
  const seen: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const own = (await provider.fetchOwn(['u1'])).get('u1');
    seen.push(JSON.stringify(own?.proven && own.assignments.skill));
  }
  expect(seen).toEqual(['{}', '{}', '{"s1":1}']);
});

test('somebody else may change the world at any moment', async () => {
  const moments: string[] = [];
  const provider = open({
    at: ({ call, userIds }, world) => {
      moments.push(`${call} ${userIds}`);
      if (call === 'fetchOwn') world.set('u1', 'skill', { id: 's9', value: 9 });
      if (call === 'write') world.set('u2', 'skill', { id: 's9', value: undefined });
    },
  });
  provider.world.replace('u2', { ...NO_ASSIGNMENTS, skill: keyed([['s9', 1]]) });
  await provider.fetch({ keys: [] });
  await provider.fetchOwn(['u1']);
  await sent(provider, write('u1', { s1: 1 }));
  expect(moments).toEqual(['fetch u1,u2', 'fetchOwn u1', 'turn ', 'write u1']);
  expect({ ...provider.world.listOf('u2').skill }).toEqual({});
});

test('names become ids here too', () => {
  const provider = open();
  const wanted = {
    org: 'a',
    day: '2026-01-01',
    users: new Map(),
    catalogue: new Map(),
    upcoming: [],
  };
  const live = { users: new Map(), catalogue: undefined, directory: true };
  expect(provider.normalize(wanted, live).users).toEqual([]);
});

test('whoever goes by another name than he is remembered by is looked up', async () => {
  const provider = createMemory({
    users: [
      { person: { id: 'u1', email: 'new@example.com', active: true } },
      { person: { id: 'u2', email: 'ana@example.com', active: true } },
      { person: { id: 'u3', userName: 'Ben', active: false } },
    ],
  });
  const ids = new Map([
    ['ana@example.com', 'u1'],
    ['ben', 'u3'],
  ]);
  const { users } = await provider.fetch({ keys: [...ids.keys()], only: { ids } });
  const proven = [...users.values()].filter(({ list }) => list.proven);
  expect(proven.map(({ person }) => [person.id, person.active])).toEqual([
    ['u2', true],
    ['u3', false],
  ]);
});
