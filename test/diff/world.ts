/** Small worlds for the differ: what the files say, what they said at points of the ledger, and what is live. */
import { type Comparing, diffEverybody } from '../../src/diff/everybody.ts';
import { emptyLedger } from '../../src/ledger/steps.ts';
import type { BaseState, Bases } from '../../src/model/base.ts';
import type { DesiredState, DesiredUser, Want } from '../../src/model/desired.ts';
import { DEFAULT_GUARDS } from '../../src/model/guard.ts';
import type { Ledger, OpenUser } from '../../src/model/ledger.ts';
import type { CatalogueItem, LiveState, Person } from '../../src/model/live.ts';
import { type Point, pointKey } from '../../src/model/point.ts';
import type { Targets } from '../../src/model/target.ts';
import { normalizeMemory } from '../../src/providers/memory/normalize.ts';
import { list } from '../support/builders.ts';

const place = { file: 'rosters/a.yaml', line: 2, col: 3 };
export const source = { ...place, chain: [] };
const gives = (proficiency: number): Want => ({ state: 'value', proficiency, loan: false, source });

export const user = (
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

export const state = (users: readonly DesiredUser[], pins: Readonly<Record<string, string>> = {}) =>
  ({
    org: 'eu',
    day: '2026-11-23',
    users: new Map(users.map((one) => [one.key, one])),
    catalogue: new Map(Object.entries(pins).map(([name, id]) => [name, { name, id, place }])),
    upcoming: [],
  }) satisfies DesiredState;

export const point = (n: number): Point => ({ commit: `${n}`.repeat(40), day: '2026-11-20' });
export const base = (n: number, users: readonly DesiredUser[]): BaseState => {
  const onDay = state(users);
  return { point: point(n), onDay, now: onDay, guards: DEFAULT_GUARDS };
};
export const basesOf = (ledger: Partial<Ledger>, states: readonly BaseState[]): Bases => ({
  commit: 'l'.repeat(40),
  ledger: {
    ...emptyLedger({ org: 'eu', orgId: null, platform: 'admin', folder: '' }),
    ...ledger,
  },
  states: new Map(states.map((one) => [pointKey(one.point), one])),
  doubts: [],
});
export const open = (key: string, more: Partial<OpenUser> = {}): OpenUser => ({
  key,
  base: null,
  written: [],
  ...more,
});

export const live = (
  people: Readonly<Record<string, Partial<Person> & { has?: object | null }>>,
  catalogue: readonly CatalogueItem[] | undefined = [
    { kind: 'skill', id: 'b', name: 'Billing' },
    { kind: 'skill', id: 'c', name: 'Chat' },
  ],
): LiveState => ({
  users: new Map(
    Object.entries(people).map(([id, { active = true, has = {}, ...person }]) => [
      id,
      {
        person: { id, active, ...person },
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

export const ANA = 'ana@x.test';
export const BEN = 'ben@x.test';

export const targetsOf = (desired: DesiredState, seen: LiveState): Targets =>
  normalizeMemory(desired, seen);

export const comparing = (
  desired: DesiredState,
  seen: LiveState,
  bases: Bases | undefined,
  more: Partial<Comparing> = {},
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
