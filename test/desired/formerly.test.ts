import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { config, memory, orgOf, resolved, roster, told } from './world.ts';

const ROSTERS = { 'rosters/a.yaml': roster('users: {}') };

async function orgWith(...settings: string[]) {
  const loaded = await load(memory({ 'muster.yaml': config(...settings), ...ROSTERS }));
  expect(told(loaded.findings)).toEqual([]);
  return orgOf(loaded);
}

async function codesOf(...lines: string[]) {
  const loaded = await load(
    memory({ 'muster.yaml': config(), 'rosters/a.yaml': roster(...lines) }),
  );
  return told(loaded.findings);
}

test.each([
  ['eu', { org: 'eu' }],
  ['{ org: eu }', { org: 'eu' }],
  ['{ org: eu, folder: a/b/ }', { org: 'eu', folder: 'a/b' }],
  ['{ folder: . }', { folder: '' }],
  ['{ folder: ./ }', { folder: '' }],
  ['{ folder: .github/x }', { folder: '.github/x' }],
  ['{}', {}],
])('an org that was `formerly: %s`', async (written, formerly) => {
  expect((await orgWith(`formerly: ${written}`)).formerly).toEqual(formerly);
});

test.each([
  ['{ remote: upstream }', { remote: 'upstream' }],
  ['{ remote: null }', { remote: null }],
  ['{ remote: ~, branch: muster/prod-1.x }', { remote: null, branch: 'muster/prod-1.x' }],
  ['{}', {}],
])('a ledger kept at %s', async (written, ledger) => {
  expect((await orgWith(`ledger: ${written}`)).ledger).toEqual(ledger);
});

test('without the settings there is nothing special', async () => {
  expect(await orgWith()).toMatchObject({ formerly: {}, ledger: {} });
});

test('two orgs share neither a former name nor the branch of a ledger', async () => {
  const org = (more: string) =>
    `{ platform: admin, baseUrl: https://a.example, rosters: [rosters/a.yaml], ${more} }`;
  const text = [
    'version: 1',
    'orgs:',
    `  a: ${org('formerly: old, ledger: { branch: m }')}`,
    `  b: ${org('formerly: { org: old }, ledger: { branch: m }')}`,
    `  c: ${org('formerly: a, ledger: { branch: n }')}`,
    `  d: ${org('formerly: { folder: x }, ledger: { remote: a }')}`,
    '',
  ].join('\n');
  const { findings } = await load(memory({ 'muster.yaml': text, ...ROSTERS }));
  expect(
    findings.map(({ code, place, related }) => [code, place?.line, related?.[0]?.line]),
  ).toEqual([
    ['formerly-taken', 4, 3],
    ['ledger-shared', 4, 3],
    ['formerly-taken', 5, 3],
  ]);
});

test('a former key is read like any other key', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'users: { ana: { formerly: " Ana@Example.com" }, ben: { formerly: "id:B7" }, cem: {} }',
      ),
      'rosters/b.yaml': roster('users: { ana: { formerly: ana@example.com } }'),
    },
    '2026-11-25',
  );
  const formers = [...desired.users.values()].map(({ key, formerly }) => [key, formerly]);
  expect(formers).toEqual([
    ['ana', 'ana@example.com'],
    ['ben', 'id:B7'],
    ['cem', undefined],
  ]);
});

test.each([
  [
    'users: { ana: { formerly: cem }, ben: { formerly: cem } }',
    ['formerly-taken rosters/a.yaml:2:51'],
  ],
  ['users: { ana: { formerly: ben }, ben: {} }', ['formerly-taken rosters/a.yaml:2:27']],
  ['users: { ana: { formerly: ana } }', ['formerly-taken rosters/a.yaml:2:27']],
  ['users: { ana: { formerly: "id: 7" } }', ['user-key rosters/a.yaml:2:27']],
  ['users: { ana: { formerly: 7 } }', ['wrong-type rosters/a.yaml:2:27']],
  ['users: { ana: { formerly: "" } }', ['bad-value rosters/a.yaml:2:27']],
  ['users: { ana: { formerly: " " } }', []],
])('%s is told of: %j', async (line, expected) => {
  expect(await codesOf(line)).toEqual(expected);
});

test('who is only a member of a team still has his key', async () => {
  expect(
    await codesOf('teams: { t: { members: [ben] } }', 'users: { ana: { formerly: ben } }'),
  ).toEqual(['formerly-taken rosters/a.yaml:3:27']);
});

test('two files that know different former keys of one user contradict each other', async () => {
  const files = {
    'rosters/a.yaml': roster('users: { ana: { formerly: a } }'),
    'rosters/b.yaml': roster('users: { ana: { formerly: b } }'),
  };
  const { findings } = await load(memory({ 'muster.yaml': config(), ...files }));
  expect(told(findings)).toEqual(['formerly-twice rosters/b.yaml:2:27']);
});

test('everybody knows his teams, and those in the same teams share one list', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'teams:',
        '  z: { members: [ana, ben, cem], skills: { A: 1 } }',
        '  b: { members: [ben, ana, dan] }',
        'users: { ana: { skills: { B: 2 } }, dan: released, eva: {}, fay: {} }',
      ),
    },
    '2026-11-25',
  );
  const teams = (key: string) => desired.users.get(key)?.teams;
  expect(['ana', 'ben', 'cem', 'dan', 'eva'].map(teams)).toEqual([
    ['b', 'z'],
    ['b', 'z'],
    ['z'],
    ['b'],
    [],
  ]);
  expect(teams('ana')).toBe(teams('ben'));
  expect(teams('eva')).toBe(teams('fay'));
});
