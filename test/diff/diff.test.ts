import fc from 'fast-check';
import fastJsonPatch from 'fast-json-patch';
import { expect, test } from 'vitest';
import { type Diffed, diffUser, type Names } from '../../src/diff/diff.ts';
import {
  type Assignments,
  dormant,
  isHeld,
  KINDS,
  type Value,
} from '../../src/model/assignment.ts';
import type { Target } from '../../src/model/target.ts';
import { list, NO_NAMES, target } from '../support/builders.ts';
import { law } from '../support/laws.ts';

const diffed = (one: Target, live: Assignments, names: Names): Diffed =>
  diffUser({ target: one, live, base: [], names });

const changesOf = (one: Target, live: Assignments) =>
  diffed(one, live, NO_NAMES).diff?.changes.map(
    ({ kind, id, action, before, after }) =>
      `${action} ${kind} ${id} ${before ?? '-'}>${after ?? '-'}`,
  ) ?? [];

test.each([
  ['a value that is missing is added', { a: 60 }, {}, ['add skill a ->60']],
  ['another value is changed', { a: 60 }, { a: 40 }, ['change skill a 40>60']],
  ['the same value is left alone', { a: 60 }, { a: 60 }, []],
  ['absent removes', { a: 'absent' }, { a: 40 }, ['remove skill a 40>-']],
  ['absent of what is not there is nothing', { a: 'absent' }, {}, []],
  ['pending keeps what is there', { a: 'pending' }, { a: 40 }, []],
  ['pending adds nothing', { a: 'pending' }, {}, []],
  ['what is not named is kept', {}, { a: 40 }, []],
] as const)('listed: %s', (_name, skills, live, expected) => {
  expect(changesOf(target({ skills }), list(live))).toEqual(expected);
});

test.each([
  ['what is not named is removed', {}, { a: 40 }, ['remove skill a 40>-']],
  [
    'what is pending is removed until its day',
    { a: 'pending' },
    { a: 40 },
    ['remove skill a 40>-'],
  ],
  ['what is named is set', { a: 60 }, { a: 40 }, ['change skill a 40>60']],
] as const)('complete: %s', (_name, skills, live, expected) => {
  expect(changesOf(target({ skills, ownership: 'complete' }), list(live))).toEqual(expected);
});

test.each([
  ['a value wakes it', { a: 60 }, 'listed', 'add skill a'],
  ['a value wakes it', { a: 40 }, 'listed', 'add skill a'],
  ['absent is what it is', { a: 'absent' }, 'listed', undefined],
  ['pending is what it is', { a: 'pending' }, 'complete', undefined],
  ['what is not named is left', {}, 'listed', undefined],
  ['what is not named is left', {}, 'complete', undefined],
] as const)('of something dormant: %s', (_name, skills, ownership, expected) => {
  const { diff, foreignKept } = diffed(
    target({ skills, ownership }),
    list({ a: dormant(40) }),
    NO_NAMES,
  );
  const [change] = diff?.changes ?? [];
  expect(change && `${change.action} ${change.kind} ${change.id}`).toBe(expected);
  expect(change?.before).toEqual(expected === undefined ? undefined : dormant(40));
  expect(foreignKept).toBe(0);
});

test('a language and a skill of one id are two things', () => {
  const one = target({ skills: { x: 3 }, languages: { x: 4 } });
  expect(changesOf(one, list({ x: 3 }, {}))).toEqual(['add language x ->4']);
});

test('an odd foreign value is carried as the same object, and an odd named one is replaced', () => {
  const odd = { proficiency: 'expert' };
  const { diff } = diffed(
    target({ skills: { a: 5, b: 1 } }),
    list({ f: odd, a: { level: [1] } }),
    NO_NAMES,
  );
  expect(diff?.after.skill.f).toBe(odd);
  expect(diff?.changes.map((change) => change.action)).toEqual(['change', 'add']);
});

test('changes read by kind, then name, and bear the names of the rosters, else of the platform, else the id', () => {
  const one = target({ ownership: 'complete', skills: { b: 1, a: 2 }, languages: { z: 1 } });
  const names = { skill: { q: 'Queue', b: 'not this' }, language: {} };
  const { diff } = diffed(one, list({ q: 1, p: 1 }), names);
  expect(diff?.changes.map((change) => change.name)).toEqual(['Queue', 'a', 'b', 'p', 'z']);
  const twins = diffed(target({ ownership: 'complete' }), list({ p: 1, q: 2 }), {
    skill: { p: 'Same', q: 'Same' },
    language: {},
  });
  expect(twins.diff?.changes.map((change) => change.id)).toEqual(['p', 'q']);
});

test('a level is named, a removal under complete points at the person, a nameless person stays nameless', () => {
  const named = target({ ownership: 'complete', skills: { a: 60 } });
  const wanted = named.wants.skill.a;
  const leveled: Target = {
    ...named,
    person: { id: 'u1', active: true },
    wants: {
      ...named.wants,
      skill: {
        a: {
          ...wanted,
          name: 'a',
          value: 60,
          want: { ...wanted?.want, level: 'skilled' } as never,
        },
      },
    },
  };
  const { diff } = diffed(leveled, list({ f: 1 }), NO_NAMES);
  expect(diff?.changes[0]).toMatchObject({ id: 'a', level: 'skilled', cause: 'first' });
  expect(diff?.changes[1]?.source).toEqual({ ...leveled.place, chain: [] });
  expect(diff).not.toHaveProperty('name');
});

const ids = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.record({ proficiency: fc.oneof(fc.string(), fc.constant(null), fc.double()) }),
  fc.integer({ min: 0, max: 100 }).map(dormant),
);
const lists = fc
  .tuple(fc.array(fc.tuple(ids, value)), fc.array(fc.tuple(ids, value)))
  .map(([skill, language]) => {
    const made = list();
    for (const [id, one] of skill) (made.skill as Record<string, Value>)[id] = one;
    for (const [id, one] of language) (made.language as Record<string, Value>)[id] = one;
    return made;
  });
const wants = fc.array(
  fc.tuple(
    ids,
    fc.oneof(
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom('absent' as const, 'pending' as const),
    ),
  ),
);
const targets = fc
  .record({
    ownership: fc.constantFrom('listed' as const, 'complete' as const),
    skills: wants,
    languages: wants,
  })
  .map(({ ownership, skills, languages }) =>
    target({
      ownership,
      skills: Object.fromEntries(skills),
      languages: Object.fromEntries(languages),
    }),
  );

law(
  'with listed ownership no foreign assignment changes or disappears',
  fc.property(targets, lists, (one, live) => {
    const listed: Target = { ...one, ownership: 'listed' };
    const { diff, foreignKept } = diffed(listed, live, NO_NAMES);
    const after = diff?.after ?? live;
    let foreign = 0;
    for (const kind of KINDS) {
      for (const id of Object.keys(live[kind])) {
        if (listed.wants[kind][id] !== undefined) continue;
        if (isHeld(live[kind][id])) foreign += 1;
        expect(after[kind][id]).toBe(live[kind][id]);
      }
    }
    expect(foreignKept).toBe(foreign);
  }),
);

law(
  'whatever the ownership, what is dormant stays as it is until a value takes its place',
  fc.property(targets, lists, (one, live) => {
    const after = diffed(one, live, NO_NAMES).diff?.after ?? live;
    for (const kind of KINDS) {
      for (const [id, value] of Object.entries(live[kind])) {
        if (isHeld(value)) continue;
        expect(after[kind][id]).toEqual(one.wants[kind][id]?.value ?? value);
      }
    }
  }),
);

law(
  'what the diff leads to needs no further diff, and its patch leads there too',
  fc.property(targets, lists, (one, live) => {
    const { diff } = diffed(one, live, NO_NAMES);
    if (diff === undefined) return;
    expect(diffed(one, diff.after, NO_NAMES).diff).toBeUndefined();
    if (diff.patch.some(({ path }) => path.includes('__proto__'))) return;
    const plain = JSON.parse(JSON.stringify(live));
    const patched = fastJsonPatch.applyPatch(
      plain,
      structuredClone(diff.patch) as never,
    ).newDocument;
    expect(patched).toEqual(JSON.parse(JSON.stringify(diff.after)));
  }),
);
