/** The table and its causes, where more than one point may stand for the base. */
import { expect, test } from 'vitest';
import { type BaseSaying, causeOf, type Saying, settle, UNMANAGED } from '../../src/diff/table.ts';
import type { Ownership } from '../../src/model/config.ts';
import { type TargetWords, target } from '../support/builders.ts';

type Word = NonNullable<TargetWords['skills']>[string];

const says = (word?: Word, ownership: Ownership = 'listed'): Saying => ({
  want: word === undefined ? undefined : target({ skills: { a: word } }).wants.skill.a,
  ownership,
});
const always = (saying: Saying): BaseSaying => ({ onDay: saying, now: saying });

test('owned is what any of the points had given', () => {
  const one = [always(says()), always(says(60))];
  expect(settle(says(), one, 60)).toBeUndefined();
  expect(settle(says('pending', 'complete'), one, 60)).toBe(60);
  expect(settle(says('pending', 'complete'), [always(says('absent'))], 60)).toBeUndefined();
  expect(settle(says(), [always(says('absent')), always(says('pending'))], 60)).toBe(60);
});

test('what nobody manages is nobody’s', () => {
  expect(settle(says(), [always(UNMANAGED)], 60)).toBe(60);
  expect(settle(UNMANAGED, [always(says(undefined, 'complete'))], 60)).toBe(60);
});

test('drift is what any of the points would have done by itself', () => {
  const ends = { live: 5, after: 60 };
  expect(causeOf(ends, [always(says(60))])).toBe('drift');
  expect(causeOf(ends, [always(says(5)), always(says(60))])).toBe('drift');
  expect(causeOf(ends, [always(says(60)), always(says(5))])).toBe('drift');
});

test('what a run may have written, and is live, nobody else has changed', () => {
  const wrote = (word?: Word): BaseSaying => ({ ...always(says(word)), unsure: true });
  const ends = { live: 5, after: 60 };
  expect(causeOf(ends, [always(says(60)), wrote(5)])).toBe('git');
  expect(causeOf(ends, [always(says(60)), wrote(40), wrote(5)])).toBe('git');
  expect(causeOf(ends, [always(says(60)), wrote(40)])).toBe('drift');
  expect(causeOf({ live: undefined, after: 60 }, [always(says(60)), wrote()])).toBe('git');
  const ended: BaseSaying = { onDay: says(5), now: says('ended'), unsure: true };
  expect(causeOf({ live: 5, after: undefined }, [always(says(60)), ended])).toBe('schedule');
});

test('both is what all of the points would have changed, each to something else', () => {
  const ends = { live: 5, after: 60 };
  expect(causeOf(ends, [always(says(40))])).toBe('both');
  expect(causeOf(ends, [always(says(40)), always(says(30))])).toBe('both');
  expect(causeOf(ends, [always(says(40)), always(says(5))])).toBe('git');
  expect(causeOf(ends, [always(says(5)), always(says(40))])).toBe('git');
});

test('the schedule is what any of the points does by today, and both what all of them do otherwise', () => {
  const ends = { live: 5, after: 60 };
  const since = (now: number): BaseSaying => ({ onDay: says(5), now: says(now) });
  expect(causeOf(ends, [since(60)])).toBe('schedule');
  expect(causeOf(ends, [since(5), since(60)])).toBe('schedule');
  expect(causeOf(ends, [since(60), since(5)])).toBe('schedule');
  expect(causeOf(ends, [since(40)])).toBe('both');
  expect(causeOf(ends, [since(40), since(5)])).toBe('git');
  expect(causeOf(ends, [since(5)])).toBe('git');
  expect(causeOf(ends, [])).toBe('first');
});

test('what was given, and waits for its next window, is not the schedule’s to take away', () => {
  const waits: BaseSaying = { onDay: says(5, 'complete'), now: says('pending', 'complete') };
  expect(causeOf({ live: 5, after: undefined }, [waits])).toBe('git');
});
