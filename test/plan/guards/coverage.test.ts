import { expect, test } from 'vitest';
import type { Coverage } from '../../../src/model/guard.ts';
import type { GuardInput } from '../../../src/plan/guards/judge.ts';
import { guards, input, many, type Someone, said } from './world.ts';

const NEEDED: Coverage = { skill: 'A', users: 5 };

function covered(people: readonly Someone[], line: Coverage, more: Partial<GuardInput> = {}) {
  return said('coverage', input(people, { guards: [guards({ coverage: [line] })], ...more }));
}

const losing = (count: number) => many(count, { has: { a: 1 }, gets: {} }, 'l');
const keeping = (count: number) => many(count, { has: { a: 1 } }, 'k');
const gaining = (count: number) => many(count, { has: {}, gets: { a2: 1 } }, 'g');

test('what falls below what is needed is refused', () => {
  expect(covered([...losing(1), ...keeping(4)], NEEDED)).toBe(
    '- `A` has 5 holders, and 4 after the plan; 5 are needed.',
  );
  expect(covered([...losing(1), ...keeping(5)], NEEDED)).toBe(
    '+ `A` has 6 holders, and 5 after the plan; 5 are needed.',
  );
  expect(covered([...losing(1)], { ...NEEDED, users: 1 })).toBe(
    '- `A` has 1 holder, and 0 after the plan; 1 is needed.',
  );
});

test('what was short before is refused only if the plan makes it worse', () => {
  expect(covered([...losing(1), ...gaining(1), ...keeping(1)], NEEDED)).toBe(
    '+ `A` has 2 holders, and 2 after the plan; 5 are needed, which the plan makes no worse.',
  );
  expect(covered([...losing(2), ...gaining(1), ...keeping(1)], NEEDED)[0]).toBe('-');
});

test('only active people with proven lists are holders, and the unknown are told', () => {
  const idle = many(9, { has: { a: 1 }, person: { active: false } }, 'i');
  const unread = many(3, { has: null }, 'n');
  expect(covered([...keeping(5), ...losing(1), ...idle, ...unread], NEEDED)).toBe(
    '+ `A` has 6 holders, and 5 after the plan; 5 are needed. Not counted: 3 active people whose list is not known.',
  );
  expect(covered([...keeping(5), ...unread.slice(0, 1)], NEEDED)).toMatch(
    /: 1 active person whose/,
  );
});

test('at least a proficiency, in the direction of the platform', () => {
  const line = (level?: string): Coverage => ({
    skill: 'A',
    users: 1,
    atLeast: { proficiency: 2, ...(level !== undefined && { level }) },
  });
  const lowered = many(1, { has: { a: 3 }, gets: { a: 1 } });
  expect(covered(lowered, line())).toBe(
    '- `A` at 2 or better has 1 holder, and 0 after the plan; 1 is needed.',
  );
  expect(covered(lowered, line('skilled'), { better: 'low' })).toBe(
    '+ `A` at `skilled` or better has 0 holders, and 1 after the plan; 1 is needed.',
  );
  expect(covered(many(1, { has: { a: 1 }, gets: { a: 3 } }), line(), { better: 'low' })[0]).toBe(
    '-',
  );
  expect(covered(many(1, { has: { a: 2 } }), line())).toMatch(/^\+ .* has 1 holder/);
  expect(covered(many(1, { has: { a: { state: 'on' } } }), line())).toMatch(/^\+ .* has 0 holders/);
  expect(covered(many(1, { has: { a: { state: 'on' } } }), NEEDED)).toMatch(/^\+ .* has 1 holder,/);
});

test('a narrowed plan that did not read everybody may take a covered skill from nobody', () => {
  const narrowed = { narrowed: true, desired: 99 };
  const taken = [...many(7, { has: { a: 1 }, gets: {}, key: 'x' }), ...gaining(7)];
  expect(covered(taken, NEEDED, narrowed)).toBe(
    '- Holders of `A` cannot be counted in a narrowed plan; it takes it from 7 of them: x.',
  );
  expect(covered(losing(7), { ...NEEDED, users: 0 }, narrowed)).toMatch(
    /: l0, l1, l2, l3, l4 and 2 more\.$/,
  );
  expect(covered([...gaining(1), ...keeping(2)], NEEDED, narrowed)).toBe(
    '+ Holders of `A` cannot be counted in a narrowed plan; it takes it from nobody.',
  );
  const lowered = many(1, { has: { a: 3 }, gets: { a: 1 } });
  const line = { ...NEEDED, atLeast: { proficiency: 2 } };
  expect(covered(lowered, line, narrowed)[0]).toBe('-');
  expect(covered(lowered, NEEDED, narrowed)[0]).toBe('+');
});

test('a narrowed plan that did read everybody counts', () => {
  const people = [...losing(1), ...keeping(5)];
  expect(covered(people, NEEDED, { narrowed: true })).toMatch(/^\+ `A` has 6 holders/);
  expect(covered([...people, ...many(1, { has: null })], NEEDED, { narrowed: true })).toMatch(
    /^- Holders .* cannot be counted/,
  );
  const of = input(people, { guards: [guards({ coverage: [NEEDED] })], narrowed: true });
  const blind = { ...of, live: { ...of.live, directory: false } };
  expect(said('coverage', blind)).toMatch(/^- Holders .* cannot be counted/);
});

test('a name the platform does not have does not switch the guard off', () => {
  expect(covered(keeping(9), { ...NEEDED, skill: 'Biling' })).toBe(
    '- Holders of `Biling` cannot be counted: the platform has no such skill.',
  );
});

test('when something is refused, only that is told', () => {
  const coverage = [{ skill: 'B', users: 0 }, NEEDED];
  const of = (people: readonly Someone[]) =>
    said('coverage', input(people, { guards: [guards({ coverage })] }));
  expect(of([...losing(1), ...keeping(4)])).not.toContain('`B`');
  expect(of(keeping(5))).toMatch(/^\+ `A` has 5 .*\. `B` has 0 /);
});
