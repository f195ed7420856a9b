/** Who left the files, and who only looks as if he had: nobody is taken for a leaver over a key that changes. */
import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import {
  ANA,
  BEN,
  base,
  basesOf,
  comparing,
  live,
  open,
  point,
  state,
  targetsOf,
  user,
} from './world.ts';

const NAMES = { skill: keyed([['Billing', 'b']]), language: keyed<string>() };
const NEW = 'ana.new@x.test';
const gave = user(ANA, { Billing: 1 });
const applied = (...users: readonly ReturnType<typeof user>[]) =>
  basesOf({ applied: point(1), names: NAMES }, [base(1, users)]);

test('whoever is renamed in the files before he is on the platform keeps what he has', () => {
  const seen = live({ u1: { email: ANA, has: { b: 1 } } });
  const desired = state([user(NEW, { Billing: 1 }, { formerly: ANA })]);
  for (const ids of [new Map(), new Map([[ANA, 'u1']])]) {
    const { diffs, left } = comparing(desired, seen, applied(gave), { ids });
    expect(diffs).toEqual([]);
    expect(left).toEqual(ids.size === 0 ? {} : { u1: NEW });
  }
});

test('whoever is renamed on the platform before he is in the files keeps what he has', () => {
  const seen = live({ u1: { email: NEW, has: { b: 1 } } });
  const ids = new Map([[ANA, 'u1']]);
  const desired = state([gave]);
  const { diffs, left, settled } = comparing(desired, seen, applied(gave), { ids });
  expect(diffs).toEqual([]);
  expect(left).toEqual({ u1: ANA });
  expect(settled).toEqual({});
});

test('a key that means somebody else now leaves its first owner behind', () => {
  const seen = live({ u1: { email: 'x@x.test', has: { b: 1 } }, u2: { email: ANA } });
  const desired = state([gave]);
  const passed = comparing(desired, seen, applied(gave), { ids: new Map([[ANA, 'u1']]) });
  expect(passed.diffs.map(({ userId, leaver }) => [userId, leaver])).toEqual([
    ['u2', undefined],
    ['u1', true],
  ]);
  const same = comparing(desired, seen, applied(gave), { ids: new Map([[ANA, 'u2']]) });
  expect(same.diffs.map(({ userId }) => userId)).toEqual(['u2']);
  const unknown = comparing(desired, seen, applied(gave));
  expect(unknown.diffs.map(({ userId }) => userId)).toEqual(['u2']);
});

test('a leaver whom the base calls something else is found by his id, and nobody else is', () => {
  const seen = live({
    u1: { email: NEW, has: { b: 1 } },
    u2: { email: BEN, has: { b: 1 } },
    u3: { email: 'cem@x.test', has: { b: 1 } },
  });
  const ids = new Map([
    [ANA, 'u1'],
    [BEN, 'u2'],
    ['cem@x.test', 'u3'],
  ]);
  const others = [
    user(BEN, { Billing: 1 }),
    user('cem@x.test', { Billing: 1 }, { released: true }),
  ];
  const entries = keyed([['u1', open(NEW, { base: point(1) })]]);
  const bases = basesOf({ applied: point(2), names: NAMES, open: entries }, [
    base(1, [...others, gave]),
    base(2, others),
  ]);
  const { diffs } = comparing(state(others), seen, bases, { ids });
  expect(diffs.map(({ userId, key, leaver }) => [userId, key, leaver])).toEqual([
    ['u1', ANA, true],
  ]);
});

test('whom the base released, or does not know, does not leave it', () => {
  const seen = live({ u1: { email: ANA, has: { b: 1 } } });
  const ids = new Map([[ANA, 'u1']]);
  const entries = keyed([['u1', open(ANA, { base: point(1) })]]);
  const lapsed = (then: ReturnType<typeof user>) =>
    basesOf({ applied: point(2), names: NAMES, open: entries }, [base(1, [then]), base(2, [])]);
  const nobody = state([user(BEN)]);
  const released = lapsed(user(ANA, { Billing: 1 }, { released: true }));
  expect(comparing(nobody, seen, released, { ids }).diffs).toEqual([]);
  const other = lapsed(user('zoe@x.test', { Billing: 1 }));
  expect(comparing(nobody, seen, other, { ids }).diffs).toEqual([]);
  const unnamed = basesOf(
    { applied: point(1), open: keyed([['key:x', open('x', { base: point(1) })]]) },
    [base(1, [user('zoe@x.test', { Billing: 1 })])],
  );
  const zoe = live({ u9: { email: 'zoe@x.test', has: { b: 1 } } });
  const found = comparing(state([user('zoe@x.test', { Billing: 1 })]), zoe, unnamed);
  expect(found.diffs).toEqual([]);
});

test('somebody the base knows by two keys leaves it once', () => {
  const seen = live({ u1: { email: ANA, has: { b: 1, c: 2 } } });
  const names = {
    ...NAMES,
    skill: keyed([
      ['Billing', 'b'],
      ['Chat', 'c'],
    ]),
  };
  const entries = keyed([['key:id:u1', open('id:u1', { base: point(2) })]]);
  const bases = basesOf({ applied: point(1), names, open: entries }, [
    base(1, [gave]),
    base(2, [user('id:u1', { Chat: 2 })]),
  ]);
  const { diffs } = comparing(state([user(BEN)]), seen, bases);
  expect(diffs.map(({ userId }) => userId)).toEqual(['u1']);
});

test('e-mails and user names are the same in any case, ids are not', () => {
  const then = [user('Ana.Ruiz', { Billing: 1 })];
  const seen = live({ u1: { userName: 'ANA.RUIZ', has: { b: 1 } } });
  const bases = applied(...then);
  expect(comparing(state([user('ana.ruiz', { Billing: 1 })]), seen, bases).diffs).toEqual([]);
  const byId = live({ Ab: { email: ANA, has: { b: 1 } }, aB: { email: BEN, has: { b: 1 } } });
  const desired = state([user('id:Ab', { Billing: 1 })]);
  const both = applied(user('id:Ab', { Billing: 1 }), user('id:aB', { Billing: 1 }));
  const { diffs } = comparing(desired, byId, both);
  expect(diffs.map(({ userId, leaver }) => [userId, leaver])).toEqual([['aB', true]]);
});

test('an inactive leaver is held when he has something to lose, or when that cannot be told', () => {
  const seen = live({ u1: { email: ANA, active: false, has: { b: 1 } } });
  const desired = state([user(BEN)]);
  expect(comparing(desired, seen, applied(gave)).held).toMatchObject([
    { key: ANA, userId: 'u1', reason: 'inactive' },
  ]);
  const now = state([user(ANA, { Billing: 1 })]);
  const stays = comparing(now, seen, applied(gave), { targets: targetsOf(now, seen) });
  expect(stays.left).toEqual({ u1: ANA });
  expect(stays.held).toEqual([]);
});
