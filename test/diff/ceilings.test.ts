import { expect, test } from 'vitest';
import { holdOverfull } from '../../src/diff/ceilings.ts';
import { diffUser } from '../../src/diff/diff.ts';
import type { Value } from '../../src/model/assignment.ts';
import type { UserDiff } from '../../src/model/plan.ts';
import { list, NO_NAMES, type TargetWords, target } from '../support/builders.ts';

const many = (n: number, begin = 's') =>
  Object.fromEntries(Array.from({ length: n }, (_, k) => [`${begin}${k}`, 3]));

function diffOf(
  wants: TargetWords,
  skill: Readonly<Record<string, Value>>,
  language = {},
): UserDiff {
  const one = target({ id: 'u1', ...wants });
  const live = list(skill, language);
  const { diff } = diffUser({ target: one, live, base: [], names: NO_NAMES });
  if (diff === undefined) throw new Error('Nothing changes.');
  return diff;
}

const held = (diff: UserDiff, ceilings = { skill: 50 }) => holdOverfull([diff], ceilings);

test('somebody who would have more than may be is held, with the numbers, where the first is added', () => {
  const diff = diffOf({ skills: { ...many(3, 'new'), s0: 1 } }, many(48));
  expect(held(diff)).toEqual({
    diffs: [],
    held: [
      {
        key: 'u1@example.com',
        userId: 'u1',
        reason: 'over-ceiling',
        message:
          'The user would have 51 skills, 4 that the files name and 47 that are kept; the platform takes at most 50.',
        hint: expect.stringMatching(/\.$/),
        place: { file: 'rosters/a.yaml', line: 3, col: 5 },
      },
    ],
  });
});

test('as much as may be is fine', () => {
  const diff = diffOf({ skills: many(2, 'new') }, many(48));
  expect(held(diff)).toEqual({ diffs: [diff], held: [] });
});

test('whoever has too much already may change and lose what he has', () => {
  const diff = diffOf({ skills: { s0: 5, s1: 'absent' } }, many(60));
  expect(held(diff).held).toEqual([]);
  const more = diffOf({ skills: { s0: 'absent', new: 5 } }, many(60));
  expect(held(more).held).toHaveLength(1);
});

test('the numbers and the place are of the kind that is too full', () => {
  const wants = { skills: { extra: 1 }, languages: { new: 3, l0: 1 } };
  const diff = diffOf(wants, {}, many(60, 'l'));
  const [full] = holdOverfull([diff], { language: 60 }).held;
  expect(full?.message).toContain('61 languages, 2 that the files name and 59 that are kept');
  const foreign = diffOf({ ownership: 'complete', skills: { new: 1 } }, { s0: 1 });
  const [one] = holdOverfull([foreign], { skill: 0 }).held;
  expect(one?.message).toContain('1 skills, 1 that the files name and 0 that are kept');
  const none = diffOf({ skills: { new: 1 }, languages: { l0: 5 } }, {}, many(61, 'l'));
  expect(holdOverfull([none], { language: 60 }).held).toEqual([]);
});

test('each kind has a ceiling of its own, or none', () => {
  const diff = diffOf({ languages: { new: 3 } }, {}, many(60, 'l'));
  expect(held(diff).held).toEqual([]);
  expect(holdOverfull([diff], { language: 60 }).held[0]?.message).toContain('61 languages');
  expect(holdOverfull([diff], {}).diffs).toEqual([diff]);
});

test('whoever is over in both is held once', () => {
  const diff = diffOf({ skills: { a: 1 }, languages: { b: 1 } }, {}, {});
  expect(holdOverfull([diff], { skill: 0, language: 0 }).held).toHaveLength(1);
});
