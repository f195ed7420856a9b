/** What a narrowed fetch asks of the Admin API: as few requests as the people it is for take. */
import { describe, expect, test } from 'vitest';
import { type Call, type Reply, stand } from './support.ts';

const SKILLS = [{ id: 's1', name: 'Billing' }];
const emailOf = (n: number) => `u${n}@example.com`;
const remembered = (...numbers: number[]) => new Map(numbers.map((n) => [emailOf(n), `u${n}`]));
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

interface Org {
  readonly users: number;
  /** The largest page. */
  readonly page: number;
  /** Who is in the directory under another e-mail than his number's. */
  readonly renamed?: Readonly<Record<number, string>>;
  /** How calls answer that are not there, or barred. */
  readonly off?: Readonly<Record<string, Reply>>;
}

/** Everybody has the one skill, at his number; an unexpanded listing shows what is no list at all. */
const org =
  ({ users, page, renamed = {}, off = {} }: Org) =>
  ({ path, query }: Call): Reply => {
    if (path in off) return off[path];
    const skillsOf = (n: number) => [{ skillId: 's1', proficiency: n }];
    const expanded = query.get('expand') === 'skills';
    const person = (n: number) => ({
      id: `u${n}`,
      email: renamed[n] ?? emailOf(n),
      skills: expanded ? skillsOf(n) : [],
    });
    const rows = path === '/skills' ? SKILLS : range(1, users).map(person);
    const [, id = ''] = /^\/users\/u(\d+)\/skills$/.exec(path) ?? [];
    if (id !== '') return Number(id) <= users ? { skills: skillsOf(Number(id)) } : 404;
    if (path !== '/skills' && path !== '/users') return 404;
    const from = (Number(query.get('pageNumber')) - 1) * page;
    const pageCount = Math.ceil(rows.length / page);
    return { entities: rows.slice(from, from + page), pageCount, total: rows.length };
  };

async function narrowed(
  of: Org,
  keys: readonly string[],
  ids: ReadonlyMap<string, string> = new Map(),
) {
  const { provider, calls } = stand(org(of));
  const live = await provider.fetch({ keys, only: { ids } });
  const count = (test: (call: Call) => boolean) => calls.filter(test).length;
  const proven = [...live.users.values()].filter(({ list }) => list.proven);
  return {
    live,
    proven: proven.map(({ person }) => person.id).sort(),
    asked: {
      catalogue: count(({ path }) => path === '/skills'),
      listed: count(({ path, query }) => path === '/users' && query.has('expand')),
      lookedUp: count(({ path, query }) => path === '/users' && !query.has('expand')),
      own: count(({ path }) => path.endsWith('/skills') && path !== '/skills'),
    },
  };
}

const NONE = { catalogue: 1, listed: 0, lookedUp: 0, own: 0 };

describe('a narrowed fetch', () => {
  test('of 3 of 300 costs the catalogue and three requests', async () => {
    const keys = [3, 150, 300].map(emailOf);
    const { asked, live, proven } = await narrowed(
      { users: 300, page: 25 },
      keys,
      remembered(...range(1, 300)),
    );
    expect(asked).toEqual({ ...NONE, own: 3 });
    expect(proven).toEqual(['u150', 'u3', 'u300']);
    expect([...live.users.keys()].sort()).toEqual(proven);
    expect(live.users.get('u3')?.person).toEqual({ id: 'u3', email: emailOf(3), active: true });
    expect(live.directory).toBe(true);
  });

  test('knows by a user name too, and by an id without a name', async () => {
    const { live } = await narrowed(
      { users: 9, page: 5 },
      ['ana', 'id:u2'],
      new Map([['ana', 'u1']]),
    );
    expect(live.users.get('u1')?.person).toEqual({ id: 'u1', userName: 'ana', active: true });
    expect(live.users.get('u2')?.person).toEqual({ id: 'u2', active: true });
  });

  test('looks all that are not known up at once, then reads theirs alone', async () => {
    const { asked, live, proven } = await narrowed(
      { users: 30, page: 10 },
      [1, 2, 3, 99].map(emailOf),
      remembered(1),
    );
    expect(asked).toEqual({ ...NONE, lookedUp: 3, own: 3 });
    expect(proven).toEqual(['u1', 'u2', 'u3']);
    // The unexpanded listing shows `[]` for everybody: that is nobody's list.
    expect(live.users.get('u4')?.list).toEqual({
      proven: false,
      why: 'The list was not asked for.',
    });
  });

  test('asks for a wrong id once, and goes by what the directory says', async () => {
    const ids = new Map([
      [emailOf(1), 'u77'],
      [emailOf(2), 'u2'],
    ]);
    const { asked, proven } = await narrowed({ users: 30, page: 10 }, [...ids.keys()], ids);
    expect(asked).toEqual({ ...NONE, lookedUp: 3, own: 3 });
    expect(proven).toEqual(['u1', 'u2']);
  });

  test('once the directory is read, a name that has passed to another is his', async () => {
    const renamed = { 1: 'new@example.com', 2: emailOf(1) };
    const keys = [emailOf(1), emailOf(3)];
    const org = { users: 30, page: 10, renamed };
    const looked = await narrowed(org, keys, remembered(1));
    expect(looked.proven).toEqual(['u2', 'u3']);
    // Without need for the directory, memory is identity.
    const byMemory = await narrowed(org, keys, remembered(1, 3));
    expect(byMemory.proven).toEqual(['u1', 'u3']);
  });

  test.each([
    ['eight go singly, unasked', { users: 20, page: 10 }, 8, { own: 8 }],
    ['nine of two pages', { users: 20, page: 10 }, 9, { listed: 2 }],
    ['nine of ten pages', { users: 100, page: 10 }, 9, { listed: 10 }],
    ['nine of eleven pages', { users: 110, page: 10 }, 9, { listed: 1, own: 9 }],
    ['sixty of a hundred pages', { users: 1000, page: 10 }, 60, { listed: 1, own: 60 }],
  ])('takes the cheaper way: %s', async (_what, of, people, cost) => {
    const numbers = range(1, people);
    const { asked, proven, live } = await narrowed(
      of,
      numbers.map(emailOf),
      remembered(...numbers),
    );
    expect(asked).toEqual({ ...NONE, ...cost });
    expect(proven).toEqual(numbers.map((n) => `u${n}`).sort());
    expect(live.directory).toBe(true);
  });

  test('of many, one of them unknown, is the listing itself', async () => {
    const numbers = range(1, 9);
    const keys = [...numbers, 500].map(emailOf);
    const { asked, proven } = await narrowed(
      { users: 110, page: 10 },
      keys,
      remembered(...numbers),
    );
    expect(asked).toEqual({ ...NONE, listed: 11 });
    expect(proven).toHaveLength(9);
  });

  test.each([404, 405, 501])('without a listing (%i) goes by ids alone', async (status) => {
    const off = { '/users': status };
    const few = await narrowed({ users: 20, page: 10, off }, [1, 2].map(emailOf), remembered(1, 2));
    expect(few.live.directory).toBe(true);
    const unknown = await narrowed(
      { users: 20, page: 10, off },
      [1, 2].map(emailOf),
      remembered(1),
    );
    expect({ directory: unknown.live.directory, proven: unknown.proven }).toEqual({
      directory: false,
      proven: ['u1'],
    });
    const numbers = range(1, 12);
    const many = await narrowed(
      { users: 20, page: 10, off },
      numbers.map(emailOf),
      remembered(...numbers),
    );
    expect(many.proven).toHaveLength(12);
  });

  test('of a place that does not answer like the API is an error', async () => {
    const { provider } = stand(() => 404);
    const only = { ids: remembered(1) };
    await expect(provider.fetch({ keys: [emailOf(1)], only })).rejects.toMatchObject({
      code: 'api-not-found',
    });
  });

  test('that nobody may read names the scope; of one among others, it is his', async () => {
    const barred = { users: 20, page: 10, off: { '/users/u1/skills': 403 } };
    await expect(narrowed(barred, [emailOf(1)], remembered(1))).rejects.toMatchObject({
      hint: expect.stringContaining('admin:users:read'),
    });
    for (const ids of [remembered(1, 2), remembered(2)]) {
      const { live, proven } = await narrowed(barred, [1, 2].map(emailOf), ids);
      expect(proven).toEqual(['u2']);
      expect(live.users.get('u1')?.list).toMatchObject({ proven: false, error: { status: 403 } });
    }
  });

  test('in the listing and yet without a list of his own is unread, not unknown', async () => {
    const { live, proven } = await narrowed(
      { users: 20, page: 10, off: { '/users/u1/skills': 404 } },
      [1, 2].map(emailOf),
      remembered(1),
    );
    expect(proven).toEqual(['u2']);
    expect(live.users.get('u1')).toMatchObject({ person: { email: emailOf(1) } });
  });
});
