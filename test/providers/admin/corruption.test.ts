/** A law: however an answer is corrupted, reading it is an error, or every list it calls proven is the true one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../../src/model/assignment.ts';
import { PlatformError } from '../../../src/model/error.ts';
import type { OwnList } from '../../../src/model/live.ts';
import type { Scope } from '../../../src/model/provider.ts';
import { type Call, type Reply, stand } from './support.ts';

type Fields = Record<string, unknown>;
interface Page extends Fields {
  entities: Fields[];
}

interface Org {
  /** The n-th person's list, by skill. */
  readonly lists: readonly Readonly<Record<string, number>>[];
  readonly pageSize: number;
  /** How lists are told inside the listing. */
  readonly enveloped: boolean;
}

const skillId = fc.constantFrom('s1', 's2', 's3', 's4');
const org: fc.Arbitrary<Org> = fc.record({
  lists: fc.array(fc.dictionary(skillId, fc.integer({ min: 0, max: 100 })), {
    minLength: 1,
    maxLength: 9,
  }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  enveloped: fc.boolean(),
});

const entriesOf = (list: Readonly<Record<string, number>>) =>
  Object.entries(list).map(([id, proficiency]) => ({ skillId: id, proficiency }));
const enveloped = (rows: readonly unknown[]) => ({ skills: rows, total: rows.length });

function pagesOf({ lists, pageSize, enveloped: wrapped }: Org): Page[] {
  const people = lists.map((list, n) => ({
    id: `u${n}`,
    email: `u${n}@example.com`,
    skills: wrapped ? enveloped(entriesOf(list)) : entriesOf(list),
  }));
  const pageCount = Math.ceil(people.length / pageSize);
  return Array.from({ length: pageCount }, (_, n) => ({
    entities: structuredClone(people.slice(n * pageSize, (n + 1) * pageSize)),
    pageNumber: n + 1,
    pageSize,
    pageCount,
    total: people.length,
  }));
}

/** Any two places in the answers, a number and a word: what each corruption makes of them is its own. */
const aim = fc.record({
  page: fc.nat(8),
  other: fc.nat(8),
  row: fc.nat(8),
  number: fc.integer({ min: 0, max: 12 }),
  junk: fc.constantFrom<unknown>(null, '', 'none', 0, false, {}, { skills: null }, [null], [{}]),
  field: fc.constantFrom('entities', 'total', 'pageCount', 'pageNumber', 'pageSize'),
  status: fc.constantFrom<Reply>(404, 500, 403, '', '{}', 'null', '[]', '{"a'),
});
type Aim = typeof aim extends fc.Arbitrary<infer T> ? T : never;

const nth = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Whether nothing has spoilt it yet. */
function isList(raw: unknown): boolean {
  if (Array.isArray(raw)) return raw.every((row) => typeof row?.skillId === 'string');
  return typeof raw === 'object' && raw !== null && 'skills' in raw && isList(raw.skills);
}

/** A list that says less, or other, than it should: each time so that it can be told. */
function spoil(raw: unknown, { number, junk }: Aim): unknown {
  const rows = (Array.isArray(raw) ? raw : (raw as Fields).skills) as Fields[];
  const one = nth(rows, number);
  if (one === undefined) return junk;
  const spoilt: readonly unknown[] = [
    junk,
    [...rows, { ...one, proficiency: 1 + Number(one.proficiency) }],
    [...rows, { proficiency: 3 }],
    { skills: rows.slice(1), total: rows.length },
    { skills: rows.slice(1), hasMore: true },
    { skills: rows.slice(1), pageCount: 2, pageSize: rows.length },
    { skills: rows.slice(1), more: rows.slice(0, 1) },
    { skills: [], entities: rows },
    { data: rows },
  ];
  return nth(spoilt, number);
}

type Corruption = (pages: Page[], at: Aim) => void;
const corruptions: Readonly<Record<string, Corruption>> = {
  drop: (pages, { page }) => void pages.splice(page % pages.length, 1),
  repeat: (pages, { page, other }) => {
    const from = nth(pages, other);
    if (from) pages[page % pages.length] = structuredClone(from);
  },
  swap: (pages, { page, other }) => {
    const [a, b] = [nth(pages, page), nth(pages, other)];
    if (a && b) [a.entities, b.entities] = [b.entities, a.entities];
  },
  empty: (pages, { page }) => {
    const one = nth(pages, page);
    if (one) one.entities = [];
  },
  lose: (pages, { page, row }) => {
    const rows = nth(pages, page)?.entities ?? [];
    rows.splice(row % Math.max(1, rows.length), 1);
  },
  retell: (pages, { page, field, number }) => {
    const one = nth(pages, page);
    if (one) (one as Fields)[field] = number;
  },
  retellAll: (pages, { field, number }) => {
    for (const one of pages) (one as Fields)[field] = number;
  },
  retitle: (pages, { page, field }) => {
    const one: Fields | undefined = nth(pages, page);
    if (!one) return;
    one[`${field}s`] = one[field];
    delete one[field];
  },
  nameless: (pages, { page, row }) => {
    const one = nth(nth(pages, page)?.entities ?? [], row);
    if (one) delete one.id;
  },
  spoil: (pages, at) => {
    const one = nth(nth(pages, at.page)?.entities ?? [], at.row);
    if (one && isList(one.skills)) one.skills = spoil(one.skills, at);
  },
  forget: (pages, { page, row }) => {
    const one = nth(nth(pages, page)?.entities ?? [], row);
    if (one) delete one.skills;
  },
};

/**
 * Somebody is told a second time, with another list. Of pages that are whole besides: once the true one were dropped as
 * well, nothing in the answers could tell.
 */
const forgeries: Readonly<Record<string, Corruption>> = {
  double: (pages, { page, other, row }) => {
    const one = nth(nth(pages, other)?.entities ?? [], row);
    if (one) nth(pages, page)?.entities.push({ ...one, skills: [] });
  },
  replace: (pages, { page, other, row }) => {
    const one = nth(nth(pages, other)?.entities ?? [], row);
    const rows = nth(pages, page)?.entities;
    if (one && rows && rows.length > 0 && rows[0] !== one) rows[0] = { ...one, skills: [] };
  },
};

const oneOf = (kinds: object) => fc.record({ kind: fc.constantFrom(...Object.keys(kinds)), aim });

interface Case {
  readonly of: Org;
  readonly corrupted: readonly { readonly kind: string; readonly aim: Aim }[];
  /** What some pages answer instead, and which people's own lists are spoilt. */
  readonly broken: readonly Aim[];
  readonly own: readonly Aim[];
}
const cases: fc.Arbitrary<Case> = fc.record({
  of: org,
  corrupted: fc.oneof(
    { weight: 4, arbitrary: fc.array(oneOf(corruptions), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.tuple(oneOf(forgeries)) },
  ),
  broken: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(aim, { maxLength: 2 })),
  own: fc.array(aim, { maxLength: 3 }),
});

function answering({ of, corrupted, broken, own }: Case): (call: Call) => Reply {
  const pages = pagesOf(of);
  for (const { kind, aim: at } of corrupted) {
    const { entities } = pages[0] ?? {};
    if (Array.isArray(entities) && pages.every((one) => Array.isArray(one.entities)))
      (corruptions[kind] ?? forgeries[kind])?.(pages, at);
  }
  const listed = (number: number): Reply => {
    const fault = broken.find(({ page }) => page % Math.max(1, pages.length) === number - 1);
    return fault ? fault.status : (pages[number - 1] ?? { ...pages[0], entities: [] });
  };
  const alone = (n: number): Reply => {
    const entries = entriesOf(of.lists[n] ?? {});
    const fault = own.find(({ row }) => row % of.lists.length === n);
    if (!fault) return { skills: entries };
    if (fault.number > 9) return fault.status;
    const skills = spoil(entries, fault);
    return Array.isArray(skills) || !(skills instanceof Object) ? { skills } : skills;
  };
  return ({ path, query }) => {
    if (path === '/skills') return { entities: [], total: 0 };
    if (path === '/users') return listed(Number(query.get('pageNumber')));
    const n = Number(/u(\d+)/.exec(path)?.[1]);
    return n < of.lists.length ? alone(n) : 404;
  };
}

const truth = ({ lists }: Org, id: string) => canonical({ ...lists[Number(id.slice(1))] });

/** Whether every list that is called proven is the true one. */
function faithful(of: Org, lists: Iterable<readonly [string, OwnList]>): boolean {
  return [...lists].every(
    ([id, list]) => !list.proven || canonical(list.assignments.skill) === truth(of, id),
  );
}

/** The lists a reading shows; undefined when it is an error. Whatever is no PlatformError is a fault of the reader. */
async function listsOf(answer: (call: Call) => Reply, scope: Scope) {
  try {
    const { users } = await stand(answer).provider.fetch(scope);
    return [...users].map(([id, { list }]) => [id, list] as const);
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
}

test('a corrupted answer is an error, or what it proves is true', async () => {
  const met = { errors: 0, proven: 0, unknown: 0 };
  await fc.assert(
    fc.asyncProperty(cases, fc.constantFrom('whole', 'known', 'sought'), async (one, way) => {
      const ids = one.of.lists.map((_, n) => `u${n}`);
      const keys = ids.map((id) => `${id}@example.com`);
      const remembered = new Map(
        ids.map((id) => [`${id}@example.com`, way === 'known' ? id : 'u99']),
      );
      const narrowed = { keys: keys.slice(0, 3), only: { ids: remembered } };
      const lists = await listsOf(answering(one), way === 'whole' ? { keys } : narrowed);
      if (!lists) met.errors += 1;
      for (const [, { proven }] of lists ?? []) met[proven ? 'proven' : 'unknown'] += 1;
      expect(faithful(one.of, lists ?? [])).toBe(true);
      const gate = stand(answering(one)).provider.fetchOwn(ids);
      expect(faithful(one.of, await gate.catch(onlyPlatformErrors))).toBe(true);
    }),
    { numRuns: 1000 },
  );
  // The law would hold of a reader that proves nothing, or reads nothing.
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(50);
});

function onlyPlatformErrors(error: unknown): [] {
  if (error instanceof PlatformError) return [];
  throw error;
}
