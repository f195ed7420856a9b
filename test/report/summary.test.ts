import { expect, test } from 'vitest';
import { planNotes, planSummary } from '../../src/report/summary.ts';
import { change, held, plan, user } from './builders.ts';

const FIRST = 'There is no base yet: what left the files cannot be told from foreign, and is kept.';

test('the first line is what tools read', () => {
  const three = [change({ name: 'A' }), change({ name: 'B' }), change({ name: 'C' })];
  const one = change({ name: 'D', action: 'change', before: 1 });
  expect(planSummary(plan([user('ana', [...three, one])]).totals)).toBe(
    'Plan: 3 to add, 1 to change, 0 to destroy.',
  );
});

test('only when nothing is to be done and nobody is held are there no changes', () => {
  expect(planSummary(plan([]).totals)).toBe('No changes. Live skills match the files.');
  expect(planSummary(plan([], { held: [held()] }).totals)).toBe(
    'Plan: 0 to add, 0 to change, 0 to destroy.',
  );
});

test('without any base the plan says what it cannot know', () => {
  const cause = (...causes: ('first' | 'git')[]) =>
    planNotes(
      plan([
        user(
          'ana',
          causes.map((one) => change({ cause: one, name: one })),
        ),
      ]),
    );
  expect(cause('first')).toContain(FIRST);
  expect(cause('first', 'git')).not.toContain(FIRST);
  expect(cause()).not.toContain(FIRST);
});

test('an incomplete read and the end of the plan are told', () => {
  const notes = planNotes(plan([], { live: { complete: false }, validUntil: '2026-11-28' }));
  expect(notes).toEqual([
    '0 people to change, 0 held, 0 released, 0 foreign assignments kept.',
    'Not everything live could be read: whoever could not is held.',
    'For eu-prod (admin) on 2026-11-23; on 2026-11-28 a window starts or ends: plan again from then on.',
  ]);
});

test('one is one', () => {
  const { totals } = plan([]);
  const notes = planNotes(plan([], { totals: { ...totals, people: 1, foreignKept: 1 } }));
  expect(notes[0]).toBe('1 person to change, 0 held, 0 released, 1 foreign assignment kept.');
});
