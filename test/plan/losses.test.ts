import { expect, test } from 'vitest';
import type { LiveState } from '../../src/model/live.ts';
import { planLosses } from '../../src/plan/losses.ts';
import { change, user } from '../report/builders.ts';
import { list } from '../support/builders.ts';

const gone = (name: string) => change({ name, action: 'remove', before: 60 });
const diffs = [
  user('ana', [gone('Billing'), change({ name: 'Chat' })]),
  user('ben', [gone('Billing'), gone('Chat')]),
  user('cem', [change({ name: 'Billing' })]),
];
const others = [
  ['dan', true, list({ 'id-Billing': 10 })],
  ['eva', false, list({ 'id-Billing': 10 })],
  ['fay', true, list({ 'id-Sales': 10 })],
] as const;
const live: LiveState = {
  users: new Map(
    others.map(([id, active, assignments]) => [
      id,
      { person: { id, active }, list: { proven: true, assignments } },
    ]),
  ),
  catalogue: undefined,
  directory: true,
};

test('whoever loses or gains a skill that somebody loses is counted, beside its active holders', () => {
  expect(planLosses({ diffs, live, narrowed: false })).toEqual([
    { kind: 'skill', id: 'id-Billing', name: 'Billing', lose: 2, gain: 1, holders: 3 },
    { kind: 'skill', id: 'id-Chat', name: 'Chat', lose: 1, gain: 1, holders: 1 },
  ]);
});

test('a narrowed plan has read too few people to say how many hold it', () => {
  expect(planLosses({ diffs, live, narrowed: true })[0]).toEqual({
    ...{ kind: 'skill', id: 'id-Billing', name: 'Billing', lose: 2, gain: 1 },
  });
});
