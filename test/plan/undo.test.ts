/** Undoing a run key by key, and what the ledger may say once a plan has been applied. */
import { expect, test } from 'vitest';
import { dormant, keyed } from '../../src/model/assignment.ts';
import type { RecordedUser } from '../../src/model/ledger.ts';
import { undo } from '../../src/plan/rollback.ts';
import { settlement } from '../../src/plan/settle.ts';
import { list, NO_NAMES } from '../support/builders.ts';

const user: RecordedUser = {
  key: 'ana@example.com',
  before: list({ changed: 1, removed: 2, foreign: 9 }),
  changes: [
    { kind: 'skill', id: 'changed', action: 'change', before: 1, after: 5 },
    { kind: 'skill', id: 'removed', action: 'remove', before: 2 },
    { kind: 'skill', id: 'added', action: 'add', after: 3 },
    { kind: 'language', id: 'spoken', action: 'add', after: 4 },
  ],
  named: { skill: [], language: [] },
  outcome: 'applied',
};
const NAMES = { ...NO_NAMES, skill: keyed([['changed', 'Changed']]) };
const undone = (live: ReturnType<typeof list>, name?: string) =>
  undo({ userId: 'u1', user, live, names: NAMES, ...(name === undefined ? {} : { name }) });

test('every key goes back to what it was, and all others are carried', () => {
  const { diff, held } = undone(
    list({ changed: 5, added: 3, foreign: 9, newer: 8 }, { spoken: 4 }),
    'Ana',
  );
  expect(held).toEqual([]);
  expect(diff?.after).toEqual(list({ changed: 1, removed: 2, foreign: 9, newer: 8 }));
  expect(diff?.changes.map(({ name, action }) => `${action} ${name}`)).toEqual([
    'change Changed',
    'remove added',
    'add removed',
    'remove spoken',
  ]);
  expect(diff).toMatchObject({ name: 'Ana', foreignKept: 2 });
});

test('what was changed since is held, and what is already back is left', () => {
  const { diff, held } = undone(list({ changed: 6, removed: 2, added: 3 }));
  expect(held.map(({ reason, assignment }) => `${reason} ${assignment?.name}`)).toEqual([
    'changed-since Changed',
  ]);
  expect(diff?.changes.map(({ id }) => id)).toEqual(['added']);
  expect(undone(list({ changed: 1, removed: 2 })).diff).toBeUndefined();
});

test('what was dormant is put back to sleep, neither revived nor dropped', () => {
  const woken: RecordedUser = {
    ...user,
    changes: [{ kind: 'skill', id: 'woken', action: 'add', before: dormant(4), after: 2 }],
  };
  const back = (live: ReturnType<typeof list>) =>
    undo({ userId: 'u1', user: woken, live, names: NO_NAMES });
  const { diff, held } = back(list({ woken: 2, asleep: dormant(9), foreign: 1 }));
  expect(held).toEqual([]);
  expect(diff?.after).toEqual(list({ woken: dormant(4), asleep: dormant(9), foreign: 1 }));
  expect(diff?.changes).toMatchObject([{ action: 'remove', before: 2, after: dormant(4) }]);
  expect(diff?.foreignKept).toBe(1);
  expect(back(list({ woken: dormant(4) }))).toEqual({ diff: undefined, held: [] });
  expect(back(list()).held).toMatchObject([{ reason: 'changed-since' }]);
});

test('a removal that left something dormant is undone as any other', () => {
  const { diff, held } = undone(list({ changed: 1, removed: dormant(2) }));
  expect(held).toEqual([]);
  expect(diff?.after).toEqual(list({ changed: 1, removed: 2 }));
  expect(undone(list({ changed: 1, removed: 2, added: dormant(3) })).diff).toBeUndefined();
});

test('two changes of one name are told in the order of their ids', () => {
  const twins = {
    ...NO_NAMES,
    skill: keyed([
      ['changed', 'Same'],
      ['added', 'Same'],
    ]),
  };
  const { diff } = undo({
    userId: 'u1',
    user,
    live: list({ changed: 5, added: 3, removed: 2 }),
    names: twins,
  });
  expect(diff?.changes.map(({ id }) => id)).toEqual(['added', 'changed']);
});

test('whoever is held or left is not verified, each once, and a narrowed plan verifies whom it read', () => {
  const place = { file: 'a.yaml', line: 1, col: 1 };
  const held = (key: string, userId?: string) =>
    ({ key, reason: 'inactive', message: '', place, ...(userId ? { userId } : {}) }) as const;
  const targets = { users: [], held: [], released: [], names: NO_NAMES, findings: [] };
  const input = {
    point: null,
    targets,
    held: [held('ana', 'u1'), held('ben'), held('cem')],
    settled: keyed([['u9', 'zoe']]),
    left: keyed([['u3', 'cem']]),
    partly: keyed<string>(),
    formerly: keyed<string>(),
  };
  const whole = settlement({ ...input, scope: null });
  expect(whole).toMatchObject({ reach: 'whole', left: { u1: 'ana', 'key:ben': 'ben', u3: 'cem' } });
  expect(Object.keys(whole.left)).toHaveLength(3);
  expect(Object.keys(whole.verified)).toEqual([]);
  expect(settlement({ ...input, scope: { causes: ['git'] } }).reach).toBe('whole');
  expect(whole).not.toHaveProperty('formerly');
  const formerly = keyed([
    ['zoe', 'zoë'],
    ['ana', 'anna'],
  ]);
  const renamed = settlement({ ...input, scope: null, formerly }).formerly;
  expect(Object.entries(renamed ?? {})).toEqual([
    ['ana', 'anna'],
    ['zoe', 'zoë'],
  ]);
  const narrowed = settlement({ ...input, scope: { users: ['zoe'] } });
  expect(narrowed).toMatchObject({ reach: 'narrowed', verified: { u9: 'zoe' } });
  expect(narrowed).not.toHaveProperty('partly');
  const partly = keyed([
    ['u3', 'cem'],
    ['u1', 'ana'],
  ]);
  const said = settlement({ ...input, scope: { users: ['ana', 'cem'] }, partly }).partly;
  expect(Object.entries(said ?? {})).toEqual([
    ['u1', 'ana'],
    ['u3', 'cem'],
  ]);
  for (const scope of [
    { causes: ['git'] },
    { at: 'base' },
    { ignore: { users: [], skills: [] } },
  ] as const)
    expect(settlement({ ...input, scope, partly })).not.toHaveProperty('partly');
});
