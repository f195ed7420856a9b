/** Nothing half-read passes for the whole, and nothing unknown for none: listing, catalogue, and lists to plan and to gate by. */
import { describe, expect, test } from 'vitest';
import { type Call, page, type Reply, stand } from './support.ts';

const entry = (n: number) => ({ skillId: `s${n}`, proficiency: n });
const person = (n: number, more: object = { skills: [entry(n)] }) => ({
  id: `u${n}`,
  email: `u${n}@example.com`,
  name: `User ${n}`,
  ...more,
});
const range = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
const KEYS = range(9).map((n) => `u${n}@example.com`);

/** What a reading comes to: every list it calls proven, or the code of its error. */
async function outcome(answer: (call: Call) => Reply, keys: readonly string[] = KEYS) {
  try {
    const { users } = await stand(answer).provider.fetch({ keys });
    const proven = [...users].filter(([, { list }]) => list.proven).map(([id]) => id);
    return { users: [...users.keys()], proven };
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

const at = ({ query }: Call) => Number(query.get('pageNumber') ?? 1);

const EMPTY: readonly Reply[] = ['', '{}', 'null', '[]', 'true', '""', '<html></html>', '{"a'];

describe.each(EMPTY)('a 200 that says %j', (body) => {
  test.each(['/users', '/skills'])('is no listing of %s', async (path) => {
    const codes = ['empty-answer', 'answer-malformed', 'answer-truncated', 'not-json'];
    for (const broken of [1, 2, 3]) {
      const answer = (call: Call) => {
        if (call.path !== path) return page([]);
        return at(call) === broken ? body : page([person(at(call))], 3);
      };
      expect(codes).toContain(await outcome(answer));
    }
  });

  test('is no list of a user: neither to plan nor to gate by', async () => {
    const answer = ({ path }: Call) => (path === '/users' ? page([person(1, {})]) : body);
    const catalogued = (call: Call) => (call.path === '/skills' ? page([]) : answer(call));
    expect(await outcome(catalogued)).toEqual({ users: ['u1'], proven: [] });
    const { provider } = stand(answer);
    const only = { ids: new Map([['u1@example.com', 'u1']]) };
    const narrowed = stand(catalogued).provider.fetch({ keys: ['u1@example.com'], only });
    expect((await narrowed).users.get('u1')?.list.proven).toBe(false);
    expect((await provider.fetchOwn(['u1'])).get('u1')).toMatchObject({
      proven: false,
      why: expect.stringMatching(/\w/),
    });
  });
});

/** Nine people on three pages; `broken` answers for some of them instead. */
const listing = (broken: (call: Call, whole: Reply) => Reply) => (call: Call) => {
  if (call.path !== '/users') return call.path === '/skills' ? page([]) : 500;
  const rows = range(9).map((n) => person(n));
  const whole = { entities: rows.slice(3 * at(call) - 3, 3 * at(call)), pageCount: 3, total: 9 };
  return broken(call, whole);
};
const shown = (reply: Reply) => (reply as { readonly entities: object[] }).entities;

test('the listing that is broken below is whole', async () => {
  const all = range(9).map((n) => `u${n}`);
  expect(await outcome(listing((_call, whole) => whole))).toEqual({ users: all, proven: all });
});

test.each<[string, (call: Call, whole: Reply) => Reply, string]>([
  [
    'a page missing in the middle',
    (call, whole) => (at(call) === 2 ? page([], 9, { pageCount: 3 }) : whole),
    'listing-incomplete',
  ],
  [
    'a page that was served twice',
    (_call, whole) => ({ ...(whole as object), entities: range(3).map((n) => person(n)) }),
    'listing-incomplete',
  ],
  [
    'somebody on two pages',
    (call, whole) => ({
      ...(whole as object),
      entities: at(call) === 2 ? [person(1), person(5), person(6)] : shown(whole),
    }),
    'listing-incomplete',
  ],
  [
    'somebody on two pages, besides everybody',
    (call, whole) => ({
      ...(whole as object),
      entities: at(call) === 3 ? [...shown(whole), person(1, { skills: [] })] : shown(whole),
    }),
    'listing-incomplete',
  ],
  [
    'totals that differ',
    (call, whole) => ({ ...(whole as object), total: at(call) === 3 ? 8 : 9 }),
    'listing-incomplete',
  ],
  [
    'page counts that differ',
    (call, whole) => ({ ...(whole as object), pageCount: at(call) === 3 ? 4 : 3 }),
    'listing-incomplete',
  ],
  [
    'a total that vanishes',
    (call, whole) => (at(call) === 3 ? { entities: shown(whole), pageCount: 3 } : whole),
    'listing-incomplete',
  ],
  [
    'a total of 0 and entries',
    (_call, whole) => ({ entities: shown(whole), total: 0 }),
    'listing-incomplete',
  ],
  [
    'a total and no entries',
    () => ({ entities: [], pageCount: 3, total: 9 }),
    'listing-incomplete',
  ],
  [
    'the number of a page as its total',
    (_call, whole) => ({ entities: shown(whole), pageCount: 3, total: 3 }),
    'listing-incomplete',
  ],
  [
    'the number of a page as its total, of more pages',
    (_call, whole) => ({ entities: shown(whole), pageCount: 4, total: 3 }),
    'listing-incomplete',
  ],
  [
    'too few pages',
    (_call, whole) => ({ ...(whole as object), pageCount: 2 }),
    'listing-incomplete',
  ],
  ['no pages', (_call, whole) => ({ ...(whole as object), pageCount: 0 }), 'listing-incomplete'],
  [
    '404 for half of its pages',
    (call, whole) => (at(call) > 1 ? 404 : whole),
    'listing-incomplete',
  ],
  ['500 for half of its pages', (call, whole) => (at(call) > 1 ? 500 : whole), 'server-error'],
  ['403 for one of its pages', (call, whole) => (at(call) === 2 ? 403 : whole), 'forbidden'],
  [
    'an entry without an id',
    (call, whole) =>
      at(call) === 2
        ? page([person(4), { email: 'x@example.com' }, person(6)], 9, { pageCount: 3 })
        : whole,
    'answer-malformed',
  ],
  [
    'entries by another name',
    (_call, whole) => ({ items: shown(whole), total: 9 }),
    'answer-malformed',
  ],
])('a listing with %s is an error, not half an org', async (_what, broken, code) => {
  expect(await outcome(listing(broken))).toBe(code);
  // The catalogue is read in the same way; the lookup of a narrowed fetch as well.
  const swap = (path: string) => ({ '/users': '/skills', '/skills': '/users' })[path] ?? path;
  const catalogue = (call: Call) => listing(broken)({ ...call, path: swap(call.path) });
  expect(await outcome(catalogue)).toBe(code);
  const { provider } = stand(listing(broken));
  const lookup = provider.fetch({ keys: ['u1@example.com'], only: { ids: new Map() } });
  await expect(lookup).rejects.toMatchObject({ code });
});

test('pages that the server cuts smaller than it was asked for, and than it says, are all read', async () => {
  const cut = listing((_call, whole) => ({ ...(whole as object), pageSize: 500 }));
  expect(await outcome(cut)).toMatchObject({ proven: { length: 9 } });
  const unsaid = listing((_call, whole) => ({ entities: shown(whole), total: 9 }));
  expect(await outcome(unsaid)).toMatchObject({ proven: { length: 9 } });
});

test('people who come and go while pages are read are read again, or it is an error', async () => {
  for (const goes of [1, 2, 99]) {
    let readings = 0;
    const moving = (call: Call): Reply => {
      if (call.path !== '/users') return page([]);
      if (at(call) === 1) readings += 1;
      // u1 goes after the first page was served: all others move up by one.
      const gone = at(call) > 1 && readings <= goes ? 1 : 0;
      const rows = range(9)
        .slice(gone)
        .map((n) => person(n));
      const entities = rows.slice(3 * at(call) - 3, 3 * at(call));
      return { entities, pageCount: Math.ceil(rows.length / 3), total: rows.length };
    };
    const read = await outcome(moving);
    if (goes > 2) expect(read).toBe('listing-incomplete');
    else expect(read).toMatchObject({ proven: { length: 9 } });
  }
});

const A = entry(1);
const B = entry(2);

test.each<[string, unknown]>([
  ['is null', null],
  ['is a text', 'none'],
  ['is a number', 0],
  ['is false', false],
  ['is no list', {}],
  ['holds nothing', { skills: null }],
  ['holds an entry without an id', [A, { proficiency: 2 }]],
  ['holds an entry that is nothing', [A, null]],
  ['names one skill twice', [A, { skillId: 's1', proficiency: 99 }]],
  ['tells a larger total', { skills: [A], total: 2 }],
  ['tells a total and shows none', { skills: [], total: 2 }],
  ['tells a smaller total', { skills: [A, B], total: 1 }],
  ['tells of pages and shows none', { skills: [], pageCount: 3 }],
  ['tells of pages that it could show', { skills: [], pageCount: 3, pageSize: 25 }],
  ['stands in an unknown envelope', { data: [A] }],
  ['stands deeper', { result: { skills: [A] } }],
  ['stands beside an empty one', { skills: [], entities: [A] }],
  ['stands beside an empty one of an unknown name', { skills: [], assignments: [A] }],
  ['is told in two parts', { skills: [A], inherited: [B] }],
  ['tells of errors', { skills: [], errors: [{ message: 'No.' }] }],
  ['tells of an error', { skills: [], error: 'upstream' }],
  ['is cut', { skills: [A], truncated: true }],
])(
  'a list that %s is unknown in a listing, in a narrowed fetch and at the gate',
  async (_what, skills) => {
    const inside = (call: Call) => {
      if (call.path === '/users') return page([person(1, { skills })]);
      return call.path === '/skills' ? page([]) : 500;
    };
    expect(await outcome(inside)).toEqual({ users: ['u1'], proven: [] });

    const body = Array.isArray(skills) || !(skills instanceof Object) ? { skills } : skills;
    const alone = (call: Call) => (call.path.startsWith('/users/') ? body : page([]));
    const only = { ids: new Map([['u1@example.com', 'u1']]) };
    const narrowed = await stand(alone).provider.fetch({ keys: ['u1@example.com'], only });
    expect(narrowed.users.get('u1')?.list.proven).toBe(false);
    const gate = (await stand(alone).provider.fetchOwn(['u1'])).get('u1');
    expect(gate).toMatchObject({ proven: false, why: expect.stringMatching(/\w/) });
  },
);

test('skills that a listing leaves out are read singly, never taken for none', async () => {
  const answer = ({ path }: Call) => {
    if (path === '/users') return page([person(1, {}), person(2, { skills: null })]);
    return path === '/skills' ? page([]) : { skills: [A] };
  };
  const { provider } = stand(answer);
  const { users } = await provider.fetch({ keys: KEYS });
  for (const id of ['u1', 'u2']) {
    const list = users.get(id)?.list;
    expect(list?.proven && { ...list.assignments.skill }).toEqual({ s1: 1 });
  }
});

/** A list of three in pages of one; `skills` says what the n-th request, from 0, is shown of which page. */
const paging = (
  skills: (page: number, nth: number) => object[],
  told: object = { pageCount: 3 },
) => {
  let asked = -1;
  return (call: Call) => {
    asked += 1;
    return { skills: skills(at(call), asked), ...told };
  };
};
const gated = async (answer: (call: Call) => Reply) =>
  (await stand(answer).provider.fetchOwn(['u1'])).get('u1');

test.each<[string, (page: number, nth: number) => object[], object]>([
  ['ends in an empty page', (n) => (n < 3 ? [entry(n)] : []), { pageCount: 3 }],
  ['has a page that is not full before its last', (n) => [entry(n)], { pageCount: 3, pageSize: 2 }],
  [
    'moves while its pages are read, and grows again',
    (n, nth) => [entry(nth === 0 ? 1 : n + 1)],
    { pageCount: 3 },
  ],
  [
    'moves while its pages are read, with totals that stay',
    (n, nth) => [entry(nth === 0 ? 1 : n + 1)],
    { pageCount: 3, total: 3 },
  ],
  [
    'loses its last while it is read',
    (n, nth) => (nth < 3 || n < 3 ? [entry(n)] : []),
    { total: 3 },
  ],
])('a list in pages that %s is not proven', async (_what, skills, told) => {
  expect(await gated(paging(skills, told))).toMatchObject({ proven: false });
});

test('a list in pages that stays as it is is proven', async () => {
  expect(await gated(paging((n) => [entry(n)], { pageCount: 3, total: 3 }))).toMatchObject({
    proven: true,
    assignments: { skill: { s1: 1, s2: 2, s3: 3 } },
  });
});
