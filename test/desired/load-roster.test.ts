import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { config, loadRoster, memory, only, roster, TWO_PLATFORMS, told } from './world.ts';

const entry = (value: string) =>
  loadRoster('users:', '  ana:', `    skills: { Billing: ${value} }`);

test('every form of an entry is accepted', async () => {
  const { findings } = await loadRoster(
    'skills:',
    '  Billing: { id: abc, description: Invoices }',
    'profiles:',
    '  base: {}',
    '  l2: { extends: [base], skills: { Billing: expert, Refunds: 60 } }',
    'teams:',
    '  emea: { profiles: [l2], members: [ana@example.com], ownership: complete, orgs: [prod], skills: { A: 1 } }',
    'users:',
    '  ana@example.com:',
    '    name: Ana Ruiz',
    '    profiles: [base]',
    '    ownership: listed',
    '    orgs: [prod]',
    '    skills:',
    '      Spanish: 90',
    '      Retention: { proficiency: skilled, from: 2026-12-01, until: 2027-01-31, then: absent, reason: x }',
    '      Refunds: [40, { proficiency: 90, until: 2026-11-27 }]',
    '      Chat: absent',
    '      Mail: [{ proficiency: absent, until: 2026-11-27 }, novice]',
    '      Plain: { proficiency: 5 }',
    '  cem@example.com: released',
  );
  expect(findings).toEqual([]);
});

test.each([
  ['expret', 'level-unknown', 'Did you mean `expert`?'],
  ['Absent', 'level-unknown', 'Did you mean `absent`?'],
  ['"90"', 'level-unknown', 'Write the number without quotes.'],
  [
    'master',
    'level-unknown',
    'Write a whole number from 0 to 100, `absent`, or a level: `novice`, `skilled`, `expert`.',
  ],
  [
    '101',
    'off-scale',
    'Write a whole number from 0 to 100, `absent`, or a level: `novice`, `skilled`, `expert`.',
  ],
  ['1.5', 'off-scale', expect.stringContaining('from 0 to 100')],
  ['-1', 'off-scale', expect.stringContaining('from 0 to 100')],
  ['.nan', 'proficiency-type', expect.stringContaining('`novice`')],
  ['-.inf', 'proficiency-type', expect.stringContaining('`novice`')],
  ['1e400', 'proficiency-type', expect.stringContaining('`novice`')],
  ['true', 'proficiency-type', expect.stringContaining('`novice`')],
  ['', 'proficiency-type', expect.stringContaining('from 0 to 100')],
  ['""', 'bad-value', expect.anything()],
  ['" "', 'level-unknown', expect.anything()],
  ['[]', 'bad-value', expect.anything()],
])('a proficiency written as %s is %s', async (value, code, hint) => {
  const found = only((await entry(value)).findings);
  expect(found).toMatchObject({ code, hint });
  // An empty value has no place but its key's.
  expect(found.place).toEqual({ file: 'rosters/a.yaml', line: 4, col: value === '' ? 15 : 24 });
});

test.each([
  ['{ from: 2026-12-01 }', 'missing-key', 24],
  ['{ proficiency: 5, form: 2026-12-01 }', 'unknown-key', 42],
  ['{ proficiency: 5, wherever: x }', 'unknown-key', 42],
  ['{ proficiency: 5, from: 2026-02-30 }', 'date-invalid', 48],
  ['{ proficiency: 5, until: 1.12.2026 }', 'bad-value', 49],
  ['{ proficiency: 5, until: 2026 }', 'wrong-type', 49],
  ['{ proficiency: 5, from: 2026-12-02, until: 2026-12-01 }', 'window-reversed', 24],
  ['{ proficiency: 5, then: absent }', 'then-without-until', 48],
  ['{ proficiency: 5, until: 2026-12-01, then: 5 }', 'wrong-type', 67],
  ['{ proficiency: [5] }', 'proficiency-type', 39],
  ['[4, 5]', 'plain-twice', 28],
  ['[4, [5]]', 'proficiency-type', 28],
  ['[4, { proficiency: true }]', 'proficiency-type', 43],
  [
    '[{ proficiency: 5, until: 2026-12-01 }, { proficiency: 6, from: 2026-12-01 }]',
    'window-overlap',
    64,
  ],
  [
    '[{ proficiency: 5, from: 2026-12-01 }, { proficiency: 6, until: 2026-12-05 }]',
    'window-overlap',
    63,
  ],
])('%s is %s', async (value, code, col) => {
  const found = (await entry(value)).findings[0];
  expect(found).toMatchObject({ code, place: { line: 4 } });
  if (code !== 'missing-key') expect(found?.place?.col).toBe(col);
});

test.each([
  '[{ proficiency: 5, until: 2026-12-01 }, { proficiency: 6, from: 2026-12-02 }]',
  '[{ proficiency: 6, from: 2026-12-02 }, { proficiency: 5, until: 2026-12-01 }]',
  '[{ proficiency: 5, until: 2026-12-01 }, { proficiency: 5, from: 2026-11-01 }]',
  '[5, { proficiency: 6, from: 2026-12-02 }]',
])('%s is fine', async (value) => {
  expect((await entry(value)).findings).toEqual([]);
});

test.each([
  [['skills:'], 'empty-value 2:1'],
  [['users: { ana: { skills: } }'], 'empty-value 2:17'],
  [['users: { ana: { skils: {} } }'], 'unknown-key 2:17'],
  [['users: { ana: relased }'], 'bad-value 2:15'],
  [['users: { ana: 5 }'], 'wrong-type 2:15'],
  [['users: { ana: }'], 'empty-value 2:10'],
  [['users: { "": {} }'], 'name-empty 2:10'],
  [['users: { " ": {} }'], 'name-empty 2:10'],
  [['users: { ana: { skills: { " ": 5 } } }'], 'name-empty 2:27'],
  [['users: { ana: { ownership: some } }'], 'bad-value 2:28'],
  [['users: { ana: { profiles: [base] } }'], 'profile-unknown 2:28'],
  [['users: { ana: { orgs: [prd] } }'], 'org-unknown 2:24'],
  [['users: { ana: { languages: { Spanish: 5 } } }'], 'language-unsupported 2:17'],
  [['teams: { a: { members: [5] } }'], 'wrong-type 2:25'],
  [['teams: { a: { members: ana } }'], 'wrong-type 2:24'],
  [['skills: { A: { id: 5 } }'], 'wrong-type 2:20'],
  [['skills: { A: { ids: { prd: x } } }'], 'org-unknown 2:23'],
  [['skills: { A: { ids: { prod: 5 } } }'], 'wrong-type 2:29'],
  [['skills: { A: { id: x }, B: { id: x } }'], 'skill-id-shared 2:25'],
  [['version: 1'], 'duplicate-key 2:1'],
])('%j is %s', async (lines, expected) => {
  const { findings } = await loadRoster(...lines);
  expect(told([only(findings)])).toEqual([expected.replace(' ', ' rosters/a.yaml:')]);
});

test('a file without a version, or with another, says so', async () => {
  const findingsOf = async (text: string) =>
    told((await load(memory({ 'muster.yaml': config(), 'rosters/a.yaml': text }))).findings);
  expect(await findingsOf('users: {}\n')).toEqual(['missing-key rosters/a.yaml:1:1']);
  expect(await findingsOf('version: 2\n')).toEqual(['version-unsupported rosters/a.yaml:1:10']);
  expect(await findingsOf('')).toEqual(['file-empty rosters/a.yaml:1:1']);
});

test('keys with slashes and tildes are found again', async () => {
  const { findings } = await loadRoster('users: { "a/b~c": { nam: x } }');
  expect(only(findings)).toMatchObject({
    code: 'unknown-key',
    hint: 'Did you mean `name`?',
    place: { col: 21 },
  });
});

test('findings of all files come at once, in the order of places', async () => {
  const { findings } = await load(
    memory({
      'muster.yaml': config('colour: red'),
      'rosters/b.yaml': roster('users: { ana: { skills: { A: 101, B: 102 } } }'),
      'rosters/a.yaml': roster('teams: 5', 'uers: {}'),
    }),
  );
  expect(told(findings)).toEqual([
    'unknown-key muster.yaml:7:5',
    'wrong-type rosters/a.yaml:2:8',
    'unknown-key rosters/a.yaml:3:1',
    'off-scale rosters/b.yaml:2:30',
    'off-scale rosters/b.yaml:2:38',
  ]);
});

test('two spellings of one user are an error; the same spelling in two files is not', async () => {
  const users = (name: string) => roster(`users: { ${name}: { skills: { A: 1 } } }`);
  const findingsOf = async (a: string, b: string) =>
    (
      await load(
        memory({ 'muster.yaml': config(), 'rosters/a.yaml': users(a), 'rosters/b.yaml': users(b) }),
      )
    ).findings;
  expect(await findingsOf('ana@example.com', 'ana@example.com')).toEqual([]);
  expect(await findingsOf('"id:A@b"', '"id:a@b"')).toEqual([]);
  expect(await findingsOf('Ana', 'ana')).toEqual([]);
  expect(only(await findingsOf('Ana@Example.com', '" ana@example.com"'))).toMatchObject({
    code: 'user-duplicate',
    hint: 'Write `ana@example.com` everywhere.',
    place: { file: 'rosters/b.yaml' },
    related: [{ file: 'rosters/a.yaml' }],
  });
});

test.each([
  ['ID:u1', 'id:u1'],
  ['Id:U1', 'id:U1'],
  ['"id: u1"', 'id:u1'],
  ['" iD : u1 "', 'id:u1'],
])('the key %s is no user name, in users and in teams', async (written, meant) => {
  const hint = `Write \`${meant}\`.`;
  const user = await loadRoster('users:', `  ${written}: {}`);
  expect(told([only(user.findings)])).toEqual(['user-key rosters/a.yaml:3:3']);
  expect(only(user.findings).hint).toBe(hint);
  const team = await loadRoster('teams:', '  t:', `    members: [${written}]`);
  expect(told([only(team.findings)])).toEqual(['user-key rosters/a.yaml:4:15']);
  expect(only(team.findings).hint).toBe(hint);
});

test('an id that is left out is no key; names that begin with id are', async () => {
  expect(only((await loadRoster('users:', '  "ID:": {}')).findings)).toMatchObject({
    code: 'user-key',
    hint: expect.stringContaining('`id:<platform id>`'),
  });
  expect((await loadRoster('users:', '  id:u1: {}', '  Ida: {}', '  idle: {}')).findings).toEqual(
    [],
  );
});

test('nobody is released in one file and managed in another', async () => {
  const { findings } = await load(
    memory({
      'muster.yaml': config(),
      'rosters/a.yaml': roster('users: { ana: released }'),
      'rosters/b.yaml': roster('users: { ana: {} }'),
    }),
  );
  expect(only(findings)).toMatchObject({ code: 'released-and-listed', related: [{ line: 2 }] });
});

test('profiles that do not exist are suggested, and circles are shown', async () => {
  const { findings } = await loadRoster(
    'profiles:',
    '  base: { extends: [two, nowhere] }',
    '  two: { extends: [three] }',
    '  three: { extends: [two] }',
    '  self: { extends: [self] }',
    'teams: { t: { profiles: [bsae] } }',
  );
  expect(told(findings)).toEqual([
    'profile-unknown rosters/a.yaml:3:26',
    'extends-cycle rosters/a.yaml:4:3',
    'extends-cycle rosters/a.yaml:6:3',
    'profile-unknown rosters/a.yaml:7:26',
  ]);
  expect(findings[0]?.hint).toBe('There are: `base`, `two`, `three`, `self`.');
  expect(findings[1]?.message).toContain('`two` -> `three` -> `two`');
  expect(findings[3]?.hint).toBe('Did you mean `base`?');
});

test('teams and profiles are defined once; a skill has one id', async () => {
  const { findings } = await load(
    memory({
      'muster.yaml': config(),
      'rosters/a.yaml': roster(
        'profiles: { p: {} }',
        'teams: { t: {} }',
        'skills: { A: { id: x } }',
      ),
      'rosters/b.yaml': roster(
        'profiles: { p: {} }',
        'teams: { t: {} }',
        'skills: { A: { id: y }, B: {} }',
      ),
      'rosters/c.yaml': roster('teams: { u: {}, u: {} }', 'skills: { A: {} }'),
    }),
  );
  expect(told(findings)).toEqual([
    'profile-duplicate rosters/b.yaml:2:13',
    'team-duplicate rosters/b.yaml:3:10',
    'skill-id-conflict rosters/b.yaml:4:11',
    'duplicate-key rosters/c.yaml:2:17',
  ]);
});

test('names that only look alike are errors, across files and sorts of places', async () => {
  const { findings } = await load(
    memory({
      'muster.yaml': config(),
      'rosters/a.yaml': roster(
        'skills: { Billing: {}, Caf\u00e9: {} }',
        'profiles: { base: { skills: { Cafe\u0301: 5 } }, "b\u0430se": {} }',
        'teams: { "T\u200b": {}, T: { members: [ana@example.com] } }',
      ),
      'rosters/b.yaml': roster(
        'users: { "\u0430na@example.com": { skills: { B\u0456lling: 5, Billing: 6, "Chat ": 1, Chat: 2 } } }',
      ),
    }),
  );
  expect(told(findings)).toEqual([
    'look-alike rosters/a.yaml:3:31',
    'look-alike rosters/a.yaml:3:45',
    'look-alike rosters/a.yaml:4:20',
    'look-alike rosters/a.yaml:4:35',
    'look-alike rosters/b.yaml:2:41',
    'look-alike rosters/b.yaml:2:77',
  ]);
});

test('a file that serves two platforms speaks in levels', async () => {
  const files = (...lines: string[]) => ({
    'muster.yaml': TWO_PLATFORMS,
    'rosters/shared/a.yaml': roster(...lines),
  });
  const findingsOf = async (...lines: string[]) => (await load(memory(files(...lines)))).findings;
  expect(await findingsOf('users: { ana: { skills: { A: skilled, B: absent } } }')).toEqual([]);
  expect(told(await findingsOf('users: { ana: { skills: { A: 3 } } }'))).toEqual([
    'bare-number rosters/shared/a.yaml:2:30',
  ]);
  // Only one of the platforms has languages: the number is on its scale.
  const languages = await findingsOf('users: { ana: { languages: { A: 3, B: 1.5 } } }');
  expect(told(languages)).toEqual([
    'language-unsupported rosters/shared/a.yaml:2:17',
    'off-scale rosters/shared/a.yaml:2:39',
  ]);
  expect(languages[0]?.severity).toBe('warning');
  expect(told(await findingsOf('skills: { A: { id: x } }'))).toEqual([
    'id-ambiguous rosters/shared/a.yaml:2:11',
  ]);
  expect(told(await findingsOf('users: { ana: { orgs: [us], skills: { A: novice } } }'))).toEqual([
    'level-unknown rosters/shared/a.yaml:2:42',
  ]);
  expect(told(await findingsOf('users: { ana: { skills: { A: novice } } }'))).toHaveLength(2);
});

test('a mistake that several orgs share is told once', async () => {
  const twins = config() + config().split('\n').slice(2).join('\n').replace('prod', 'test');
  const { findings } = await load(
    memory({
      'muster.yaml': twins,
      'rosters/shared/a.yaml': roster(
        'users: { ana: { profiles: [x], skills: { A: 101, Жар: 1 } } }',
      ),
    }),
  );
  expect(findings.map((found) => found.code).sort()).toEqual(['off-scale', 'profile-unknown']);
});

test('an org without levels and a scale with fractions have hints that fit', async () => {
  const text = TWO_PLATFORMS.replace('    levels: { skilled: 3, expert: 5 }\n', '');
  const { findings } = await load(
    memory({
      'muster.yaml': text,
      'rosters/eu/a.yaml': roster('users: { ana: { skills: { A: 6, B: true } } }'),
      'rosters/us/a.yaml': roster('users: {}'),
    }),
  );
  expect(findings.map((found) => found.hint)).toEqual([
    'Write a number from 0 to 5, `absent`.',
    'Write a number from 0 to 5, `absent`.',
  ]);
});

test('a level that is fine for skills may be off the scale of languages', async () => {
  const { findings } = await load(
    memory({
      'muster.yaml': TWO_PLATFORMS.replace('skilled: 3', 'skilled: 2.5'),
      'rosters/eu/a.yaml': roster(
        'users: { ana: { skills: { A: skilled }, languages: { B: skilled } } }',
      ),
      'rosters/us/a.yaml': roster('users: {}'),
    }),
  );
  expect(only(findings).message).toBe(
    '`skilled` (2.5) for `B` is not on the scale: it must be a whole number from 0 to 5.',
  );
});

test('text that cannot be read leaves the org without that roster, and says so', async () => {
  const loaded = await load(
    memory({ 'muster.yaml': config(), 'rosters/a.yaml': new Uint8Array([0xff]) }),
  );
  expect(told(loaded.findings)).toEqual(['file-encoding rosters/a.yaml:1:1']);
  expect(loaded.rosters.get('prod')).toEqual([]);
});
