/** A law: however an answer is corrupted, reading it is an error, or every list it calls proven is the true one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, type Kind, keyed } from '../../../src/model/assignment.ts';
import { PlatformError } from '../../../src/model/error.ts';
import type { OwnList } from '../../../src/model/live.ts';
import {
  type Call,
  entry,
  keyOf,
  orgAnswering,
  type pageOf,
  person,
  type Reply,
  refusal,
  stand,
} from './support.ts';

interface Lists {
  readonly skills: readonly number[];
  readonly languages: readonly number[];
}

type Page = ReturnType<typeof pageOf> & Record<string, unknown>;

const held = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 });
const org = fc.record({
  people: fc.array(fc.record({ skills: held, languages: held }), { minLength: 1, maxLength: 9 }),
  most: fc.integer({ min: 1, max: 5 }),
  /** What the listing forgets of whom. */
  forgets: fc.array(fc.constantFrom('skills', 'languages', 'neither'), { maxLength: 9 }),
});
type Org = typeof org extends fc.Arbitrary<infer T> ? T : never;

/** What is done to a page: each time so that it can be told. */
const CORRUPTIONS: Readonly<Record<string, (page: Page, n: number) => Reply>> = {
  'a row is hidden': (page, n) => ({ ...page, entities: page.entities.filter((_, k) => k !== n) }),
  'all rows are hidden': (page) => ({ ...page, entities: [] }),
  'a row is there twice': (page, n) => ({
    ...page,
    entities: [...page.entities, page.entities[n]],
  }),
  'a row is another one': (page, n) => ({
    ...page,
    entities: page.entities.map((row, k) => (k === n ? page.entities[0] : row)),
  }),
  'the total is another': (page, n) => ({ ...page, total: page.total + 1 + n }),
  'the total is none': (page) => ({ ...page, total: null }),
  'it is another page': (page, n) => ({ ...page, pageNumber: page.pageNumber + 1 + n }),
  'it has no rows': ({ entities: _entities, ...page }) => page,
  'a row has no id': (page, n) => ({
    ...page,
    entities: page.entities.map((row, k) => (k === n ? { ...(row as object), id: null } : row)),
  }),
  'it is none': (_page, n) => [null, [], '', '{}', '{"entities":[', '<html>'][n % 6],
  'it is refused': (_page, n) => [404, 500, 403, 400][n % 4],
  'it is too large': () => refusal(400, 'response.entity.too.large'),
  'skills are no list': (page, n) => ({
    ...page,
    entities: page.entities.map((row, k) =>
      k === n && 'email' in (row as object)
        ? { ...(row as object), skills: [{}, null, [5]][n % 3] }
        : row,
    ),
  }),
};

const corruption = fc.record({
  kind: fc.constantFrom(...Object.keys(CORRUPTIONS)),
  /** Which of the answers, counted by path, and which row. */
  nth: fc.nat(6),
  row: fc.nat(5),
  path: fc.constantFrom('/users', '/routingskills', '/routinglanguages'),
  always: fc.boolean(),
});

type Fault = typeof corruption extends fc.Arbitrary<infer T> ? T : never;

const idsOf = ({ people }: Org) => people.map((_, n) => `u${n}`);
const entriesOf = (values: readonly number[], kind: string) =>
  values.map((value, n) => entry(`${kind}${n}`, value));

function answering(one: Org, faults: readonly Fault[]) {
  const lists = (kind: 'skills' | 'languages') =>
    Object.fromEntries(one.people.map((his, n) => [`u${n}`, entriesOf(his[kind], kind)]));
  const people = one.people.map((his, n) =>
    person({
      id: `u${n}`,
      ...(one.forgets[n] === 'skills' ? {} : { skills: entriesOf(his.skills, 'skills') }),
      ...(one.forgets[n] === 'languages'
        ? {}
        : { languages: entriesOf(his.languages, 'languages') }),
    }),
  );
  const honest = orgAnswering({
    people,
    most: one.most,
    skills: lists('skills'),
    languages: lists('languages'),
  });
  const seen = new Map<string, number>();
  return (call: Call): Reply => {
    const answer = honest(call);
    const count = (seen.get(call.path) ?? 0) + 1;
    seen.set(call.path, count);
    const fault = faults.find(
      ({ path, nth, always }) => call.path.endsWith(path) && (always || count === nth + 1),
    );
    if (!fault || answer === undefined) return answer;
    return CORRUPTIONS[fault.kind]?.(answer as Page, fault.row);
  };
}

const listOf = (values: readonly number[], kind: string) =>
  keyed(values.map((value, n) => [`${kind}${n}`, value] as const));

function isTrue(own: OwnList, { skills, languages }: Lists): boolean {
  if (!own.proven) return true;
  const truth: Record<Kind, object> = {
    skill: listOf(skills, 'skills'),
    language: listOf(languages, 'languages'),
  };
  return canonical(own.assignments) === canonical(truth);
}

type Way = 'whole' | 'by id' | 'own';

/** The lists that a reading shows, by user id; undefined when it is an error. */
async function read(one: Org, faults: readonly Fault[], way: Way) {
  const { provider } = stand(answering(one, faults));
  const ids = idsOf(one);
  const keys = ids.map(keyOf);
  const only = { ids: new Map(ids.map((id) => [keyOf(id), id])) };
  try {
    if (way === 'own') return await provider.fetchOwn(ids);
    const { users } = await provider.fetch(way === 'whole' ? { keys } : { keys, only });
    return new Map([...users].map(([id, { list }]) => [id, list]));
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
}

test('a corrupted answer is an error, or what it proves is true', async () => {
  const met = { errors: 0, proven: 0, unknown: 0 };
  const ways = fc.constantFrom<Way>('whole', 'by id', 'own');
  const faults = fc.array(corruption, { maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(org, faults, ways, async (one, some, way) => {
      const lists = await read(one, some, way);
      if (lists === undefined) met.errors += 1;
      for (const [id, own] of lists ?? []) {
        met[own.proven ? 'proven' : 'unknown'] += 1;
        expect(isTrue(own, one.people[Number(id.slice(1))] as Lists)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  // The law would hold of a reader that proves nothing, or reads nothing.
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(10);
});
