import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { dayAt } from '../../src/model/day.ts';
import { DEFAULT_GUARDS, type Guards } from '../../src/model/guard.ts';
import { config, memory, only, orgOf, roster, TWO_PLATFORMS, told } from './world.ts';

const ROSTERS = { 'rosters/a.yaml': roster('users: {}') };
const SHARED = {
  'rosters/eu/a.yaml': roster('users: {}'),
  'rosters/us/a.yaml': roster('users: {}'),
};

/** The guards of one org: its own settings, and what stands beside `orgs`. */
async function guardsOf(own: readonly string[], ...shared: string[]): Promise<Guards> {
  const text = [config(...own), ...shared, ''].join('\n');
  const loaded = await load(memory({ 'muster.yaml': text, ...ROSTERS }));
  expect(told(loaded.findings)).toEqual([]);
  return orgOf(loaded).guards;
}

async function twoOrgs(...shared: string[]) {
  return load(memory({ 'muster.yaml': [TWO_PLATFORMS, ...shared, ''].join('\n'), ...SHARED }));
}

test('guards that are left out have their defaults', async () => {
  expect(await guardsOf([])).toEqual(DEFAULT_GUARDS);
  expect(await guardsOf(['guards: {}'], 'guards: {}')).toEqual(DEFAULT_GUARDS);
});

test('every guard is taken as it is written', async () => {
  const guards = await guardsOf(
    [],
    'guards:',
    '  removals: { percent: 1, count: 2, max: 3 }',
    '  users: { percent: 4, count: 5 }',
    '  leavers: { count: 6 }',
    '  skill: { percent: 7.5, count: 8 }',
    '  coverage: [{ skill: A, users: 9, atLeast: skilled }, { skill: B, users: 1, atLeast: 33 }, { skill: C, users: 2 }]',
    '  freeze: [{ from: 2026-12-24T00:00Z, until: 2026-12-27T01:30:15+02:00, reason: peak }]',
    '  protected: { users: [" Ana@Example.com", "id:Ab"], skills: [Emergency] }',
    '  rules: [{ holds: A, must: B }, { holds: A, mustNot: C, reason: exam }]',
  );
  expect(guards).toEqual({
    removals: { percent: 1, count: 2, max: 3 },
    users: { percent: 4, count: 5 },
    leavers: { count: 6 },
    skill: { percent: 7.5, count: 8 },
    coverage: [
      { skill: 'A', users: 9, atLeast: { proficiency: 60, level: 'skilled' } },
      { skill: 'B', users: 1, atLeast: { proficiency: 33 } },
      { skill: 'C', users: 2 },
    ],
    freeze: [
      {
        from: Date.parse('2026-12-24T00:00:00Z'),
        until: Date.parse('2026-12-26T23:30:15Z'),
        reason: 'peak',
      },
    ],
    protected: { users: ['ana@example.com', 'id:Ab'], skills: ['Emergency'] },
    rules: [
      { holds: 'A', must: 'B' },
      { holds: 'A', mustNot: 'C', reason: 'exam' },
    ],
  });
});

test('an org replaces the shared guards key by key, and missing numbers are the defaults', async () => {
  const guards = await guardsOf(
    ['guards: { removals: { count: 1 }, coverage: [], protected: { skills: [A] } }'],
    'guards:',
    '  removals: { max: 2 }',
    '  leavers: { count: 3 }',
    '  users: {}',
    '  coverage: [{ skill: A, users: 9 }]',
    '  protected: { users: [ana] }',
  );
  expect(guards).toEqual({
    ...DEFAULT_GUARDS,
    removals: { ...DEFAULT_GUARDS.removals, count: 1 },
    leavers: { count: 3 },
    protected: { users: [], skills: ['A'] },
  });
});

test('a level of the shared guards is what each org makes of it', async () => {
  const loaded = await twoOrgs('guards: { coverage: [{ skill: A, users: 1, atLeast: skilled }] }');
  expect(loaded.findings).toEqual([]);
  const level = 'skilled';
  expect(orgOf(loaded, 'eu').guards.coverage[0]?.atLeast).toEqual({ proficiency: 3, level });
  expect(orgOf(loaded, 'us').guards.coverage[0]?.atLeast).toEqual({ proficiency: 60, level });
});

test('a number of the shared guards must mean the same to all that read it', async () => {
  const line = 'guards: { coverage: [{ skill: A, users: 1, atLeast: 3 }] }';
  expect(only((await twoOrgs(line)).findings).code).toBe('bare-number');
  const own = TWO_PLATFORMS.replace(
    'platform: admin',
    'platform: admin\n    guards: { coverage: [] }',
  );
  const alone = await load(memory({ 'muster.yaml': `${own}${line}\n`, ...SHARED }));
  expect(alone.findings).toEqual([]);
  expect(orgOf(alone, 'eu').guards.coverage).toHaveLength(1);
  expect(orgOf(alone, 'us').guards.coverage).toEqual([]);
});

test('an org may write a number of its own scale, whatever the others are', async () => {
  const guards = 'guards: { coverage: [{ skill: A, users: 1, atLeast: 33 }] }';
  const text = TWO_PLATFORMS.replace('platform: admin', `platform: admin\n    ${guards}`);
  const loaded = await load(memory({ 'muster.yaml': text, ...SHARED }));
  expect(loaded.findings).toEqual([]);
  expect(orgOf(loaded, 'us').guards.coverage[0]?.atLeast).toEqual({ proficiency: 33 });
});

test('a level that one org lacks is told for that org, and `absent` is never offered', async () => {
  const found = only(
    (
      await twoOrgs('guards: { coverage: [{ skill: A, users: 1, atLeast: absent }] }')
    ).findings.filter(({ message }) => message.includes('`us`')),
  );
  expect(found).toMatchObject({
    code: 'level-unknown',
    hint: 'Write a whole number from 0 to 100, or a level: `skilled`, `expert`.',
  });
});

test.each([
  ['UTC', '2026-12-24', '2026-12-24T00:00:00.000Z'],
  ['Europe/Madrid', '2026-12-24', '2026-12-23T23:00:00.000Z'],
  ['America/New_York', '2026-07-01', '2026-07-01T04:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-12-24', '2026-12-23T10:00:00.000Z'],
  ['Etc/GMT+12', '2026-12-24', '2026-12-24T12:00:00.000Z'],
  // Clocks go from 24:00 straight to 1:00.
  ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z'],
])('in %s the day %s begins at %s', async (zone, day, instant) => {
  const guards = await guardsOf([
    `timeZone: ${zone}`,
    `guards: { freeze: [{ from: ${day}, until: 2030-01-01 }] }`,
  ]);
  const from = guards.freeze[0]?.from ?? 0;
  expect(new Date(from).toISOString()).toBe(instant);
  expect([dayAt(from, zone) >= day, dayAt(from - 1, zone) >= day]).toEqual([true, false]);
});
