/** What every place a ledger is kept in does alike. */
import { describe, expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import type { LedgerStore } from '../../src/model/ledger.ts';
import { all, COMMIT, ledger, record, step } from './world.ts';

export function ledgerContract(name: string, make: () => Promise<LedgerStore>): void {
  describe(`the ledger ${name}`, () => {
    test('begins with nothing', async () => {
      const store = await make();
      expect(await store.read()).toBeNull();
      expect(await store.people()).toEqual(new Map());
      expect(await all(store.history())).toEqual([]);
    });

    test('gives back what was added, newest first', async () => {
      const store = await make();
      const first = await store.append(null, step('first'));
      const second = await store.append(first.commit, step('second', { record: null }));
      const third = await store.append(second.commit, step('third'));
      expect(new Set([first.commit, second.commit, third.commit]).size).toBe(3);
      expect(await store.read()).toEqual({
        commit: third.commit,
        ledger: ledger(),
        record: record({ id: 'third' }),
      });
      const ids = (await all(store.history())).map((entry) => entry.record?.id ?? null);
      expect(ids).toEqual(['third', null, 'first']);
    });

    test('adds behind its end alone', async () => {
      const store = await make();
      const first = await store.append(null, step('first'));
      await store.append(first.commit, step('second'));
      for (const on of [null, first.commit, COMMIT]) {
        await expect(store.append(on, step('late'))).rejects.toMatchObject({
          code: 'ledger-moved',
        });
      }
      expect((await store.read())?.record?.id).toBe('second');
    });

    test('keeps the people until a step brings others', async () => {
      const store = await make();
      const people = new Map([
        ['ana@example.com', 'u-1'],
        ['__proto__', 'u-2'],
      ]);
      const first = await store.append(null, step('first', { people }));
      const second = await store.append(first.commit, step('second'));
      expect(await store.people()).toEqual(people);
      await store.append(second.commit, step('third', { people: new Map() }));
      expect(await store.people()).toEqual(new Map());
    });

    test('has maps that no name can trick', async () => {
      const store = await make();
      const at = { commit: COMMIT, day: '2026-11-24' };
      const user = {
        key: 'ana@example.com',
        base: null,
        written: [at],
        rolledBack: { run: 'r', at },
      };
      await store.append(null, step('first', { ledger: ledger({ open: odd(user) }) }));
      const open = (await store.read())?.ledger.open ?? {};
      expect(Object.keys(open).sort()).toEqual(['__proto__', 'u-1']);
      expect(open.constructor).toBeUndefined();
      expect(Object.entries(open).map(([, value]) => value)).toEqual([user, user]);
    });

    test('gives back a whole record', async () => {
      const store = await make();
      const full = fullRecord();
      await store.append(null, step('first', { record: full }));
      expect((await store.read())?.record).toEqual(full);
    });

    test('is not changed by what is done to a step afterwards', async () => {
      const store = await make();
      const names = keyed([['Billing', 's-1']]);
      const open = ledger({ names: { skill: names, language: keyed() } });
      await store.append(null, step('first', { ledger: open }));
      names.Billing = 's-2';
      expect((await store.read())?.ledger.names.skill.Billing).toBe('s-1');
    });
  });
}

function odd<T>(value: T) {
  return keyed([
    ['__proto__', value],
    ['u-1', value],
  ]);
}

function fullRecord() {
  const point = { commit: COMMIT, day: '2026-11-24' };
  const list = { skill: odd(5), language: keyed([['l-1', { level: null, tags: ['a'] }]]) };
  return record({
    kind: 'rollback',
    undoes: 'run-0',
    ended: '2026-11-24T02:05:00.000Z',
    scope: { at: 'base', changed: true, users: ['ana'], teams: ['t'], causes: ['schedule'] },
    restores: keyed([['u-1', { key: 'ana', base: point, written: [] }]]),
    overrides: [{ guard: 'removals', reason: 'site closed' }],
    users: odd({
      key: 'ana',
      before: list,
      changes: [
        { kind: 'skill', id: 's-1', action: 'change', before: 5, after: 6 },
        { kind: 'skill', id: 's-2', action: 'add', after: 6 },
        { kind: 'language', id: 'l-1', action: 'remove', before: { level: null } },
      ],
      named: { skill: ['s-1', 's-2'], language: [] },
      outcome: 'in-doubt',
    } as const),
    outcomes: {
      applied: 1,
      unchanged: 0,
      failed: 0,
      stale: 0,
      'in-doubt': 2,
      'not-tried': 0,
    },
    stopped: { code: 'breaker', message: 'Too many failed.', hint: 'Look.' },
    end: 'taken-over',
  });
}
