import { expect, test } from 'vitest';
import type { HoldingRule } from '../../../src/model/guard.ts';
import { guards, input, many, type Someone, said } from './world.ts';

function touched(people: readonly Someone[], users: string[], skills: string[] = []) {
  return said('protected', input(people, { guards: [guards({ protected: { users, skills } })] }));
}

const given = (one: Partial<Someone>): Someone[] => [{ id: 'U1', has: {}, gets: { a: 1 }, ...one }];

test('a protected person is not changed', () => {
  expect(touched(given({ key: 'ana@example.com' }), ['ana@example.com', 'ben'])).toBe(
    '- Changed, though protected: ana@example.com.',
  );
  expect(touched(given({ key: 'cem' }), ['ana', 'ben'], ['B'])).toBe(
    '+ None of 2 protected people and 1 protected skill is touched.',
  );
  expect(touched([{ id: 'ana', has: {} }], ['ana'])[0]).toBe('+');
});

test.each([
  ['id:U1', {}, true],
  ['id:u1', {}, false],
  ['Ana@example.com', { email: 'ana@example.com' }, true],
  ['ana', { userName: 'Ana' }, true],
  ['anna', { userName: 'Ana', email: 'ana@example.com' }, false],
])('%s is one person, by whatever the roster calls him', (key, person, hit) => {
  expect(touched(given({ key: 'other', person }), [key])[0]).toBe(hit ? '-' : '+');
});

test('a protected skill is neither given, taken nor changed, under any of its ids', () => {
  expect(touched(given({ gets: { a2: 1 } }), [], ['A'])).toBe(
    '- Given, taken or changed, though protected: `A`.',
  );
  expect(touched(given({ has: { a: 1 }, gets: {} }), [], ['A'])[0]).toBe('-');
  expect(touched(given({ has: { a: 1 }, gets: { a: 2 } }), [], ['A'])[0]).toBe('-');
  expect(touched(given({ has: { a: 1 }, gets: { a: 1, b: 1 } }), [], ['A'])[0]).toBe('+');
  const language = given({ has: { b: 1 }, gets: { b: 1 }, getsToSpeak: { a: 1 } });
  expect(touched(language, [], ['A'])[0]).toBe('+');
});

test('a name that a pinned id goes by counts, though the platform calls it otherwise', () => {
  const of = input(given({}), { guards: [guards({ protected: { users: [], skills: ['A'] } })] });
  expect(said('protected', { ...of, idsOf: () => ['elsewhere'] })[0]).toBe('-');
});

test('a protected skill that is not there is told, with all else that is wrong', () => {
  const people = [...given({ key: 'ana' }), ...many(6, { has: {}, gets: { b: 1 } })];
  const keys = ['ana', 'u0', 'u1', 'u2', 'u3', 'u4'];
  expect(touched(people, keys, ['A', 'Emergncy'])).toBe(
    '- Changed, though protected: ana, u0, u1, u2, u3 and 1 more. Given, taken or changed, though protected: `A`. ' +
      'Protected, but not on the platform: `Emergncy`.',
  );
});

function ruled(people: readonly Someone[], ...rules: HoldingRule[]) {
  return said('rules', input(people, { guards: [guards({ rules })] }));
}

const MUST: HoldingRule = { holds: 'A', must: 'B' };
const NEVER: HoldingRule = { holds: 'A', mustNot: 'C', reason: 'exam' };

test('whom the plan makes break a rule is named', () => {
  expect(ruled(given({ key: 'ana' }), MUST, NEVER)).toBe(
    '- Whoever holds `A` must hold `B`; 1 would break that: ana.',
  );
  expect(ruled(given({ key: 'ana', gets: { a2: 1, b: 1, c: 1 } }), MUST, NEVER)).toBe(
    '- Whoever holds `A` must not hold `C` (exam); 1 would break that: ana.',
  );
  expect(ruled(given({ has: { a: 1, b: 1 }, gets: { a: 1 } }), MUST)[0]).toBe('-');
});

test('who keeps the rules, or broke them before, is let alone', () => {
  expect(ruled(given({ gets: { a: 1, b: 1 } }), MUST, NEVER)).toBe(
    '+ Nobody is made to break any of 2 rules.',
  );
  expect(ruled(given({ gets: { b: 1, c: 1 } }), MUST, NEVER)[0]).toBe('+');
  expect(ruled(given({ has: { a: 1 }, gets: { a: 2 } }), MUST)).toMatch(/any of 1 rule\.$/);
  expect(ruled([{ id: 'x', has: { a: 1 } }], MUST)[0]).toBe('+');
});

test('a rule about a skill that is not there cannot be kept', () => {
  expect(ruled([], MUST, { holds: 'A', mustNot: 'Trainnee' }, { holds: 'X', must: 'B' })).toBe(
    '- Rules name what is not on the platform: `Trainnee`, `X`.',
  );
});
