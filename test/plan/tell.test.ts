import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import type { MusterEvent } from '../../src/model/event.ts';
import type { LiveState, LiveUser } from '../../src/model/live.ts';
import { tellHolders, tellPlanned } from '../../src/plan/tell.ts';
import { list, planOf, target } from '../support/builders.ts';

function told(tell: (listener: (event: MusterEvent) => void) => void): MusterEvent[] {
  const events: MusterEvent[] = [];
  tell((event) => void events.push(event));
  return events;
}

test('a plan is told by its totals, and its changes by action and cause', () => {
  const plan = planOf([
    [target({ id: 'u1', skills: { a: 1, b: 2, c: 'absent' } }), list({ c: 3 })],
    [target({ id: 'u2', skills: { a: 1 } }), list({ a: 2 })],
  ]);
  expect(told((listener) => tellPlanned(listener, plan))).toEqual([
    {
      type: 'planned',
      totals: plan.totals,
      changes: [
        { action: 'add', cause: 'first', count: 2 },
        { action: 'remove', cause: 'first', count: 1 },
        { action: 'change', cause: 'first', count: 1 },
      ],
    },
  ]);
});

test('the guards that refuse are told by name, and where none does nothing is said of them', () => {
  const plan = planOf([]);
  const verdict = (guard: 'users' | 'removals' | 'freeze', passed: boolean) => ({
    ...{ guard, passed, message: 'So it is.' },
  });
  const guards = [verdict('users', true), verdict('removals', false), verdict('freeze', false)];
  const [event] = told((listener) => tellPlanned(listener, { ...plan, guards }));
  expect(event).toMatchObject({ refusing: ['removals', 'freeze'] });
  const [calm] = told((listener) => tellPlanned(listener, { ...plan, guards: guards.slice(0, 1) }));
  expect(calm).not.toHaveProperty('refusing');
});

const user = (id: string, skills: Record<string, number>, active = true): LiveUser => ({
  person: { id, active },
  list: { proven: true, assignments: list(skills) },
});
const live = (more: Partial<LiveState> = {}): LiveState => ({
  users: new Map([
    ['u1', user('u1', { b: 1, a: 1 })],
    ['u2', user('u2', { a: 1, c: 1 })],
    ['u3', user('u3', { a: 1 }, false)],
    ['u4', { person: { id: 'u4', active: true }, list: { proven: false, why: 'No.' } }],
  ]),
  catalogue: [
    { kind: 'skill', id: 'a', name: 'Chat' },
    { kind: 'skill', id: 'b', name: 'Billing' },
  ],
  directory: true,
  ...more,
});

test('active people whose list is proven are counted by skill, as the files call it', () => {
  const names = keyed([['b', 'Billing EU']]);
  expect(told((listener) => tellHolders(listener, live(), names))).toEqual([
    {
      type: 'holders',
      skills: [
        { id: 'a', name: 'Chat', users: 2 },
        { id: 'b', name: 'Billing EU', users: 1 },
        { id: 'c', name: 'c', users: 1 },
      ],
    },
  ]);
  const unnamed = told((listener) =>
    tellHolders(listener, live({ catalogue: undefined }), keyed()),
  );
  expect(unnamed).toMatchObject([{ skills: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }]);
});

test.each<[string, Partial<LiveState>]>([
  ['the platform lists nobody', { directory: false }],
  ['some are hidden', { incomplete: { why: 'Some are hidden.', hint: 'Ask.' } }],
])('where %s nothing is counted', (_what, more) => {
  expect(told((listener) => tellHolders(listener, live(more), keyed()))).toEqual([]);
});
