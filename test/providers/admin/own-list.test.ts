/** A user's own list: whole, read to its last page, or unknown. A page is never taken for the list. */
import { expect, test } from 'vitest';
import { canonical } from '../../../src/model/assignment.ts';
import { type Call, page, type Reply, stand } from './support.ts';

const entry = (n: number) => ({ skillId: `s${n}`, proficiency: n });
const entries = (n: number) => Array.from({ length: n }, (_, index) => entry(index + 1));
const skillsOf = (n: number) =>
  Object.fromEntries(entries(n).map((e) => [e.skillId, e.proficiency]));

/** `all` in pages of `size`; `told` says what each page tells of them. */
const paged =
  (n: number, size: number, told: (at: number, pages: number) => object) =>
  ({ query }: Call): Reply => {
    const at = Number(query.get('pageNumber') ?? 1);
    const step = Number(query.get('pageSize') ?? size);
    const skills = entries(n).slice((at - 1) * step, at * step);
    return { skills, ...told(at, Math.ceil(n / size)) };
  };

const reading = async (answer: (call: Call) => Reply) => {
  const made = stand(answer);
  const list = (await made.provider.fetchOwn(['u1'])).get('u1');
  return { ...made, list };
};

// Twice: what moves between pages meanwhile would be on none.
test.each<[string, (at: number, pages: number) => object]>([
  ['number and count', (pageNumber, pageCount) => ({ pageNumber, pageSize: 2, pageCount })],
  ['count alone', (_at, pageCount) => ({ pageCount })],
  ['total alone', () => ({ total: 5 })],
  [
    'everything',
    (at, pages) => ({
      pageNumber: at,
      pageSize: 2,
      pageCount: pages,
      total: 5,
      selfUri: '/x',
      lastUri: '/y',
      ...(at < pages ? { nextUri: '/z' } : { nextUri: null }),
    }),
  ],
])('a list in pages that tell %s is read to its end', async (_what, told) => {
  const { list, calls } = await reading(paged(5, 2, told));
  expect(list?.proven && canonical(list.assignments.skill)).toBe(canonical(skillsOf(5)));
  expect(calls.map(({ query }) => query.get('pageNumber'))).toEqual([
    null,
    '2',
    '3',
    null,
    '2',
    '3',
  ]);
  expect(calls[1]?.query.get('pageSize')).toBe('2');
});

test.each<[string, object]>([
  ['one page of one', { pageNumber: 1, pageSize: 25, pageCount: 1, total: 2, hasMore: false }],
  ['a page that is not full', { pageNumber: 1, pageSize: 25 }],
  ['no next page', { nextUri: '', nextPage: null, cursor: null, links: {}, total: 2 }],
  ['no next page inside', { paging: { next: null, total: 2 }, version: 7, etag: 'x' }],
])('a list that shows %s is whole', async (_what, more) => {
  const { list, calls } = await reading(() => ({ skills: entries(2), ...more }));
  expect(list).toMatchObject({ proven: true });
  expect(calls).toHaveLength(1);
});

test.each<[object, RegExp]>([
  [{ nextUri: '/next' }, /`nextUri`/],
  [{ nextPage: 2 }, /`nextPage`/],
  [{ next: '/next' }, /`next`/],
  [{ hasMore: true }, /`hasMore`/],
  [{ has_next: true }, /`has_next`/],
  [{ cursor: 'abc' }, /`cursor`/],
  [{ nextCursor: 'abc' }, /`nextCursor`/],
  [{ continuationToken: 'abc' }, /`continuationToken`/],
  [{ '@odata.nextLink': '/x' }, /nextLink/],
  [{ truncated: true }, /`truncated`/],
  [{ links: { next: { href: '/x' } } }, /`next`/],
  [{ paging: { cursors: { after: 'x' } } }, /`after`/],
  [{ meta: { pagination: { hasNextPage: true } } }, /`hasNextPage`/],
  [{ pageNumber: 1, pageCount: 1, nextUri: '/x' }, /`nextUri`/],
  [{ total: '2' }, /`total`.*no number/],
  [{ total: -1 }, /`total`.*no number/],
  [{ pageCount: '1' }, /`pageCount`.*no number/],
  [{ pageCount: 1.5 }, /`pageCount`.*no number/],
  [{ pageNumber: '1' }, /`pageNumber`.*no number/],
  [{ pageNumber: 2, pageCount: 2 }, /page 2/],
  [{ pageSize: 2 }, /how many/],
  [{ pageNumber: 1 }, /how many/],
  [{ pageCount: 5000 }, /5000 pages/],
  [{ total: 1e10 }, /pages/],
  [{ total: 1 }, /2 of 1/],
  [{ totalCount: 3 }, /2 of 3/],
  [{ meta: { totalPages: 3 } }, /one of 3 pages/],
  [{ page: { totalElements: 3 } }, /2 of 3/],
])('a list with %j is not proven', async (more, why) => {
  const { list, calls } = await reading(() => ({ skills: entries(2), ...more }));
  expect(list).toMatchObject({ proven: false, why: expect.stringMatching(why) });
  expect(list).not.toHaveProperty('error');
  expect(calls).toHaveLength(1);
});

test.each<[string, (at: number) => Reply, RegExp]>([
  ['the same again', () => ({ skills: entries(2), pageCount: 2 }), /twice/],
  ['nothing', (at) => ({ skills: at === 1 ? entries(2) : [], total: 4 }), /page 2 is empty/],
  ['an empty page', (at) => ({ skills: at === 2 ? [] : [entry(at)], pageCount: 3 }), /page 2/],
  [
    'half a page',
    (at) => ({ skills: at === 2 ? [entry(3)] : [entry(at), entry(at + 9)], pageCount: 3 }),
    /not as long/,
  ],
  ['another total', (at) => ({ skills: [entry(at)], total: at + 1 }), /another/],
  ['another page count', (at) => ({ skills: [entry(at)], pageCount: at + 1 }), /another/],
  ['another page', (at) => ({ skills: [entry(at)], pageCount: 2, pageNumber: 1 }), /another page/],
  ['no list', (at) => (at === 1 ? { skills: entries(1), pageCount: 2 } : {}), /no list/],
  ['still more', (at) => ({ skills: [entry(at)], pageCount: 2, hasMore: true }), /`hasMore`/],
  [
    'half its number',
    (at) => ({ skills: [entry(at)], pageCount: at === 1 ? 2 : 'x' }),
    /no number/,
  ],
])('a list whose further page shows %s is not proven', async (_what, answer, why) => {
  const { list } = await reading(({ query }) => answer(Number(query.get('pageNumber') ?? 1)));
  expect(list).toMatchObject({ proven: false, why: expect.stringMatching(why) });
});

test.each([404, 500, 403])(
  'a further page that answers %i is a failure to read',
  async (status) => {
    const made = stand(({ query, path }) => {
      if (path.includes('u2')) return { skills: [] };
      return query.has('pageNumber') ? status : { skills: entries(1), pageCount: 2 };
    });
    const list = (await made.provider.fetchOwn(['u1', 'u2'])).get('u1');
    expect(list).toMatchObject({ proven: false, error: { status } });
  },
);

test('a list inside a listing that shows a page is read singly, for those in scope', async () => {
  const inside = { entities: entries(1), pageCount: 2 };
  const { provider, calls } = stand((call) =>
    call.path === '/users'
      ? page([
          { id: 'u1', email: 'ana@example.com', skills: inside },
          { id: 'u2', email: 'ben@example.com', skills: inside },
        ])
      : call.path === '/skills'
        ? undefined
        : { skills: entries(2) },
  );
  const { users } = await provider.fetch({ keys: ['ana@example.com'] });
  expect(users.get('u1')?.list).toMatchObject({ proven: true });
  expect(users.get('u2')?.list).toMatchObject({
    proven: false,
    why: expect.stringMatching(/page/),
  });
  expect(calls.map(({ path }) => path).slice(2)).toEqual(['/users/u1/skills']);
});
