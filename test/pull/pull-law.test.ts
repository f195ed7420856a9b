/** The law of a pull: of whatever the files can say, a plan right after it is empty, and nothing is left out unsaid. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Assignments,
  dormant,
  isHeld,
  KINDS,
  keyed,
  type Value,
} from '../../src/model/assignment.ts';
import type { CatalogueItem, Person } from '../../src/model/live.ts';
import { type Platform, SCALES } from '../../src/model/platform.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import type { MemoryUser } from '../../src/providers/memory/world.ts';
import { AN_HOUR, RUNS } from '../support/laws.ts';
import { type After, afterPull, planAfter, type Texts } from './world.ts';

const NAMES = [
  'Billing',
  'billing',
  'Billing ',
  'Bіlling',
  'Überweisung',
  'U\u0308berweisung',
  'yes',
  'no',
  'null',
  '~',
  'true',
  '1',
  '2.50',
  '1e3',
  '2026-01-01',
  '# hash',
  'a # b',
  'a: b',
  'a:b',
  '- dash',
  '? what',
  '{x}',
  '[y]',
  '&a',
  '*b',
  '!t',
  '%p',
  '@at',
  '`tick`',
  "it's",
  'say "hi"',
  'back\\slash',
  'C:\\',
  '🙂',
  '👩‍👩‍👧',
  '日本語',
  'عربى',
  'tab\there',
  'line\nbreak',
  ' lead',
  'trail ',
  '',
  '  ',
  '__proto__',
  'constructor',
  '<<',
  'ctl\u0007',
  'bidi\u202ex',
  'nbsp\u00a0x',
  'x'.repeat(300),
  'absent',
  '\u200bzero',
  'a,b',
  'a}',
  'b]',
  '>',
  '|',
  '=',
  'NaN',
  '.inf',
  '0x1f',
  '0o7',
  '12:30',
];
const KEYS = [
  'ana@example.com',
  'ANA@example.com',
  'ben@example.com',
  "o'brien@example.com",
  'bеn@example.com',
  'id:7',
  'ID: 8',
  '',
  ' pad@example.com',
  'cem',
  'Cem',
  'yes',
  'null',
  '42',
  '__proto__',
  'a b',
  '# c',
  'x: y',
  '日本@example.com',
  'bi\u202edi',
  'dee@example.com',
  'eva@example.com',
  'fay@example.com',
];
const TEAMS = [
  undefined,
  'EMEA Billing',
  'emea-billing',
  'Größe',
  '日本',
  'con',
  '../x',
  'people',
  'skills',
  'a/b',
  '',
];

const LEVELS: Readonly<Record<Platform, string>> = {
  admin: '{ novice: 20, skilled: 60, master: 60, expert: 90 }',
  genesys: '{ novice: 1, skilled: 3, expert: 5 }',
  cxone: '{ novice: 15, skilled: 8, expert: 1 }',
};

const platform = fc.constantFrom<Platform>('admin', 'genesys', 'cxone');

const world = platform.chain((at) => {
  const kinds = KINDS.filter((kind) => SCALES[at][kind]);
  const catalogue = fc.array(
    fc.record({ kind: fc.constantFrom(...kinds), name: fc.constantFrom(...NAMES) }),
    { minLength: 1, maxLength: 9 },
  );
  const value: fc.Arbitrary<Value> = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(1, 2, 3, 5, 8, 15, 20) },
    { weight: 4, arbitrary: fc.constantFrom(0, 2.5, 4.25, 60, 90, 100) },
    fc.constantFrom<Value>(-1, 101, { proficiency: 'odd' }, { proficiency: null }, dormant(3)),
  );
  const person = fc.record({
    email: fc.option(fc.constantFrom(...KEYS), { nil: undefined }),
    userName: fc.option(fc.constantFrom(...KEYS), { nil: undefined }),
    name: fc.option(fc.constantFrom('Ana Ruiz', 'null', 'O\'Brien: "x"', '日本', ''), {
      nil: undefined,
    }),
    team: fc.constantFrom(...TEAMS),
    inactive: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    unreadable: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    has: fc.dictionary(fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', 'gone'), value),
  });
  return fc.record({
    platform: fc.constant(at),
    catalogue,
    people: fc.array(person, { minLength: 1, maxLength: 7 }),
    listed: fc.boolean(),
    ownership: fc.constantFrom('listed', 'listed', 'complete'),
    levels: fc.boolean(),
  });
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function items(made: World): CatalogueItem[] {
  return made.catalogue.map(({ kind, name }, n) => ({ kind, id: `${n}`, name }));
}

function peopleOf(made: World): MemoryUser[] {
  const all = items(made);
  const [first] = all;
  const list = { skill: keyed<Value>(), language: keyed<Value>() };
  if (first) list[first.kind][first.id] = 5;
  const person = { id: 'u', email: 'gil@example.com', active: true };
  const anybody: MemoryUser = { person, assignments: list };
  const others = made.people.map((one, n): MemoryUser => {
    const person: Person = {
      id: `u${n}`,
      ...(one.email !== undefined && { email: one.email.toLowerCase() }),
      ...(one.userName !== undefined && { userName: one.userName }),
      ...(one.name !== undefined && { name: one.name }),
      ...(one.team !== undefined && { team: one.team }),
      active: !one.inactive,
    };
    const of = (kind: string) =>
      keyed(Object.entries(one.has).filter(([id]) => (all[Number(id)]?.kind ?? 'skill') === kind));
    const assignments: Assignments = { skill: of('skill'), language: of('language') };
    return { person, assignments, ...(one.unreadable && { unreadable: 'It is hidden.' }) };
  });
  return [anybody, ...others];
}

function platformOf(made: World) {
  const users = peopleOf(made);
  const catalogue = made.listed ? { catalogue: items(made) } : {};
  return createMemory({ users, platform: made.platform, ...catalogue });
}

function config(made: World): Texts {
  const settings = {
    admin: 'baseUrl: http://127.0.0.1:1',
    genesys: 'region: mypurecloud.ie',
    cxone: 'area: na1',
  };
  const levels = made.levels ? `    levels: ${LEVELS[made.platform]}\n` : '';
  return {
    'muster.yaml': `version: 1\norgs:\n  eu:\n    platform: ${made.platform}\n    ${settings[made.platform]}\n    ownership: ${made.ownership}\n${levels}`,
  };
}

/** Everything live is in the files, or told. */
async function expectLaw({ texts, pulled }: After, made: World): Promise<void> {
  const provider = platformOf(made);
  const plan = await planAfter(texts, provider);
  const told = new Set(pulled.left.map(({ key }) => key));
  const changed = Object.values(plan.users).filter(({ key }) => !told.has(key));
  expect(changed).toEqual([]);
  if (made.ownership === 'listed') expect(plan.users).toEqual({});
  for (const { key } of plan.held) expect(told.has(key), key).toBe(true);
  const again = await afterPull(texts, provider);
  expect(again.pulled.files).toEqual([]);
}

/** What must be told of a live value: of an ordinary one nothing. */
function reasonFor(made: World, id: string, value: Value): 'unnamed' | 'odd' | undefined {
  if (!isHeld(value)) return undefined;
  if (made.listed && !items(made).some((item) => item.id === id)) return 'unnamed';
  return typeof value === 'object' ? 'odd' : undefined;
}

test('law: right after a first pull a plan is empty, and a second pull has nothing to write', {
  timeout: AN_HOUR,
}, async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.boolean(), async (made, profiles) => {
      const after = await afterPull(config(made), platformOf(made), { profiles });
      await expectLaw(after, made);
      const told = new Set(after.pulled.left.map(({ reason }) => reason));
      for (const { person, unreadable, assignments } of peopleOf(made)) {
        if (!person.active || unreadable) continue;
        const values = KINDS.flatMap((kind) => Object.entries(assignments?.[kind] ?? {}));
        const reasons = values.flatMap(([id, value]) => reasonFor(made, id, value) ?? []);
        expect([...told]).toEqual(expect.arrayContaining(reasons));
      }
    }),
    { numRuns: RUNS / 10 },
  );
});

/** The same platform later: other values, and people who are new. */
const later = fc.tuple(world, world).map(([before, other]): { before: World; after: World } => {
  const people = before.people.map((one, n) => ({ ...one, has: other.people[n]?.has ?? one.has }));
  const fresh = other.people
    .slice(people.length)
    .map((one, n) => ({ ...one, email: `new${n}@example.com`, userName: undefined }));
  return { before, after: { ...before, people: [...people, ...fresh] } };
});

test('law: a pull into files that are there makes them match as well', {
  timeout: AN_HOUR,
}, async () => {
  await fc.assert(
    fc.asyncProperty(later, fc.boolean(), async ({ before, after }, profiles) => {
      const first = await afterPull(config(before), platformOf(before), { profiles });
      const second = await afterPull(first.texts, platformOf(after), { profiles });
      await expectLaw(second, after);
    }),
    { numRuns: RUNS / 10 },
  );
});
