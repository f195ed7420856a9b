/** What the files of a point said of a person: keys and names mean whom and what they meant there. */
import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import { ANA, BEN, base, basesOf, comparing, live, open, point, state, user } from './world.ts';

const names = (skill: Readonly<Record<string, string>>) => ({
  skill: keyed(Object.entries(skill)),
  language: keyed<string>(),
});
const changes = (compared: ReturnType<typeof comparing>) =>
  compared.diffs.map(({ userId, changes: made }) => [
    userId,
    ...made.map(({ action, id, cause }) => `${action} ${id} ${cause}`),
  ]);

test('of several names one that means another id is enough to look at all of them anew', () => {
  const seen = live({ u1: { email: ANA, has: { b: 1, c: 2 } } });
  const then = user(ANA, { Billing: 1, Chat: 2 });
  const bases = basesOf({ applied: point(1), names: names({ Billing: 'b', Chat: 'x' }) }, [
    base(1, [then]),
  ]);
  const desired = state([then], { Billing: 'b', Chat: 'c' });
  // What Chat meant at base is not there, so there is nothing to take: and what it means now is foreign no more.
  expect(changes(comparing(desired, seen, bases))).toEqual([]);
  const gone = state([user(ANA, { Billing: 1 })], { Billing: 'b' });
  expect(changes(comparing(gone, seen, bases))).toEqual([]);
  const same = basesOf({ applied: point(1), names: names({ Billing: 'b', Chat: 'c' }) }, [
    base(1, [then]),
  ]);
  expect(changes(comparing(gone, seen, same))).toEqual([['u1', 'remove c git']]);
});

test('a name that the ledger has not recorded does not count as one that moved', () => {
  const seen = live({ u1: { email: ANA, has: { b: 1 } } });
  const bases = basesOf({ applied: point(1), names: names({}) }, [
    base(1, [user(ANA, { Billing: 1 })]),
  ]);
  expect(changes(comparing(state([user(ANA, {})]), seen, bases))).toEqual([['u1', 'remove b git']]);
});

test('ids of people whom the platform does not show are nobody’s', () => {
  const seen = live({ u1: { email: ANA, has: { b: 9 } } });
  const bases = basesOf({ applied: point(1), names: names({ Billing: 'b' }) }, [
    base(1, [user(ANA, { Billing: 1 })]),
  ]);
  const ids = new Map([[ANA, 'u7']]);
  const compared = comparing(state([user(ANA, { Billing: 1 })]), seen, bases, { ids });
  expect(changes(compared)).toEqual([['u1', 'change b drift']]);
});

test('only whom the files say so of is the heir of a key', () => {
  const seen = live({ u1: { email: ANA, has: { b: 1 } }, u2: { email: BEN, has: { b: 1 } } });
  const ids = new Map([
    [ANA, 'u1'],
    ['old@x.test', 'u1'],
    [BEN, 'u2'],
  ]);
  const bases = basesOf({ applied: point(1), names: names({ Billing: 'b' }) }, [
    base(1, [user('old@x.test', { Billing: 1 }), user(BEN, { Billing: 1 })]),
  ]);
  const desired = state([user(ANA, {}, { formerly: 'old@x.test' }), user(BEN, {})]);
  expect(changes(comparing(desired, seen, bases, { ids }))).toEqual([
    ['u1', 'remove b git'],
    ['u2', 'remove b git'],
  ]);
  // Nobody goes by the heir's key: it is as last seen, and whoever that is is not a leaver.
  const lost = state([user('nobody@x.test', {}, { formerly: 'old@x.test' }), user(BEN, {})]);
  expect(changes(comparing(lost, seen, bases, { ids }))).toEqual([['u2', 'remove b git']]);
});

test('one state serves everybody who stands at it, and each what it says of him', () => {
  const seen = live({
    u1: { email: ANA, has: { b: 1, c: 1 } },
    u2: { email: BEN, has: { b: 1, c: 1 } },
  });
  const entries = keyed([
    ['u1', open(ANA, { base: point(2) })],
    ['u2', open(BEN, { base: point(2) })],
  ]);
  const recorded = names({ Billing: 'b', Chat: 'c' });
  const bases = basesOf({ applied: point(1), names: recorded, open: entries }, [
    base(1, []),
    base(2, [user(ANA, { Billing: 1 }), user(BEN, { Chat: 1 })]),
  ]);
  expect(changes(comparing(state([user(ANA), user(BEN)]), seen, bases))).toEqual([
    ['u1', 'remove b git'],
    ['u2', 'remove c git'],
  ]);
});
