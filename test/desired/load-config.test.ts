import { expect, test } from 'vitest';
import { configOf, load } from '../../src/desired/load.ts';
import { config, memory, only, orgOf, roster, TWO_PLATFORMS, told } from './world.ts';

const ROSTER = { 'rosters/a.yaml': roster('users: {}') };

async function findingsOf(...settings: string[]) {
  const loaded = await load(memory({ 'muster.yaml': config(...settings), ...ROSTER }));
  return loaded.findings;
}

test('a folder without muster.yaml says where to go', async () => {
  const { config: none, findings } = await load(memory({}));
  expect(none).toBeUndefined();
  expect(only(findings)).toMatchObject({
    code: 'config-missing',
    hint: expect.stringContaining('--dir'),
  });
});

test.each([
  [['eu', 'eu-read'], ['org-name-ambiguous muster.yaml:4:3']],
  [['eu-read', 'eu'], ['org-name-ambiguous muster.yaml:3:3']],
  [['read'], ['org-name-ambiguous muster.yaml:3:3']],
  [
    ['read', 'read-read'],
    ['org-name-ambiguous muster.yaml:3:3', 'org-name-ambiguous muster.yaml:4:3'],
  ],
  [['eu-read', 'us'], []],
  [['eu', 'eu-reader', 'bread'], []],
])(
  'of the orgs %j, those that share variables of credentials are told',
  async (names, expected) => {
    const org = '{ platform: admin, baseUrl: https://a.example, rosters: [rosters/a.yaml] }';
    const text = ['version: 1', 'orgs:', ...names.map((name) => `  ${name}: ${org}`), ''].join(
      '\n',
    );
    const { findings } = await load(memory({ 'muster.yaml': text, ...ROSTER }));
    expect(told(findings)).toEqual(expected);
    for (const found of findings) expect(found.message).toMatch(/`MUSTER_([A-Z_]+_)?READ_TOKEN`/);
  },
);

test.each([{}, { 'muster.yaml': '' }])(
  'without a config there is none to be had: %j',
  async (files) => {
    expect(await configOf(memory(files))).toBeUndefined();
  },
);

test("an org's own word on telemetry goes before that for every org, name by name", async () => {
  const text = `${config('telemetry: { people: false }')}telemetry: { people: true, holders: true }\n`;
  const loaded = await load(memory({ 'muster.yaml': text, ...ROSTER }));
  expect(told(loaded.findings)).toEqual([]);
  expect(orgOf(loaded).telemetry).toEqual({ people: false, holders: true });
});

test('settings that are left out have their defaults', async () => {
  const loaded = await load(memory({ 'muster.yaml': config(), ...ROSTER }));
  expect(loaded.findings).toEqual([]);
  expect({ ...orgOf(loaded) }).toMatchObject({
    name: 'prod',
    place: { file: 'muster.yaml', line: 3, col: 3 },
    rosters: ['rosters/**/*.yaml'],
    ownership: 'listed',
    timeZone: 'UTC',
    bulk: 'auto',
    bulkFormat: 'json',
    bulkChunk: 100,
    bulkThreshold: 20,
    pace: {},
    tokens: 1,
    propagate: { traceparent: true, tracestate: true, baggage: true },
  });
  expect(Object.keys(orgOf(loaded).assumptions)).toEqual([]);
});

test('settings that are written are taken', async () => {
  const settings = [
    'orgId: 7f1c...',
    'loginUrl: https://login.example.com/x',
    'ownership: complete',
    'timeZone: Europe/Madrid',
    'bulk: never',
    'bulkFormat: csv',
    'bulkChunk: 7',
    'bulkThreshold: 3',
    'pace: { writes: 9 }',
    'propagate: { baggage: false, tracestate: true }',
    'assumptions: { listUsers: /people }',
    'rosters: [./rosters/*]',
    'guards: { leavers: { count: 1 } }',
  ];
  const loaded = await load(memory({ 'muster.yaml': config(...settings), ...ROSTER }));
  expect(told(loaded.findings)).toEqual([]);
  expect(orgOf(loaded)).toMatchObject({
    orgId: '7f1c...',
    loginUrl: 'https://login.example.com/x',
    ownership: 'complete',
    timeZone: 'Europe/Madrid',
    bulk: 'never',
    bulkFormat: 'csv',
    bulkChunk: 7,
    bulkThreshold: 3,
    pace: { writes: 9 },
    propagate: { traceparent: true, tracestate: true, baggage: false },
    assumptions: { listUsers: '/people' },
    guards: { leavers: { count: 1 } },
  });
});

test.each([
  ['orgId: "a b"', 'org-id'],
  ['orgId: 123', 'wrong-type'],
  ['timeZone: Mars/Olympus', 'time-zone-unknown'],
  ['loginUrl: nowhere', 'login-url-invalid'],
  ['loginUrl: ftp://example.com', 'login-url-invalid'],
  ['loginUrl: https://example.com?a=b', 'login-url-invalid'],
  ['loginUrl: https://example.com#a', 'login-url-invalid'],
  ['loginUrl: https://me@example.com', 'login-url-credentials'],
  ['loginUrl: https://:secret@example.com', 'login-url-credentials'],
  ['loginUrl: http://example.com', 'login-url-insecure'],
  ['loginUrl: http://127.0.0.1.example.com', 'login-url-insecure'],
  ['region: mypurecloud.ie', 'setting-ignored'],
  ['area: na1', 'setting-ignored'],
  ['tokens: 2', 'setting-ignored'],
  ['tokens: 0', 'bad-value'],
  ['tokens: 11', 'bad-value'],
  ['ownership: all', 'bad-value'],
  ['bulkChunk: 0', 'bad-value'],
  ['bulkChunk: 1.5', 'wrong-type'],
  ['guards: { skill: { percent: 101 } }', 'bad-value'],
  ['guards: { freeze: [{ from: soon, until: 2026-12-27 }] }', 'bad-value'],
  ['guards: { freeze: [{ until: 2026-12-27 }] }', 'missing-key'],
  ['guards: { freeze: [{ from: 2026-12-27T00:00, until: 2026-12-28 }] }', 'bad-value'],
  ['guards: { freeze: [{ from: 2026-02-30, until: 2026-12-28 }] }', 'instant-invalid'],
  ['guards: { freeze: [{ from: 2026-12-27, until: 2026-02-30T00:00Z }] }', 'instant-invalid'],
  ['guards: { freeze: [{ from: 2026-12-27T25:00Z, until: 2026-12-28 }] }', 'instant-invalid'],
  ['guards: { freeze: [{ from: 2026-12-27, until: 2026-12-28T00:00+99:00 }] }', 'instant-invalid'],
  ['guards: { freeze: [{ from: 2026-12-27, until: 2026-12-27 }] }', 'freeze-reversed'],
  ['guards: { freeze: [{ from: 2026-12-28, until: 2026-12-27 }] }', 'freeze-reversed'],
  ['guards: { coverage: [{ skill: A, users: 1, atLeast: expret }] }', 'level-unknown'],
  ['guards: { coverage: [{ skill: A, users: 1, atLeast: absent }] }', 'level-unknown'],
  ['guards: { coverage: [{ skill: A, users: 1, atLeast: 101 }] }', 'off-scale'],
  ['guards: { coverage: [{ skill: A, users: 1, atLeast: true }] }', 'wrong-type'],
  ['guards: { coverage: [{ skill: A, users: 1, atLeast: "" }] }', 'bad-value'],
  ['guards: { coverage: [{ skill: A }] }', 'missing-key'],
  ['guards: { coverage: [{ users: 1 }] }', 'missing-key'],
  ['guards: { protected: { users: [5] } }', 'wrong-type'],
  ['drift: { ignore: { users: [[a]] } }', 'wrong-type'],
  ['guards: { protected: { users: ["id: 5"] } }', 'user-key'],
  ['guards: { protected: { teams: [] } }', 'unknown-key'],
  ['guards: { rules: [{ must: A }] }', 'missing-key'],
  ['guards: { rules: [{ holds: A }] }', 'rule-unclear'],
  ['guards: { rules: [{ holds: A, must: B, mustNot: C }] }', 'rule-unclear'],
  ['guards: { rules: [{ holds: A, must: A }] }', 'rule-unclear'],
  ['formerly: Prod', 'bad-value'],
  ['formerly: prod', 'formerly-taken'],
  ['formerly: 5', 'wrong-type'],
  ['formerly: { org: prod }', 'formerly-taken'],
  ['formerly: { folder: /a }', 'bad-value'],
  ['formerly: { folder: a/../b }', 'bad-value'],
  ['formerly: { folder: "" }', 'bad-value'],
  ['formerly: { name: eu }', 'unknown-key'],
  ['ledger: { remote: -x }', 'bad-value'],
  ['ledger: { remote: 5 }', 'wrong-type'],
  ['ledger: { remote: https://example.com/a.git }', 'bad-value'],
  ['ledger: { branch: -x }', 'bad-value'],
  ['ledger: { branch: a..b }', 'bad-value'],
  ['ledger: { branch: a/.b }', 'bad-value'],
  ['ledger: { branch: a.lock/b }', 'bad-value'],
  ['ledger: { branch: a/ }', 'bad-value'],
  ['ledger: { branch: a. }', 'bad-value'],
  ['ledger: { branch: HEAD }', 'bad-value'],
  ['ledger: { branch: refs/heads/a }', 'bad-value'],
  ['ledger: { branch: }', 'empty-value'],
  ['ledger: { ref: a }', 'unknown-key'],
  ['rosters: []', 'bad-value'],
  ['rosters: [1]', 'wrong-type'],
  ['propagate: { baggage: no }', 'wrong-type'],
  ['pace:', 'empty-value'],
  ['pace: [1]', 'wrong-type'],
  ['assumptions: { a: { b: c } }', 'wrong-type'],
  ['timezone: UTC', 'unknown-key'],
])('`%s` is %s', async (setting, code) => {
  const findings = await findingsOf(setting);
  const found = findings.find((finding) => finding.code === code);
  expect(found?.place?.line).toBe(7);
  expect(found?.message).toMatch(/\.$/);
  expect(found?.hint).toMatch(/./);
});

test.each(['http://localhost:8080', 'http://127.0.0.1', 'http://127.9.8.7/x', 'http://[::1]:1'])(
  'plain http to loopback is fine: %s',
  async (url) => {
    expect(await findingsOf(`loginUrl: ${url}`)).toEqual([]);
  },
);

test('no message repeats an address that holds a password', async () => {
  const findings = await findingsOf('loginUrl: http://me:hunter2@example.com');
  expect(told(findings)).toHaveLength(2);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('the address of the API has codes of its own, and admin cannot do without one', async () => {
  const org = (lines: string) => `version: 1\norgs:\n  prod:\n    platform: admin\n${lines}`;
  const codeFor = async (lines: string) =>
    only((await load(memory({ 'muster.yaml': org(lines), ...ROSTER }))).findings).code;
  expect(await codeFor('')).toBe('base-url-missing');
  expect(await codeFor('    baseUrl: x')).toBe('base-url-invalid');
  expect(await codeFor('    baseUrl: http://example.com')).toBe('base-url-insecure');
  expect(await codeFor('    baseUrl: https://u:p@example.com')).toBe('base-url-credentials');
  expect(await codeFor('    baseUrl: 5')).toBe('wrong-type');
});

test.each(['mypurecloud.ie', 'eu_west_1', 'EU-West-1'])('%s is a region', async (region) => {
  const text = `version: 1\norgs:\n  prod:\n    platform: genesys\n    region: ${region}\n    tokens: 2\n`;
  const loaded = await load(memory({ 'muster.yaml': text, ...ROSTER }));
  expect(told(loaded.findings)).toEqual([]);
  expect(orgOf(loaded)).toMatchObject({ region, tokens: 2 });
});

test.each([
  ['mypurecloud.eu', 'Did you mean `mypurecloud.ie`?'],
  ['eu_west_12', 'Did you mean `eu_west_1`?'],
  ['frankfurt', 'Write its domain, like mypurecloud.ie, or its name, like eu_west_1.'],
])('%s is none: %s', async (region, hint) => {
  const text = `version: 1\norgs:\n  prod:\n    platform: genesys\n    region: ${region}\n`;
  const { findings } = await load(memory({ 'muster.yaml': text, ...ROSTER }));
  expect(only(findings)).toMatchObject({ code: 'region-unknown', hint, place: { line: 5 } });
});

test('levels are on the scale, and none is called absent or released', async () => {
  const text = config().replace('novice: 20', 'novice: 101, absent: 1, released: 2, odd: x');
  const { findings } = await load(memory({ 'muster.yaml': text, ...ROSTER }));
  expect(findings.map((found) => found.code).sort()).toEqual([
    'level-reserved',
    'level-reserved',
    'off-scale',
    'wrong-type',
  ]);
  expect(findings.find((found) => found.code === 'off-scale')?.message).toContain(
    'a whole number from 0 to 100',
  );
});

test('what is wrong with the shape of muster.yaml is told at its place', async () => {
  const text =
    'version: 2\norgs:\n  Prod:\n    platform: admn\n  "":\n    region: x\n    platform: 5\n  b: 1\n';
  const { findings } = await load(memory({ 'muster.yaml': text }));
  expect(told(findings)).toEqual([
    'version-unsupported muster.yaml:1:10',
    'org-name muster.yaml:3:3',
    'bad-value muster.yaml:4:15',
    'name-empty muster.yaml:5:3',
    'wrong-type muster.yaml:7:15',
    'wrong-type muster.yaml:8:6',
  ]);
});

test('a muster.yaml that is no map, or no YAML, is told of', async () => {
  const codeOf = async (text: string) =>
    (await load(memory({ 'muster.yaml': text }))).findings.map((found) => found.code);
  expect(await codeOf('hello')).toEqual(['wrong-type']);
  expect(await codeOf('- a')).toEqual(['wrong-type']);
  expect(await codeOf('')).toEqual(['file-empty']);
  expect(await codeOf('version: 1')).toEqual(['missing-key']);
  expect(await codeOf('version: 1\norgs: {}')).toEqual(['bad-value']);
  expect(await codeOf('a: [')).toContain('yaml-syntax');
});

test('a single org reads all rosters; several read their own and the shared ones', async () => {
  const files = {
    'muster.yaml': TWO_PLATFORMS,
    'rosters/eu/a.yaml': roster('users: {}'),
    'rosters/us/deep/b.yaml': roster('users: {}'),
    'rosters/shared/c.yaml': roster('users: {}'),
    'rosters/stray.yaml': roster('users: {}'),
    'rosters/notes.txt': 'x',
    'other/d.yaml': 'x',
  };
  const { rosters, findings, texts } = await load(memory(files));
  const read = [...rosters].map(([org, list]) => [org, list.map((one) => one.file)]);
  expect(read).toEqual([
    ['eu', ['rosters/eu/a.yaml', 'rosters/shared/c.yaml']],
    ['us', ['rosters/shared/c.yaml', 'rosters/us/deep/b.yaml']],
  ]);
  expect(only(findings)).toMatchObject({ code: 'roster-unread', severity: 'warning' });
  expect([...texts.keys()]).not.toContain('other/d.yaml');
});

test('one org alone can be loaded, and the trouble of the others stays out', async () => {
  const files = { 'muster.yaml': TWO_PLATFORMS, 'rosters/eu/a.yaml': 'broken: [' };
  const us = await load(memory(files), { org: 'us' });
  expect(told(us.findings)).toEqual(['glob-no-match muster.yaml:7:3']);
  expect([...us.rosters.keys()]).toEqual(['us']);
  expect([...us.texts.keys()]).toEqual(['muster.yaml']);
  const ux = await load(memory(files), { org: 'ux' });
  expect(only(ux.findings)).toMatchObject({
    code: 'org-unknown',
    hint: expect.stringMatching(/`(eu|us)`/),
  });
  const far = await load(memory(files), { org: 'production' });
  expect(only(far.findings).hint).toBe('There are: `eu`, `us`.');
});

test('a glob that matches nothing is an error; of the defaults one is enough', async () => {
  const explicit = config('rosters: [rosters/*.yml, rosters/*, "!x"]');
  const loaded = await load(memory({ 'muster.yaml': explicit, ...ROSTER, 'rosters/b.txt': '' }));
  expect(only(loaded.findings)).toMatchObject({ code: 'glob-no-match' });
  expect(only(loaded.findings).message).toContain('`rosters/*.yml`, `!x`');
  const none = await load(memory({ 'muster.yaml': config() }));
  expect(told(none.findings)).toEqual(['glob-no-match muster.yaml:3:3']);
});
