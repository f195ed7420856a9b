/** Listings whose pages are made smaller, refused, shifted, hidden or repeated: proven whole, or an error, and never endless. */
import { describe, expect, test } from 'vitest';
import {
  type Call,
  EMPTY,
  failing,
  keyOf,
  orgAnswering,
  pageOf,
  person,
  type Reply,
  range,
  refusal,
  stand,
} from './support.ts';

const people = (n: number) => range(n).map((k) => person({ id: `u${k}`, ...EMPTY }));
const keys = (n: number) => range(n).map((k) => keyOf(`u${k}`));
const isUsers = ({ path }: Call) => path === '/users';
const pageAsked = ({ query }: Call) => Number(query.get('pageNumber'));

/** An org of so many people whose listing answers as told. */
function listing(n: number, answer: (call: Call, honest: Page) => Reply, most?: number) {
  const org = orgAnswering({ people: people(n), ...(most === undefined ? {} : { most }) });
  return stand((call) => {
    const honest = org(call);
    return isUsers(call) ? answer(call, honest as Page) : honest;
  });
}

type Page = ReturnType<typeof pageOf>;

async function outcome(at: ReturnType<typeof stand>, n: number) {
  const live = await at.provider.fetch({ keys: keys(n) });
  return { size: live.users.size, pages: at.calls.filter(isUsers).length };
}

test.each([25, 7, 100, 1])('pages clamped to %i are read to the end', async (most) => {
  const at = listing(130, (_call, honest) => honest, most);
  expect(await outcome(at, 130)).toEqual({ size: 130, pages: Math.ceil(130 / most) });
});

test('pages clamped in silence, with the size and count that was asked for, are read to the end', async () => {
  const at = listing(
    1000,
    (call, honest) => ({
      ...pageOf(honest.entities, { query: new URLSearchParams() }, 0),
      ...honest,
      pageSize: Number(call.query.get('pageSize')),
      pageCount: Math.ceil(1000 / Number(call.query.get('pageSize'))),
    }),
    25,
  );
  expect(await outcome(at, 1000)).toEqual({ size: 1000, pages: 40 });
});

describe('a page that is too large', () => {
  const tooLarge = () => refusal(400, 'response.entity.too.large');
  const heavy = (most: number) => (call: Call, honest: Page) =>
    Number(call.query.get('pageSize')) > most ? tooLarge() : honest;

  test.each([200, 50, 33, 1])('is halved until it is not: %i', async (most) => {
    const at = listing(90, heavy(most));
    expect((await outcome(at, 90)).size).toBe(90);
  });

  test('in the middle of the listing is halved alone, and nobody is lost or doubled', async () => {
    const heavyUser = 'u777';
    const at = listing(1600, (call, honest) => {
      const weighs = honest.entities.some((one) => (one as { id: string }).id === heavyUser);
      return weighs && Number(call.query.get('pageSize')) > 25 ? tooLarge() : honest;
    });
    expect(await outcome(at, 1600)).toEqual({ size: 1600, pages: 4 + 2 + 2 + 2 + 2 });
  });

  test('of an odd size is halved as well', async () => {
    const weighs = (call: Call) => Number(call.query.get('pageSize')) > 4;
    const at = listing(
      37,
      (call, honest) => (weighs(call) && pageAsked(call) === 2 ? tooLarge() : honest),
      9,
    );
    expect((await outcome(at, 37)).size).toBe(37);
  });

  test('even with one entry ends, as an error', async () => {
    const at = listing(9, () => tooLarge());
    expect(await failing(at.provider.fetch({ keys: [] }))).toMatchObject({ status: 400 });
    expect(at.calls.filter(isUsers)).toHaveLength(9);
  });

  test('at its smallest in the middle ends too', async () => {
    const at = listing(1000, (call, honest) => (pageAsked(call) > 1 ? tooLarge() : honest));
    expect(await failing(at.provider.fetch({ keys: [] }))).toMatchObject({ status: 400 });
  });
});

const CLAMPED = 3;
const shown = (page: Page) => page.entities as { readonly id: string }[];

/** Nine people on three pages. */
const nine = (broken: (call: Call, honest: Page) => Reply) => listing(9, broken, CLAMPED);

test('the listing that is broken below is whole', async () => {
  expect(
    await outcome(
      nine((_call, honest) => honest),
      9,
    ),
  ).toEqual({ size: 9, pages: 3 });
});

test.each<[string, (call: Call, honest: Page) => Reply]>([
  [
    'that hides a row',
    (call, honest) =>
      pageAsked(call) === 2 ? { ...honest, entities: shown(honest).slice(1) } : honest,
  ],
  [
    'that hides the last page',
    (call, honest) => (pageAsked(call) === 3 ? { ...honest, entities: [] } : honest),
  ],
  ['that hides all rows', (_call, honest) => ({ ...honest, entities: [] })],
  [
    'that shows somebody twice',
    (call, honest) =>
      pageAsked(call) === 2
        ? { ...honest, entities: [person({ id: 'u1' }), ...shown(honest).slice(1)] }
        : honest,
  ],
  [
    'that shows somebody twice, besides everybody',
    (call, honest) =>
      pageAsked(call) === 3
        ? { ...honest, entities: [...shown(honest), person({ id: 'u1', skills: [] })] }
        : honest,
  ],
  [
    'that gives the first page for every page',
    (_call, honest) => ({
      ...honest,
      ...{ pageNumber: undefined },
      entities: range(3).map((n) => person({ id: `u${n}` })),
    }),
  ],
  [
    'that tells other totals on other pages',
    (call, honest) => ({ ...honest, total: pageAsked(call) === 3 ? 8 : 9 }),
  ],
  [
    'that tells no total later',
    (call, honest) => ({ ...honest, total: pageAsked(call) === 3 ? undefined : 9 }),
  ],
  ['that tells no total', (_call, honest) => ({ ...honest, total: undefined })],
  ['that tells a total that is none', (_call, honest) => ({ ...honest, total: '9' })],
  [
    'that tells more pages than its total fills',
    (_call, honest) => ({ ...honest, pageCount: 1e9 }),
  ],
  [
    'that tells a total beyond all its pages',
    (_call, honest) => ({ ...honest, total: 1e12, pageCount: 3 }),
  ],
  [
    'that tells of a million and more, and ever new people',
    (call, honest) => ({
      ...honest,
      total: 1_000_001,
      entities: range(3).map((n) => person({ id: `x${pageAsked(call)}-${n}` })),
    }),
  ],
  ['that tells none and shows some', (_call, honest) => ({ ...honest, total: 0, pageCount: 1 })],
])('a listing %s is not complete, and ends', async (_what, broken) => {
  const at = nine(broken);
  const error = await failing(at.provider.fetch({ keys: keys(9) }));
  expect(error).toMatchObject({
    code: 'listing-incomplete',
    message: expect.stringContaining('/api/v2/users'),
  });
  expect(at.calls.length).toBeLessThan(50);
});

test.each<[string, (call: Call, honest: Page) => Reply]>([
  ['no list', () => ({ total: 9 })],
  ['a bare list', (_call, honest) => shown(honest)],
  ['an entry without an id', (_call, honest) => ({ ...honest, entities: [{ name: 'x' }] })],
  ['an entry that is none', (_call, honest) => ({ ...honest, entities: [null] })],
  ['another page than was asked for', (_call, honest) => ({ ...honest, pageNumber: 1 })],
])('a page with %s is malformed', async (_what, broken) => {
  const error = await failing(nine(broken).provider.fetch({ keys: [] }));
  expect(error.code).toBe('answer-malformed');
});

test('somebody who is added meanwhile makes it be read again, and then it is whole', async () => {
  let reads = 0;
  const at = stand((call) => {
    if (isUsers(call)) reads += 1;
    const hired = reads > 2 ? [person({ id: 'u0', ...EMPTY })] : [];
    return orgAnswering({ people: [...hired, ...people(9)], most: CLAMPED })(call);
  });
  expect(await outcome(at, 9)).toMatchObject({ size: 10 });
});

test('a catalogue that hides a row is not complete', async () => {
  const at = stand((call) => {
    const skills = [
      { id: 's1', name: 'Billing' },
      { id: 's2', name: 'Chat' },
    ];
    const org = orgAnswering({ people: [], catalogue: { skills } });
    const honest = org(call);
    return call.path === '/routing/skills'
      ? { ...(honest as Page), entities: skills.slice(1) }
      : honest;
  });
  expect((await failing(at.provider.fetch({ keys: [] }))).code).toBe('listing-incomplete');
});

test('a catalogue with a nameless entry is malformed', async () => {
  const at = stand(orgAnswering({ people: [], catalogue: { languages: [{ id: 'l1' }] } }));
  expect((await failing(at.provider.fetch({ keys: [] }))).code).toBe('answer-malformed');
});

test.each([
  ['/routing/skills', 'routing:readonly'],
  ['/users', 'users:readonly'],
])('a 403 on %s names %s', async (path, scope) => {
  const org = orgAnswering({ people: [] });
  const at = stand((call) => (call.path === path ? refusal(403, 'not.authorized') : org(call)));
  expect((await failing(at.provider.fetch({ keys: [] }))).hint).toContain(scope);
});
