/** A user's own lists, to gate and to verify by: proven whole, or unknown, and never taken for empty. */
import { describe, expect, test } from 'vitest';
import { canonical, dormant, type Value } from '../../../src/model/assignment.ts';
import { list } from '../../support/builders.ts';
import {
  type Call,
  entry,
  failing,
  orgAnswering,
  type pageOf,
  person,
  type Reply,
  range,
  refusal,
  stand,
} from './support.ts';

const people = [person({ id: 'u1' }), person({ id: 'u2' })];
const isSkills = ({ path }: Call) => path === '/users/u1/routingskills';

async function ownOf(answer: (call: Call) => Reply, id = 'u1') {
  const at = stand(answer);
  return { ...at, own: (await at.provider.fetchOwn([id])).get(id) };
}

test('both lists are read, each by the call made for it', async () => {
  const { own, calls } = await ownOf(
    orgAnswering({ people, skills: { u1: [entry('s1', 4.5)] }, languages: { u1: [entry('l1')] } }),
  );
  const assignments = list({ s1: 4.5 }, { l1: 3 });
  expect(canonical(own)).toBe(canonical({ proven: true, assignments }));
  expect(calls.map(({ path }) => path).sort()).toEqual([
    '/users/u1/routinglanguages',
    '/users/u1/routingskills',
  ]);
});

test('what is not asked for is not read, and said to be so', async () => {
  const at = stand(orgAnswering({ people, languages: { u1: [entry('l1')] } }));
  const own = (await at.provider.fetchOwn(['u1'], ['language'])).get('u1');
  expect(own).toEqual({ proven: true, assignments: list({}, { l1: 3 }), unread: ['skill'] });
  expect(at.calls.map(({ path }) => path)).toEqual(['/users/u1/routinglanguages']);
});

test('nothing is nothing', async () => {
  const { own } = await ownOf(orgAnswering({ people }));
  expect(own).toEqual({ proven: true, assignments: list() });
});

test('a list whose pages are made smaller is read to its end, and twice, for it may move meanwhile', async () => {
  const skills = { u1: range(60).map((n) => entry(`s${n}`, n % 5)) };
  const { own, calls } = await ownOf(orgAnswering({ people, skills, most: 25 }));
  expect(own?.proven && Object.keys(own.assignments.skill)).toHaveLength(60);
  expect(calls.filter(isSkills)).toHaveLength(6);
});

test('a list of pages that is another one the second time is unknown', async () => {
  let reads = 0;
  const { own } = await ownOf((call) => {
    if (isSkills(call)) reads += 1;
    const skills = { u1: range(30).map((n) => entry(`s${reads > 2 ? n + 1 : n}`)) };
    return orgAnswering({ people, skills, most: 25 })(call);
  });
  expect(own).toMatchObject({ proven: false, why: expect.stringContaining('changed') });
});

const honest = orgAnswering({
  people,
  skills: { u1: range(30).map((n) => entry(`s${n}`)) },
  most: 25,
});
type Page = ReturnType<typeof pageOf>;

test.each<[string, (page: Page, call: Call) => Reply]>([
  ['hides a row', (page) => ({ ...page, entities: page.entities.slice(1) })],
  [
    'is its first page again and again',
    (page) => ({ ...page, pageNumber: undefined, entities: range(25).map((n) => entry(`s${n}`)) }),
  ],
  ['tells no total', ({ entities }) => ({ entities })],
  ['is empty and tells of some', () => ({ entities: [], total: 3 })],
  ['has no entities', () => ({ total: 0 })],
  ['is a bare list', () => []],
  ['is an empty object', () => ({})],
  ['is null', () => null],
  [
    'repeats an entry',
    (page) => ({ ...page, total: 2, entities: [entry('s1', 1), entry('s1', 2)] }),
  ],
  ['holds what is no entry', () => ({ entities: [5], total: 1 })],
  ['holds an entry without an id', () => ({ entities: [{ proficiency: 5 }], total: 1 })],
  [
    'holds a number that cannot be carried',
    () => new Response('{"entities":[{"id":"s1","proficiency":1e999}],"total":1}'),
  ],
])('a list that %s is unknown, and the reason is told', async (_what, broken) => {
  const { own } = await ownOf((call) => {
    const page = honest(call);
    return isSkills(call) ? broken(page as Page, call) : page;
  });
  expect(own).toEqual({ proven: false, why: expect.stringMatching(/\w.*\.$/) });
});

test.each<[Reply, string]>([
  [500, 'server-error'],
  [refusal(403, 'missing.permissions'), 'forbidden'],
])('a list that %s answers for is unknown, with the error', async (reply, code) => {
  const { provider } = stand((call) => (isSkills(call) ? reply : honest(call)));
  const lists = await provider.fetchOwn(['u1', 'u2']);
  expect(lists.get('u1')).toMatchObject({ proven: false, error: { code } });
  expect(lists.get('u2')?.proven).toBe(true);
});

test('whom the platform does not know has no list', async () => {
  const { own } = await ownOf(honest, 'u9');
  expect(own).toMatchObject({ proven: false, why: expect.stringContaining('404') });
});

test('an id that has no address is asked for by nobody', async () => {
  const { own, calls } = await ownOf(honest, '..');
  expect(own).toMatchObject({ proven: false, error: { code: 'bad-request' } });
  expect(calls).toEqual([]);
});

test('what is wrong for everybody ends it', async () => {
  const { provider } = stand(() => 401);
  expect((await failing(provider.fetchOwn(['u1', 'u2']))).code).toBe('unauthorized');
  const barred = stand(() => refusal(403, 'missing.permissions'));
  expect((await failing(barred.provider.fetchOwn(['u1', 'u2']))).status).toBe(403);
});

describe('the value of an entry', () => {
  const inactive = dormant(3);
  test.each<[string, object, Value]>([
    ['a whole number', entry('s1', 3), 3],
    ['a fraction', entry('s1', 0.1 + 0.2), 0.30000000000000004],
    ['beyond the scale', entry('s1', -7.25), -7.25],
    ['zero', entry('s1', 0), 0],
    ['without a state', { id: 's1', proficiency: 2 }, 2],
    ['inactive', entry('s1', 3, { state: 'inactive' }), inactive],
    [
      'of a state nobody knows',
      entry('s1', 3, { state: 'odd', x: [1] }),
      { proficiency: 3, state: 'odd', x: [1] },
    ],
    ['without a proficiency', { id: 's1', name: 'x', state: 'active' }, { state: 'active' }],
    ['null', entry('s1', null), { proficiency: null, state: 'active' }],
    ['a text', entry('s1', '3'), { proficiency: '3', state: 'active' }],
    ['deleted', entry('s1', 3, { state: 'Deleted' }), inactive],
    ['deleted, without a number', { id: 's1', state: 'deleted' }, { state: 'deleted' }],
  ])('that is %s', async (_what, one, value) => {
    const { own } = await ownOf(orgAnswering({ people, skills: { u1: [one] } }));
    expect(canonical(own)).toBe(canonical({ proven: true, assignments: list({ s1: value }) }));
  });

  test('under an id that looks like something else is kept as it is', async () => {
    const skills = { u1: [entry('__proto__', 1), entry('why', 2), entry('constructor', 3)] };
    const { own } = await ownOf(orgAnswering({ people, skills }));
    expect(own?.proven && Object.entries(own.assignments.skill)).toEqual([
      ['__proto__', 1],
      ['why', 2],
      ['constructor', 3],
    ]);
  });
});
