/** What the past of the files says of people: points, scopes, names that moved, and who is not looked at. */
import { expect, test } from 'vitest';
import { diffUser } from '../../src/diff/diff.ts';
import { movedNames } from '../../src/diff/moved.ts';
import { narrowTo } from '../../src/diff/narrow.ts';
import {
  baseKeys,
  formerKeys,
  idsSeen,
  openOf,
  pointsOf,
  statesOf,
} from '../../src/diff/points.ts';
import { sameUser } from '../../src/diff/same.ts';
import { scopeKeys } from '../../src/diff/scope.ts';
import { keyed } from '../../src/model/assignment.ts';
import type { BaseState } from '../../src/model/base.ts';
import type { Want } from '../../src/model/desired.ts';
import { list, NO_NAMES, target } from '../support/builders.ts';
import {
  ANA,
  BEN,
  base,
  basesOf,
  comparing,
  live,
  open,
  point,
  source,
  state,
  targetsOf,
  user,
} from './world.ts';

test('an entry is found by id, by key, or by the key he had before', () => {
  const bases = basesOf(
    {
      open: keyed([
        ['u1', open(ANA)],
        [`key:${BEN}`, open(BEN)],
      ]),
    },
    [],
  );
  expect(openOf(bases, { id: 'u1', key: 'other' })?.key).toBe(ANA);
  expect(openOf(bases, { key: BEN })?.key).toBe(BEN);
  expect(openOf(bases, { id: 'u9', key: 'new', formerly: BEN })?.key).toBe(BEN);
  expect(openOf(bases, { key: 'new' })).toBeUndefined();
});

test('the points of a base: the common one, his own, or none', () => {
  const bases = basesOf({ applied: point(1) }, [base(1, [])]);
  expect(pointsOf(bases, undefined)).toEqual([point(1)]);
  expect(pointsOf(basesOf({}, []), undefined)).toEqual([]);
  expect(pointsOf(bases, open(ANA, { written: [point(2)] }))).toEqual([point(2)]);
  expect(pointsOf(bases, open(ANA, { base: point(3), written: [point(2)] }))).toHaveLength(2);
  expect(statesOf(bases, [point(1), point(9)])).toHaveLength(1);
});

test('everybody the ledger speaks of, once', () => {
  const entries = keyed([
    ['u1', open(ANA)],
    [`key:${BEN}`, open(BEN)],
  ]);
  const bases = basesOf({ applied: point(1), open: entries }, [
    base(1, [user(ANA), user('cem@x.test')]),
  ]);
  expect([...baseKeys(bases)].map(({ key, id }) => [key, id])).toEqual([
    [ANA, 'u1'],
    [BEN, undefined],
    ['cem@x.test', undefined],
  ]);
  expect([...baseKeys(basesOf({ applied: point(4) }, []))]).toEqual([]);
  expect([...baseKeys(basesOf({}, []))]).toEqual([]);
});

test('ids are as last seen, or where the ledger has somebody; its keys may be those people had before', () => {
  const entries = keyed([
    ['u1', open(ANA)],
    ['u2', open(BEN)],
    ['key:cem@x.test', open('cem@x.test')],
  ]);
  const bases = basesOf({ open: entries }, []);
  const ids = idsSeen({ bases, ids: new Map([[BEN, 'u9']]) });
  expect([...ids]).toEqual([
    [ANA, 'u1'],
    [BEN, 'u9'],
  ]);
  expect([...idsSeen({ bases: undefined, ids })]).toEqual([...ids]);
  const renamed = [
    user('ana.new@x.test', {}, { formerly: ANA }),
    user('cem.new@x.test', {}, { formerly: 'cem@x.test' }),
    user('dee.new@x.test', {}, { formerly: 'dee@x.test' }),
    user(BEN),
  ];
  const desired = state(renamed);
  expect(Object.entries(formerKeys({ desired, bases }))).toEqual([
    ['ana.new@x.test', ANA],
    ['cem.new@x.test', 'cem@x.test'],
  ]);
  expect(Object.keys(formerKeys({ desired, bases: undefined }))).toEqual([]);
});

test('users are the same when their wants are, whatever their places', () => {
  expect(sameUser(undefined, undefined)).toBe(true);
  expect(sameUser(user(ANA), undefined)).toBe(false);
  expect(sameUser(user(ANA), user(ANA, {}, { released: true }))).toBe(false);
  expect(sameUser(user(ANA), user(ANA, {}, { ownership: 'complete' }))).toBe(false);
  expect(sameUser(user(ANA, { a: 1 }), user(ANA, { a: 1 }))).toBe(true);
  expect(sameUser(user(ANA, { a: 1 }), user(ANA, { a: 2 }))).toBe(false);
  expect(sameUser(user(ANA, { a: 1 }), user(ANA, { a: 1, b: 1 }))).toBe(false);
  const wanting = (want: Want) =>
    user(ANA, {}, { wants: { skill: new Map([['a', want]]), language: new Map() } });
  const source = { file: 'rosters/a.yaml', line: 3, col: 5, chain: [] };
  const taken = wanting({ state: 'absent', source });
  const ended = wanting({ state: 'absent', loan: true, source });
  const pending = wanting({ state: 'pending', from: '2026-12-01', source });
  expect(sameUser(taken, taken)).toBe(true);
  expect(sameUser(ended, wanting({ state: 'absent', loan: true, source }))).toBe(true);
  expect(sameUser(taken, ended)).toBe(false);
  expect(sameUser(ended, pending)).toBe(false);
  expect(sameUser(pending, wanting({ state: 'pending', from: '2026-12-02', source }))).toBe(true);
  expect(sameUser(taken, user(ANA, { a: 1 }))).toBe(false);
  expect(sameUser(user(ANA, { a: 1 }), user(ANA, { b: 1 }))).toBe(false);
  const lent = (loan: boolean) => {
    const want = { state: 'value', proficiency: 1, loan, source } as const;
    return user(ANA, {}, { wants: { skill: new Map([['a', want]]), language: new Map() } });
  };
  expect(sameUser(lent(true), lent(false))).toBe(false);
  expect(sameUser(lent(true), lent(true))).toBe(true);
  const absent = user(ANA);
  const gone = {
    ...absent,
    wants: { ...absent.wants, skill: new Map([['a', { state: 'absent', source } as const]]) },
  };
  expect(sameUser(gone, user(ANA, { a: 1 }))).toBe(false);
  expect(
    sameUser(gone, { ...gone, wants: { ...gone.wants, skill: new Map(gone.wants.skill) } }),
  ).toBe(true);
});

test('a scope is nobody else, in the files now or at base', () => {
  const desired = state([user(ANA, { Billing: 1 }, { teams: ['x'] }), user(BEN, { Billing: 1 })]);
  const ids = new Map<string, string>();
  const none = { desired, bases: undefined, ids };
  expect(scopeKeys(null, none)).toBeUndefined();
  expect(scopeKeys({ causes: ['git'] }, none)).toBeUndefined();
  expect(scopeKeys({ changed: true }, none)).toEqual(new Set([ANA, BEN]));
  expect(scopeKeys({ users: [BEN] }, none)).toEqual(new Set([BEN]));
  expect(scopeKeys({ teams: ['x'] }, none)).toEqual(new Set([ANA]));
  const past = basesOf({ applied: point(1) }, [
    base(1, [
      user(ANA, { Billing: 1 }),
      user('old@x.test', { Billing: 1 }),
      user('cem@x.test', {}, { teams: ['x'] }),
    ]),
  ]);
  const files = { desired, bases: past, ids };
  expect(scopeKeys({ changed: true }, files)).toEqual(new Set([BEN, 'old@x.test', 'cem@x.test']));
  expect(scopeKeys({ teams: ['x'] }, files)).toEqual(new Set([ANA, 'cem@x.test']));
  const renamed = state([user(BEN, { Billing: 1 }, { formerly: 'old@x.test' })]);
  expect(scopeKeys({ changed: true, users: [BEN] }, { ...files, desired: renamed })).toEqual(
    new Set(),
  );
  const never = basesOf({ applied: point(1), open: keyed([['u1', open(ANA)]]) }, [
    base(1, [user(ANA, { Billing: 1 })]),
  ]);
  expect(scopeKeys({ changed: true, users: [ANA] }, { ...files, bases: never })).toEqual(new Set());
  expect(scopeKeys({ changed: true }, { ...files, bases: basesOf({}, []) })?.size).toBe(2);
  const written = basesOf(
    {
      applied: point(1),
      open: keyed([['u1', open(ANA, { base: point(1), written: [point(2)] })]]),
    },
    [base(1, [user(ANA, { Billing: 1 })]), base(2, [user(ANA, { Billing: 2 })])],
  );
  const inDoubt = { ...files, bases: written, ids: new Map([[ANA, 'u1']]) };
  expect(scopeKeys({ changed: true, users: [ANA] }, inDoubt)).toEqual(new Set([ANA]));
  const known = basesOf(
    { applied: point(1), open: keyed([['u1', open('other@x.test', { base: point(2) })]]) },
    [base(1, [user(ANA, { Billing: 1 })]), base(2, [user(ANA, { Billing: 2 })])],
  );
  const byId = { ...files, bases: known, ids: new Map([[ANA, 'u1']]) };
  expect(scopeKeys({ changed: true, users: [ANA] }, byId)).toEqual(new Set([ANA]));
  expect(scopeKeys({ changed: true, users: [ANA] }, { ...byId, ids: new Map() })?.size).toBe(0);
  const came = { ...files, desired: state([user('new@x.test', {}, { teams: ['x'] })]) };
  expect(scopeKeys({ changed: true, teams: ['x'] }, came)).toEqual(
    new Set([ANA, 'cem@x.test', 'new@x.test'].filter((key) => key !== ANA)),
  );
  const repinned = { ...files, desired: state([user(ANA, { Billing: 1 })], { Billing: 'other' }) };
  expect(scopeKeys({ changed: true, users: [ANA] }, repinned)).toEqual(new Set([ANA]));
});

test('a name that means another skill, or none, since it was applied is told of, unless it is pinned', () => {
  const names = {
    skill: keyed([
      ['Billing', 'old'],
      ['Chat', 'c'],
      ['Gone', 'z'],
    ]),
    language: keyed<string>(),
  };
  const { ledger } = basesOf({ names }, []);
  const desired = state([user(ANA, { Billing: 1, Chat: 2, Gone: 3 }), user(BEN, { Billing: 2 })]);
  const seen = live({ u1: { email: ANA } }, [
    { kind: 'skill', id: 'b', name: 'Billing' },
    { kind: 'skill', id: 'c', name: 'Chat' },
    { kind: 'skill', id: 'z', name: 'Went' },
  ]);
  const found = movedNames({ desired, targets: targetsOf(desired, seen), live: seen, ledger });
  expect(found.map(({ code }) => code)).toEqual(['skill-id-moved', 'skill-renamed']);
  expect(found[0]).toMatchObject({
    severity: 'error',
    message:
      'The skill `Billing` is `b` on the platform now; it was `old` when it was last applied.',
    hint: 'Pin the id that is meant under `skills` of a roster: `Billing: { id: b }`.',
    place: { file: 'rosters/a.yaml', line: 2, col: 3 },
  });
  expect(found[1]).toMatchObject({
    severity: 'error',
    message: 'The skill `Gone` (`z`) is called `Went` on the platform now.',
    hint: 'Write `Went` in the files, or pin `Gone: { id: z }` under `skills`.',
  });
  const described = {
    ...desired,
    catalogue: new Map([
      ['Billing', { name: 'Billing', place: { file: 'a.yaml', line: 1, col: 1 } }],
    ]),
  };
  const unpinned = { desired: described, targets: targetsOf(described, seen), live: seen, ledger };
  expect(movedNames(unpinned)).toHaveLength(2);
  const firstUse = state([
    user(ANA, { Billing: 1 }),
    user(
      BEN,
      {},
      {
        wants: {
          skill: new Map([['Billing', { state: 'absent', source: { ...source, line: 99 } }]]),
          language: new Map(),
        },
      },
    ),
  ]);
  const used = { desired: firstUse, targets: targetsOf(firstUse, seen), live: seen, ledger };
  expect(movedNames(used)[0]?.place?.line).toBe(2);
  const pinned = state([user(ANA, { Billing: 1 })], { Billing: 'b' });
  const quiet = { desired: pinned, targets: targetsOf(pinned, seen), live: seen, ledger };
  expect(movedNames(quiet)).toEqual([]);
  const blind = { ...seen, catalogue: undefined };
  const unlisted = { desired, targets: targetsOf(desired, blind), live: blind, ledger };
  expect(movedNames(unlisted)).toEqual([]);
});

test('whom the platform does not show, or not whole, is held and left', () => {
  const desired = state([user(ANA, { Billing: 1 }), user(BEN, { Billing: 1 })]);
  const seen = live({ u1: { email: ANA, has: null } });
  const ids = new Map([[BEN, 'u2']]);
  const compared = comparing(desired, seen, basesOf({ applied: point(1) }, [base(1, [])]), { ids });
  expect(compared.held.map(({ reason }) => reason)).toEqual(['unread']);
  expect(compared.left).toMatchObject({ u1: ANA, u2: BEN });
  const gone2 = live({ u2: { email: BEN, active: false } });
  expect(comparing(state([user(BEN)]), gone2, undefined).left).toEqual({ u2: BEN });
  const targets = targetsOf(desired, seen);
  const gone = comparing(desired, { ...seen, users: new Map() }, undefined, { targets });
  expect(gone.held[0]?.message).toContain('did not return it');
});

test('whom the platform does not show keeps what the ledger says of his id, by the key he has or had', () => {
  const seen = live({ u9: { email: 'eve@x.test' } });
  const then = [user(ANA, { Billing: 1 }), user(BEN, { Billing: 1 })];
  const bases = basesOf({ applied: point(1) }, [base(1, then)]);
  const ids = new Map([
    [ANA, 'u1'],
    [BEN, 'u2'],
  ]);
  const renamed = user('ana.new@x.test', { Billing: 1 }, { formerly: ANA });
  const desired = state([renamed, user(BEN, { Billing: 1 }), user('new@x.test')]);
  expect(comparing(desired, seen, bases, { ids }).left).toEqual({
    u1: 'ana.new@x.test',
    u2: BEN,
  });
});

test('somebody undone is held while his files say the same, and goes on when allowed or changed', () => {
  const desired = state([user(ANA, { Billing: 1 })]);
  const seen = live({ u1: { email: ANA } });
  const undone = (said: number) =>
    basesOf(
      {
        applied: point(1),
        open: keyed([
          ['u1', open(ANA, { base: point(2), rolledBack: { run: 'r', at: point(1) } })],
        ]),
      },
      [base(1, [user(ANA, { Billing: said })]), base(2, [])],
    );
  expect(comparing(desired, seen, undone(1)).held.map(({ reason }) => reason)).toEqual([
    'rolled-back',
  ]);
  expect(comparing(desired, seen, undone(2)).diffs).toHaveLength(1);
  expect(comparing(desired, seen, undone(1), { allowRolledBack: true }).diffs).toHaveLength(1);
});

test('at the files of the base nobody leaves, and whom it does not manage is left alone', () => {
  const seen = live({
    u1: { email: ANA },
    u2: { email: BEN, has: { b: 1 } },
    u3: { email: 'cem@x.test' },
  });
  const entries = keyed([
    ['u1', open(ANA, { base: point(1) })],
    ['u2', open(BEN, { written: [point(1)] })],
    ['key:dee@x.test', open('dee@x.test')],
  ]);
  const bases = basesOf({ applied: point(1), open: entries }, [
    base(1, [user(ANA, { Billing: 1 }), user(BEN, { Billing: 1 }), user('cem@x.test')]),
  ]);
  const desired = state([user(ANA, { Billing: 1 })]);
  const compared = comparing(desired, seen, bases, { leavers: false });
  expect(compared.diffs.map(({ key }) => key)).toEqual([ANA]);
  expect(compared.left).toEqual({ u2: BEN, 'key:dee@x.test': 'dee@x.test' });
  expect(comparing(desired, seen, undefined, { leavers: false }).left).toEqual({});
});

test('at the files of the base a name means, for each, what it meant where he was verified', () => {
  const catalogue = [
    { kind: 'skill', id: 'b', name: 'Billing' },
    { kind: 'skill', id: 'b2', name: 'Billing (old)' },
  ] as const;
  const seen = live(
    { u1: { email: ANA, has: { b: 5 } }, u2: { email: BEN, has: { b2: 5 } } },
    catalogue,
  );
  const pinned = state([user(BEN, { Billing: 2 })], { Billing: 'b2' });
  const his: BaseState = { ...base(2, []), onDay: pinned, now: pinned };
  const names = { skill: keyed([['Billing', 'b']]), language: keyed<string>() };
  const entries = keyed([['u2', open(BEN, { base: point(2) })]]);
  const bases = basesOf({ applied: point(1), names, open: entries }, [
    base(1, [user(ANA, { Billing: 1 })]),
    his,
  ]);
  const desired = state([user(ANA, { Billing: 1 }), user(BEN, { Billing: 2 })]);
  const { diffs } = comparing(desired, seen, bases, { leavers: false });
  expect(diffs.map(({ key, after }) => [key, { ...after.skill }])).toEqual([
    [ANA, { b: 1 }],
    [BEN, { b2: 2 }],
  ]);
});

test('whoever was never verified has no files of his own to mean something else by', () => {
  const seen = live({ u1: { email: ANA, has: { b: 5 } } });
  const bases = basesOf({ applied: point(1), open: keyed([['u1', open(ANA)]]) }, [base(1, [])]);
  const desired = state([user(ANA, { Billing: 1 })]);
  const { diffs } = comparing(desired, seen, bases, { leavers: false });
  expect(diffs.map(({ key, after }) => [key, { ...after.skill }])).toEqual([[ANA, { b: 1 }]]);
});

test('who left: active, inactive with and without something to lose, unknown, and under another of his keys', () => {
  const seen = live({
    u1: { email: ANA, has: { b: 1 } },
    u2: { email: BEN, active: false, has: { b: 1 } },
    u3: { email: 'cem@x.test', active: false, has: {} },
    u4: { email: 'dee@x.test', active: false, has: null },
    u5: { email: 'eve@x.test', has: { b: 1 } },
    u6: { email: 'fay@x.test', active: false, has: { b: 1 } },
  });
  const then = [ANA, BEN, 'cem@x.test', 'dee@x.test', 'eve@x.test', 'fay@x.test', 'gone@x.test'];
  const bases = basesOf(
    { applied: point(1), names: { skill: keyed([['Billing', 'b']]), language: keyed() } },
    [
      base(
        1,
        then.map((key) => user(key, { Billing: 1 })),
      ),
    ],
  );
  const desired = state([user('id:u5', { Billing: 1 }), user('id:u6', { Billing: 1 })]);
  const compared = comparing(desired, seen, bases);
  expect(compared.diffs.map(({ key, leaver }) => [key, leaver])).toEqual([[ANA, true]]);
  expect(compared.held.map(({ key, reason }) => [key, reason]).sort()).toEqual([
    [BEN, 'inactive'],
    ['dee@x.test', 'inactive'],
  ]);
  expect(compared.left).toMatchObject({ u3: 'cem@x.test', 'key:gone@x.test': 'gone@x.test' });
  expect(comparing(desired, seen, bases, { only: new Set([BEN]) }).diffs).toEqual([]);
});

test('of some causes alone the rest stays as it is live', () => {
  const seen = live({ u1: { email: ANA, has: { b: 9, c: 3 } }, u2: { email: BEN, has: { b: 9 } } });
  const names = {
    skill: keyed([
      ['Billing', 'b'],
      ['Chat', 'c'],
    ]),
    language: keyed<string>(),
  };
  const bases = basesOf({ applied: point(1), names }, [
    base(1, [user(ANA, { Billing: 1, Chat: 3 }), user(BEN, { Billing: 1 })]),
  ]);
  const desired = state([user(ANA, { Billing: 1 }), user(BEN, { Billing: 1 })]);
  const { diffs } = comparing(desired, seen, bases);
  const git = narrowTo(diffs, { causes: ['git'] });
  expect(git.diffs.map(({ key, after }) => [key, { ...after.skill }])).toEqual([[ANA, { b: 9 }]]);
  expect(git.left).toEqual({ u1: ANA, u2: BEN });
  const drift = narrowTo(diffs, { causes: ['drift'] });
  expect(drift.diffs.map(({ after }) => ({ ...after.skill }))).toEqual([{ b: 1, c: 3 }, { b: 1 }]);
  expect(narrowTo(diffs, null).diffs).toBe(diffs);
  expect(narrowTo(diffs, { causes: ['git', 'drift'] }).left).toEqual({});
  const without = (users: string[], skills: string[]) =>
    narrowTo(diffs, { ignore: { users, skills } }).diffs.map(({ key, changes }) => [
      key,
      changes.map(({ name }) => name),
    ]);
  expect(without([BEN.toUpperCase()], ['C?at'])).toEqual([[ANA, ['Billing']]]);
  expect(without(['*'], [])).toEqual([]);
  expect(without([], ['.*', 'Chat[s]'])).toEqual([
    [ANA, ['Billing', 'Chat']],
    [BEN, ['Billing']],
  ]);
});

test('what is left out is told, and the scope alone decides', () => {
  const names = { skill: keyed([['Billing', 'b']]), language: keyed<string>() };
  const bases = basesOf({ applied: point(1), names }, [base(1, [user(ANA, { Billing: 1 })])]);
  const desired = state([user(ANA, { Billing: 1, Chat: 3 })]);
  const seen = live({ u1: { email: ANA, has: { b: 9 } } });
  const { diffs } = comparing(desired, seen, bases);
  const said = ({ dropped }: ReturnType<typeof narrowTo>) =>
    dropped.map(({ userId, key, change }) => [userId, key, change.name]);
  expect(said(narrowTo(diffs, { causes: ['git'] }))).toEqual([['u1', ANA, 'Billing']]);
  expect(said(narrowTo(diffs, { causes: ['git', 'drift'] }))).toEqual([]);
  expect(said(narrowTo(diffs, null))).toEqual([]);
  expect(said(narrowTo(diffs, {}))).toEqual([]);
  expect(said(narrowTo(diffs, { ignore: { users: [], skills: ['chat'] } }))).toEqual([
    ['u1', ANA, 'Chat'],
  ]);
  expect(said(narrowTo(diffs, { ignore: { users: ['ana@*'], skills: [] } }))).toHaveLength(2);
  const [kept] = narrowTo(diffs, { causes: ['git'] }).diffs;
  expect(Object.keys(kept?.after.skill ?? {})).toEqual(['b', 'c']);
  const gone = comparing(state([user(ANA, { Chat: 3 })]), seen, bases).diffs;
  const [without] = narrowTo(gone, { ignore: { users: [], skills: ['Chat'] } }).diffs;
  expect(Object.keys(without?.after.skill ?? {})).toEqual([]);
});

test('a change and a list have no keys with nothing in them', () => {
  const bases = basesOf({}, []);
  const desired = state([user(ANA, { Billing: 1 })]);
  const [added] = comparing(desired, live({ u1: { email: ANA } }), bases).diffs;
  const keys = ['kind', 'id', 'name', 'action', 'after', 'cause', 'source'];
  expect(Object.keys(added?.changes[0] ?? {})).toEqual(keys);
  const one = target({ ownership: 'complete' });
  const taken = diffUser({ target: one, live: list({ a: 1 }), base: [], names: NO_NAMES }).diff;
  expect(Object.keys(taken?.changes[0] ?? {})).toEqual(
    keys.map((name) => (name === 'after' ? 'before' : name)),
  );
  expect(Object.keys(taken?.after.skill ?? {})).toEqual([]);
});

test('a chain is that of the first point that gave the value', () => {
  const through = (chain: readonly string[]) => {
    const gave = target({ skills: { a: 1 } });
    const { a } = gave.wants.skill;
    if (a?.want.state !== 'value') throw new Error('It is a value.');
    const want = { ...a.want, source: { ...source, chain } };
    return { ...gave, wants: { ...gave.wants, skill: keyed([['a', { ...a, want }]]) } };
  };
  const none = target({ skills: { a: 'absent' } });
  const at = (onDay: typeof none) => ({ onDay, now: onDay });
  const chainOf = (...sides: readonly ReturnType<typeof at>[]) =>
    diffUser({ target: target({}), live: list({ a: 1 }), base: sides, names: NO_NAMES }).diff
      ?.changes[0]?.source.chain;
  expect(chainOf(at(none), at(through(['team x'])), at(through(['team y'])))).toEqual(['team x']);
});

test('somebody undone is not held over files that cannot be read: the guard is for that', () => {
  const seen = live({ u1: { email: ANA, has: { b: 9 } } });
  const rolledBack = { run: 'run-1', at: point(7) };
  const bases = basesOf({ applied: point(1), open: keyed([['u1', open(ANA, { rolledBack })]]) }, [
    base(1, []),
  ]);
  const compared = comparing(state([user(ANA, { Billing: 1 })]), seen, bases);
  expect(compared.held).toEqual([]);
  expect(compared.diffs).toHaveLength(1);
});

test('a loan that may have been held back leaves what is there to nobody, unless the loan itself is there', () => {
  const lent = target({ skills: { a: { loan: 90 } } });
  const now = target({});
  const after = (has: number, sides: readonly Parameters<typeof diffUser>[0]['base'][number][]) =>
    diffUser({ target: now, live: list({ a: has }), base: sides, names: NO_NAMES }).diff?.after
      .skill;
  expect(after(40, [{ onDay: lent, now: undefined, unsure: true }])).toBeUndefined();
  expect(after(40, [{ onDay: lent, now: lent, unsure: true }])).toBeUndefined();
  expect(after(90, [{ onDay: lent, now: lent, unsure: true }])).toEqual({});
  expect(after(40, [{ onDay: lent, now: lent, unsure: false }])).toEqual({});
  const plain = target({ skills: { a: 90 } });
  expect(after(40, [{ onDay: plain, now: plain, unsure: true }])).toEqual({});
  expect(after(40, [{ onDay: undefined, now: undefined, unsure: true }])).toBeUndefined();
  const both = [
    { onDay: undefined, now: undefined, unsure: false },
    { onDay: target({ skills: { b: 1 } }), now: undefined, unsure: false },
    { onDay: plain, now: plain, unsure: false },
  ];
  expect(after(90, both)).toEqual({});
});
