import { expect, test } from 'vitest';
import { planSummary } from '../../src/report/summary.ts';
import { change, held, plan, user } from './builders.ts';

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
