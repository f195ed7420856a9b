/** Laws of the whole pipeline, from roster texts to the platform and back, for arbitrary worlds. */
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Assignments,
  dormant,
  isHeld,
  keyed,
  type Value,
} from '../../src/model/assignment.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { FileSource } from '../../src/model/source.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { planJson } from '../../src/report/plan/json.ts';
import { law } from '../support/laws.ts';
import { applyNow, planOfFiles } from '../support/pipeline.ts';

const SKILLS = ['Billing', 'Spanish', 'Chat', 'constructor', 'VIP desk'];
const USERS = ['ana', 'ben', 'cem', 'dee'];
const DAY = '2026-11-23';

const entry = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 100 }).map(String) },
  fc.constantFrom('absent', 'expert'),
  fc.constantFrom(
    '{ proficiency: 70, from: 2026-12-01 }',
    '{ proficiency: 70, until: 2026-11-01 }',
    '{ proficiency: 70, until: 2026-12-01 }',
    '[40, { proficiency: 70, until: 2026-12-01, from: 2026-11-01 }]',
  ),
);
const skills = fc.uniqueArray(fc.tuple(fc.constantFrom(...SKILLS), entry), {
  selector: ([name]) => name,
});
const user = fc.record({
  name: fc.constantFrom(...USERS),
  ownership: fc.constantFrom('listed', 'complete'),
  skills,
  file: fc.constantFrom('a', 'b', 'c'),
});
const users = fc.uniqueArray(user, { selector: ({ name }) => name, minLength: 1 });
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 100 }) },
  fc.constantFrom<Value>({ proficiency: 'odd' }, { proficiency: null }, {}, 3.5, -7, 1e9),
  fc.constantFrom<Value>(dormant(40), dormant(70), dormant({ proficiency: null })),
);
const ids = fc.constantFrom(...SKILLS.map((name) => `id-${name}`), 'gone', '__proto__');
const live = fc.array(fc.dictionary(ids, value), {
  minLength: USERS.length,
  maxLength: USERS.length,
});

type Users = readonly {
  readonly name: string;
  readonly ownership: string;
  readonly skills: readonly (readonly [string, string])[];
  readonly file: string;
}[];

function filesOf(all: Users): Map<string, string> {
  const files = new Map([
    [
      'muster.yaml',
      'version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: http://127.0.0.1:1\n    levels: { expert: 90 }\n',
    ],
  ]);
  for (const one of all) {
    const path = `rosters/${one.file}.yaml`;
    const lines = [
      `  ${one.name}@example.com:`,
      `    ownership: ${one.ownership}`,
      ...(one.skills.length === 0 ? [] : ['    skills:']),
      ...one.skills.map(([name, text]) => `      ${name}: ${text}`),
      '',
    ];
    files.set(path, (files.get(path) ?? 'version: 1\nusers:\n') + lines.join('\n'));
  }
  return files;
}

function source(
  files: ReadonlyMap<string, string>,
  order: (paths: string[]) => string[],
): FileSource {
  return {
    list: async () => order([...files.keys()]),
    read: async (path) => new TextEncoder().encode(files.get(path) ?? ''),
  };
}

function platform(lists: readonly Readonly<Record<string, Value>>[]) {
  return createMemory({
    users: USERS.map((name, n) => ({
      person: { id: `u-${name}`, email: `${name}@example.com`, active: true },
      assignments: { skill: keyed(Object.entries(lists[n] ?? {})), language: keyed() },
    })),
    catalogue: SKILLS.map((name) => ({ kind: 'skill', id: `id-${name}`, name })),
  });
}

const plan = (files: FileSource, provider: ReturnType<typeof createMemory>): Promise<Plan> =>
  planOfFiles(files, provider, { org: 'eu', day: DAY });

/** Moving lines moves line numbers; everything else must stay. */
const withoutLines = (made: Plan) =>
  planJson(made).replaceAll(/"(line|col)": \d+|"digest": "[^"]*"|"file": "[^"]*"/g, '');

law(
  'after an apply a second plan is empty, and with listed ownership nothing foreign changed',
  fc.asyncProperty(users, live, async (all, lists) => {
    const files = source(filesOf(all), (paths) => paths);
    const provider = platform(lists);
    const before = new Map(USERS.map((name) => [name, provider.world.listOf(`u-${name}`)]));
    const first = await plan(files, provider);
    const result = await applyNow(first, provider);
    expect(result.outcomes.applied).toBe(first.totals.people);
    expect((await plan(files, provider)).users).toEqual({});
    for (const one of all) {
      if (one.ownership === 'listed') expectForeignKept(one, before.get(one.name), provider);
    }
  }),
);

function expectForeignKept(
  one: Users[number],
  before: Assignments | undefined,
  provider: ReturnType<typeof createMemory>,
) {
  const named = new Set(one.skills.map(([name]) => `id-${name}`));
  const after = provider.world.listOf(`u-${one.name}`).skill;
  for (const [id, old] of Object.entries(before?.skill ?? {})) {
    if (!named.has(id)) expect(after[id]).toEqual(old);
  }
}

law(
  'nothing dormant is revived or dropped that no roster gives a value',
  fc.asyncProperty(users, live, async (all, lists) => {
    const files = source(filesOf(all), (paths) => paths);
    const provider = platform(lists);
    const before = new Map(USERS.map((name) => [name, provider.world.listOf(`u-${name}`)]));
    const first = await plan(files, provider);
    await applyNow(first, provider);
    for (const [name, list] of before) {
      const given = new Map(
        first.users[`u-${name}`]?.changes.map(({ id, action }) => [id, action]),
      );
      const after = provider.world.listOf(`u-${name}`).skill;
      for (const [id, old] of Object.entries(list.skill)) {
        if (isHeld(old)) continue;
        if (given.has(id)) expect([given.get(id), isHeld(after[id])]).toEqual(['add', true]);
        else expect(after[id]).toEqual(old);
      }
    }
  }),
);

law(
  'the order of files does not change a byte; the order of users and keys nothing but line numbers',
  fc.asyncProperty(users, live, fc.integer(), async (all, lists, seed) => {
    const shuffled = <T>(list: readonly T[]): T[] =>
      [...list].sort((a, b) => hash(JSON.stringify(a), seed) - hash(JSON.stringify(b), seed));
    const first = await plan(
      source(filesOf(all), (paths) => paths),
      platform(lists),
    );
    const listed = await plan(source(filesOf(all), shuffled), platform(lists));
    expect(planJson(listed)).toBe(planJson(first));
    const moved = shuffled(all).map((one) => ({ ...one, skills: shuffled(one.skills) }));
    const other = await plan(source(filesOf(moved), shuffled), platform(lists));
    expect(withoutLines(other)).toBe(withoutLines(first));
    expect(other.reviewDigest).toBe(first.reviewDigest);
  }),
);

law(
  'planning writes nothing',
  fc.asyncProperty(users, live, async (all, lists) => {
    const provider = platform(lists);
    const readOnly = {
      ...provider,
      write: () => {
        throw new Error('a plan wrote');
      },
    };
    const before = JSON.stringify(USERS.map((name) => provider.world.listOf(`u-${name}`)));
    await plan(
      source(filesOf(all), (paths) => paths),
      readOnly,
    );
    expect(JSON.stringify(USERS.map((name) => provider.world.listOf(`u-${name}`)))).toBe(before);
  }),
);

function hash(text: string, seed: number): number {
  let value = seed;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value;
}
