/** What the past of the files says of people: points, scopes, names that moved, and who is not looked at. */
import { expect, test } from 'vitest';
import { diffUser } from '../../src/diff/diff.ts';
import { diffEverybody } from '../../src/diff/everybody.ts';
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
import { emptyLedger } from '../../src/ledger/steps.ts';
import { keyed } from '../../src/model/assignment.ts';
import type { BaseState, Bases } from '../../src/model/base.ts';
import type { DesiredState, DesiredUser, Want } from '../../src/model/desired.ts';
import { DEFAULT_GUARDS } from '../../src/model/guard.ts';
import type { Ledger, OpenUser } from '../../src/model/ledger.ts';
import type { CatalogueItem, LiveState } from '../../src/model/live.ts';
import { type Point, pointKey } from '../../src/model/point.ts';
import type { Targets } from '../../src/model/target.ts';
import { normalizeMemory } from '../../src/providers/memory/normalize.ts';
import { list, NO_NAMES, target } from '../support/builders.ts';

const place = { file: 'rosters/a.yaml', line: 2, col: 3 };
const source = { ...place, chain: [] };
const gives = (proficiency: number): Want => ({ state: 'value', proficiency, loan: false, source });

const user = (
  key: string,
  skills: Readonly<Record<string, number>> = {},
  more: Partial<DesiredUser> = {},
): DesiredUser => ({
  key,
  teams: [],
  place,
  ownership: 'listed',
  released: false,
  wants: {
    skill: new Map(Object.entries(skills).map(([name, value]) => [name, gives(value)])),
    language: new Map(),
  },
  ...more,
});

const state = (users: readonly DesiredUser[], pins: Readonly<Record<string, string>> = {}) =>
  ({
    org: 'eu',
    day: '2026-11-23',
    users: new Map(users.map((one) => [one.key, one])),
    catalogue: new Map(Object.entries(pins).map(([name, id]) => [name, { name, id, place }])),
    upcoming: [],
  }) satisfies DesiredState;

const point = (n: number): Point => ({ commit: `${n}`.repeat(40), day: '2026-11-20' });
const base = (n: number, users: readonly DesiredUser[]): BaseState => {
  const onDay = state(users);
  return { point: point(n), onDay, now: onDay, guards: DEFAULT_GUARDS };
};
const basesOf = (ledger: Partial<Ledger>, states: readonly BaseState[]): Bases => ({
  commit: 'l'.repeat(40),
  ledger: {
    ...emptyLedger({ org: 'eu', orgId: null, platform: 'admin', folder: '' }),
    ...ledger,
  },
  states: new Map(states.map((one) => [pointKey(one.point), one])),
  doubts: [],
});
const open = (key: string, more: Partial<OpenUser> = {}): OpenUser => ({
  key,
  base: null,
  written: [],
  ...more,
});

const live = (
  people: Readonly<Record<string, { email: string; active?: boolean; has?: object | null }>>,
  catalogue: readonly CatalogueItem[] | undefined = [
    { kind: 'skill', id: 'b', name: 'Billing' },
    { kind: 'skill', id: 'c', name: 'Chat' },
  ],
): LiveState => ({
  users: new Map(
    Object.entries(people).map(([id, { email, active = true, has = {} }]) => [
      id,
      {
        person: { id, email, active },
        list:
          has === null
            ? ({ proven: false, why: 'It was not shown.' } as const)
            : ({ proven: true, assignments: list(has as Record<string, number>) } as const),
      },
    ]),
  ),
  catalogue,
  directory: true,
});

const ANA = 'ana@x.test';
const BEN = 'ben@x.test';

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
  expect(sameUser(user(ANA, { a: 1 }), user(ANA, { b: 1 }))).toBe(false);
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
  const repinned = { ...files, desired: state([user(ANA, { Billing: 1 })], { Billing: 'other' }) };
  expect(scopeKeys({ changed: true, users: [ANA] }, repinned)).toEqual(new Set([ANA]));
});

const targetsOf = (desired: DesiredState, seen: LiveState): Targets =>
  normalizeMemory(desired, seen);

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
  expect(found[0]?.message).toContain('`b`');
  const pinned = state([user(ANA, { Billing: 1 })], { Billing: 'b' });
  const quiet = { desired: pinned, targets: targetsOf(pinned, seen), live: seen, ledger };
  expect(movedNames(quiet)).toEqual([]);
  const blind = { ...seen, catalogue: undefined };
  const unlisted = { desired, targets: targetsOf(desired, blind), live: blind, ledger };
  expect(movedNames(unlisted)).toEqual([]);
});

const comparing = (
  desired: DesiredState,
  seen: LiveState,
  bases: Bases | undefined,
  more: Partial<Parameters<typeof diffEverybody>[0]> = {},
) =>
  diffEverybody({
    desired,
    targets: targetsOf(desired, seen),
    live: seen,
    bases,
    ids: new Map(),
    ownership: 'listed',
    normalize: normalizeMemory,
    only: undefined,
    leavers: true,
    allowRolledBack: false,
    ...more,
  });

test('whom the platform does not show, or not whole, is held and left', () => {
  const desired = state([user(ANA, { Billing: 1 }), user(BEN, { Billing: 1 })]);
  const seen = live({ u1: { email: ANA, has: null } });
  const ids = new Map([[BEN, 'u2']]);
  const compared = comparing(desired, seen, basesOf({ applied: point(1) }, [base(1, [])]), { ids });
  expect(compared.held.map(({ reason }) => reason)).toEqual(['unread']);
  expect(compared.left).toMatchObject({ u1: ANA, u2: BEN });
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
