import { expect, test } from 'vitest';
import { guards, input, many, said } from './world.ts';

const removals = { percent: 25, count: 10, max: 500 };

test('removals are a share of what the people of the plan have', () => {
  const people = [
    ...many(12, { has: { a: 1, b: 1 }, gets: { a: 1 } }),
    ...many(8, { has: { a: 1, b: 1 } }, 'v'),
    ...many(1, { has: null }, 'w'),
  ];
  const of = input(people);
  expect(said('removals', of)).toBe(
    '- 12 of 40 assignments are removed (30 %); allowed are 25 % or 10, and never more than 500.',
  );
  const all = new Set(people.map(({ id }) => id));
  const strangers = many(90, { has: { a: 1 } }, 'x');
  expect(said('removals', input([...people, ...strangers], { looked: all }))).toBe(
    said('removals', of),
  );
});

test('languages count like skills, and one is told as one', () => {
  const one = { has: { a: 1, b: 1 }, speaks: { c: 1, d: 1 }, gets: { a: 1, b: 1 } };
  expect(said('removals', input(many(1, { ...one, getsToSpeak: { c: 1 } })))).toMatch(
    /^\+ 1 of 4 assignments is removed \(25 %\)/,
  );
});

test('a percent alone, or a count alone, refuses nothing; the most refuses by itself', () => {
  const losing = (some: number, all: number, more = removals) =>
    said(
      'removals',
      input(
        [...many(some, { has: { a: 1 }, gets: {} }), ...many(all - some, { has: { a: 1 } }, 'v')],
        {
          guards: [guards({ removals: more })],
        },
      ),
    )[0];
  expect([losing(10, 10), losing(11, 44), losing(11, 43)]).toEqual(['+', '+', '-']);
  expect([
    losing(11, 100, { ...removals, max: 11 }),
    losing(11, 100, { ...removals, max: 10 }),
  ]).toEqual(['+', '-']);
});

test('of a narrowed plan the counts alone hold', () => {
  const narrow = (some: number, more = removals) =>
    said(
      'removals',
      input([...many(some, { has: { a: 1 }, gets: {} }), ...many(500, { has: { a: 1 } }, 'v')], {
        narrowed: true,
        guards: [guards({ removals: more })],
      }),
    );
  expect(narrow(10)).toBe('+ 10 assignments are removed; allowed are 10 in a narrowed plan.');
  expect(narrow(11)).toBe('- 11 assignments are removed; allowed are 10 in a narrowed plan.');
  expect(narrow(1, { ...removals, max: 0 })).toBe(
    '- 1 assignment is removed; allowed are 0 in a narrowed plan.',
  );
});

test('people are a share of those in the files and those who left them', () => {
  const people = [
    ...many(50, { has: {}, gets: { a: 1 } }),
    ...many(1, { has: { a: 1 }, gets: {}, leaver: true }, 'l'),
    ...many(118, { has: {} }, 'v'),
  ];
  expect(said('users', input(people))).toBe(
    '- 51 of 169 people are changed (30.2 %); allowed are 30 % or 50.',
  );
  expect(said('users', input([...people, ...many(1, { has: {} }, 'w')]))).toMatch(/^\+ .*\(30 %\)/);
  expect(said('users', input(people, { narrowed: true }))).toBe(
    '- 51 people are changed; allowed are 50 in a narrowed plan.',
  );
  expect(said('users', input(many(1, { has: {}, gets: { a: 1 } }), { narrowed: true }))).toMatch(
    /^\+ 1 person is changed;/,
  );
  expect(said('users', input(many(1, { has: {}, gets: { a: 1 } })))).toMatch(
    /^\+ 1 of 1 person is changed \(100 %\)/,
  );
  expect(said('users', input([]))).toMatch(/^\+ 0 of 0 people are changed \(0 %\)/);
});

test('a share just above its limit never looks as if it were on it', () => {
  const people = [...many(3001, { has: {}, gets: { a: 1 } }), ...many(6999, { has: {} }, 'v')];
  expect(said('users', input(people))).toMatch(/^- 3001 of 10000 .*\(30\.1 %\)/);
});

test('leavers are counted, however many people there are', () => {
  const leaving = (some: number) => [
    ...many(some, { has: { a: 1 }, gets: {}, leaver: true }),
    ...many(900, { has: { a: 1 } }, 'v'),
  ];
  expect(said('leavers', input(leaving(5)))[0]).toBe('+');
  expect(said('leavers', input(leaving(6)))[0]).toBe('-');
  expect(said('leavers', input(leaving(1)))).toMatch(/^\+ 1 person who left the files is changed/);
  const all = (some: number, desired: number) => said('leavers', input(leaving(some), { desired }));
  expect(all(1, 1)[0]).toBe('+');
  expect(all(0, 0)[0]).toBe('+');
  expect(all(1, 0)).toBe(
    '- The files name nobody any more, and 1 person who left them is changed.',
  );
  expect(all(2, 0)).toBe(
    '- The files name nobody any more, and 2 people who left them are changed.',
  );
});

test('a skill may lose as many of its holders as both percent and count let', () => {
  const of = (losing: number, all: number, more = {}) =>
    said(
      'skill',
      input(
        [
          ...many(losing, { has: { a: 1, b: 1 }, gets: { b: 1 } }),
          ...many(all - losing, { has: { a: 1 } }, 'v'),
          ...many(40, { has: { a: 1 }, person: { active: false } }, 'i'),
          ...many(40, { has: null }, 'n'),
        ],
        more,
      ),
    );
  expect(of(6, 12)).toBe('+ At most 6 of 12 holders lose `A` (50 %); allowed are 50 % or 5.');
  expect(of(6, 11)).toBe('- 6 of 11 holders lose `A` (54.5 %); allowed are 50 % or 5.');
  expect(of(5, 5)[0]).toBe('+');
  expect(of(1, 9)).toMatch(/^\+ At most 1 of 9 holders loses `A`/);
  expect(of(0, 5)).toBe('+ No skill loses a holder; allowed are 50 % or 5.');
  expect(of(6, 99, { narrowed: true })).toBe(
    '- 6 holders lose `A`; allowed are 5 in a narrowed plan.',
  );
  expect(of(1, 99, { narrowed: true })).toMatch(/^\+ At most 1 holder loses `A`/);
});

test('every skill and language is judged by itself, doubles too, the worst first', () => {
  const all = { a: 1, a2: 1, b: 1, c: 1, d: 1 };
  const people = [
    ...many(6, { has: all, speaks: { a: 1 }, gets: { b: 1 }, getsToSpeak: {} }),
    ...many(1, { has: all, gets: { a: 1, a2: 1, c: 1, d: 1 } }, 'v'),
    ...many(1, { has: { a: 1 }, gets: {} }, 'w'),
  ];
  expect(said('skill', input(people))).toBe(
    '- 7 of 8 holders lose `A` (87.5 %), 6 of 6 holders lose `A` (language) (100 %), ' +
      '6 of 7 holders lose `A` (85.7 %), 6 of 7 holders lose `C` (85.7 %), ' +
      '6 of 7 holders lose `D` (85.7 %); allowed are 50 % or 5.',
  );
});

test('who is changed and unknown to the listing still counts', () => {
  const of = input(many(6, { has: { a: 1 }, gets: {} }));
  const gone = { ...of, live: { ...of.live, users: new Map() } };
  expect(said('skill', gone)).toMatch(/^- 6 of 6 holders lose/);
});
