/** What steps make of people the ledger has under an earlier key: nobody is given a base he never had. */
import { expect, test } from 'vitest';
import { begin, concluded, emptyLedger, end, takenOver } from '../../src/ledger/steps.ts';
import { type Keyed, keyed, NO_ASSIGNMENTS } from '../../src/model/assignment.ts';
import type { Ledger, OpenUser, RunRecord } from '../../src/model/ledger.ts';
import type { Settlement } from '../../src/model/plan.ts';
import type { Point } from '../../src/model/point.ts';
import type { Outcome } from '../../src/model/result.ts';

const IDENTITY = { org: 'eu', orgId: null, platform: 'admin' as const, folder: '' };
const point = (n: number): Point => ({ commit: `${n}`.repeat(40), day: '2026-11-23' });
const NAMES = { skill: keyed<string>(), language: keyed<string>() };
const NONE: Readonly<Record<Outcome, number>> = {
  ...{ applied: 0, unchanged: 0, failed: 0, stale: 0, 'in-doubt': 0, 'not-tried': 0 },
};

const neverSeen: OpenUser = { key: 'ben', base: null, written: [] };
const before: Ledger = {
  ...emptyLedger(IDENTITY),
  applied: point(1),
  open: keyed([['key:ben', neverSeen]]),
};

function record(settles: Partial<Settlement>, planned: Keyed<string> = {}): RunRecord {
  const users = Object.entries(planned).map(([id, key]) => {
    const user = { key, before: NO_ASSIGNMENTS, changes: [], outcome: null };
    return [id, { ...user, named: { skill: [], language: [] } }] as const;
  });
  const sides = { reach: 'whole', verified: keyed<string>(), left: keyed<string>() } as const;
  const formerly = keyed([['ben.new', 'ben']]);
  return {
    ...{ formatVersion: '1.0', id: 'run-1', kind: 'apply', org: 'eu', by: 'x', plan: 'p' },
    ...{ begun: '2026-11-23T10:00:00Z', ended: null, point: point(2), scope: null, overrides: [] },
    settles: { ...sides, point: point(2), names: NAMES, formerly, ...settles },
    users: keyed(users),
    outcomes: null,
  };
}

function after(run: RunRecord, outcomes: Readonly<Record<string, Outcome>> = {}): Ledger {
  const users = Object.entries(run.users).map(([userId, { key }]) => {
    return { userId, key, outcome: outcomes[userId] ?? 'applied' };
  });
  const ended = concluded(run, { users, outcomes: NONE }, '2026-11-23T10:01:00Z');
  return end(begin(before, IDENTITY, run), ended);
}

test('somebody left open under his new key keeps what his former one says', () => {
  const found = after(record({ left: keyed([['u2', 'ben.new']]) }));
  expect(found.open).toEqual({ u2: { ...neverSeen, key: 'ben.new' } });
  const lost = after(record({ left: keyed([['key:ben.new', 'ben.new']]) }));
  expect(lost.open).toEqual({ 'key:ben.new': { ...neverSeen, key: 'ben.new' } });
  expect(lost.applied).toEqual(point(2));
});

test('whoever could not be written keeps it, and whoever may have been has it besides', () => {
  const run = record({}, { u2: 'ben.new' });
  const kept = { ...neverSeen, key: 'ben.new' };
  expect(after(run, { u2: 'failed' }).open).toEqual({ u2: kept });
  expect(after(run, { u2: 'in-doubt' }).open).toEqual({ u2: { ...kept, written: [point(2)] } });
  expect(after(run).open).toEqual({});
});

test('a narrowed run leaves no second entry under the former key', () => {
  const narrowed = { reach: 'narrowed', verified: keyed([['u2', 'ben.new']]) } as const;
  expect(after(record(narrowed)).open).toEqual({
    u2: { key: 'ben.new', base: point(2), written: [] },
  });
  const written = record({ reach: 'narrowed' }, { u2: 'ben.new' });
  expect(Object.keys(after(written).open)).toEqual(['u2']);
  const left = end(begin(before, IDENTITY, written), takenOver(written, '2026-11-23T10:01:00Z'));
  expect(left.open).toEqual({ u2: { key: 'ben.new', base: null, written: [point(2)] } });
});

test('whoever a narrowed run had to leave stays where he was, though he is as the files say', () => {
  const sides = { verified: keyed([['u2', 'ben.new']]), left: keyed([['u2', 'ben.new']]) };
  expect(after(record({ reach: 'narrowed', ...sides })).open).toEqual(before.open);
});

test.each(['whole', 'narrowed'] as const)(
  'of whoever a %s run read as the files say but for what is held, the files may stand',
  (reach) => {
    const who = keyed([['u2', 'ben.new']]);
    const run = record({ reach, left: who, partly: who });
    const given = { u2: { ...neverSeen, key: 'ben.new', written: [point(2)] } };
    expect(after(run).open).toEqual(given);
    const left = end(begin(before, IDENTITY, run), takenOver(run, '2026-11-23T10:01:00Z'));
    expect(left.open).toEqual(before.open);
  },
);
