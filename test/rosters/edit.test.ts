import { expect, test } from 'vitest';
import { type Edit, editRosters } from '../../src/rosters/edit.ts';

const HEAD = 'version: 1\n';

/** One skill of ana, unless said otherwise. */
function edit(change: Partial<Edit>): Edit {
  return { user: 'ana@x.com', kind: 'skill', skill: 'Billing', entry: 90, ...change };
}

function edited(text: string, ...changes: Partial<Edit>[]): string {
  const { changed, findings } = editRosters(
    [{ path: 'rosters/a.yaml', text: HEAD + text }],
    changes.map(edit),
  );
  expect(findings).toEqual([]);
  return changed.length === 0 ? text : (changed[0]?.text.slice(HEAD.length) ?? '');
}

function refused(text: string, ...changes: Partial<Edit>[]): readonly string[] {
  const { changed, findings } = editRosters(
    [{ path: 'rosters/a.yaml', text: HEAD + text }],
    changes.map(edit),
  );
  expect(changed).toEqual([]);
  return findings.map(({ code, place }) => `${code}@${place?.line ?? '-'}`);
}

const ANA = `users:
  # the first of us
  ana@x.com: # Ana
    name: 'Ana Ruiz'

    skills: # what she knows
      Billing: 80   # since May
      Spanish: "expert"

  # leaves in June
  ben@x.com:
    skills: { Billing: 40, Chat: 20 } # two
`;

test('a value is exchanged, and everything around it stays', () => {
  expect(edited(ANA, {})).toBe(ANA.replace('80   #', '90   #'));
  expect(edited(ANA, { skill: 'Spanish', entry: 'novice' })).toBe(
    ANA.replace('"expert"', 'novice'),
  );
  expect(edited(ANA, { user: 'ben@x.com', skill: 'Chat', entry: 5 })).toBe(
    ANA.replace('Chat: 20', 'Chat: 5'),
  );
});

test('what is as wanted already is not touched, however it is written', () => {
  expect(edited(ANA, { skill: 'Spanish', entry: 'expert' })).toBe(ANA);
  expect(edited(ANA, { skill: 'Nothing', entry: undefined })).toBe(ANA);
  expect(edited(ANA, { user: 'nobody@x.com', entry: undefined })).toBe(ANA);
});

test('a new skill goes to its place where skills are sorted, and behind them where they are not', () => {
  expect(edited(ANA, { skill: 'Chat' })).toBe(
    ANA.replace('      Spanish', '      Chat: 90\n      Spanish'),
  );
  const unsorted = ANA.replace('Spanish:', 'Aviation:');
  expect(edited(unsorted, { skill: 'Chat' })).toBe(
    unsorted.replace('"expert"\n', '"expert"\n      Chat: 90\n'),
  );
  expect(edited(ANA, { user: 'ben@x.com', skill: 'Cards' })).toBe(
    ANA.replace('Chat: 20 }', 'Cards: 90, Chat: 20 }'),
  );
  expect(edited(ANA, { user: 'ben@x.com', skill: 'Zulu' })).toBe(
    ANA.replace('Chat: 20 }', 'Chat: 20, Zulu: 90 }'),
  );
  expect(edited(ANA, { skill: 'Aviation' })).toBe(
    ANA.replace('      Billing: 80', '      Aviation: 90\n      Billing: 80'),
  );
});

test('several edits of one person and of several go together', () => {
  expect(
    edited(
      ANA,
      { entry: undefined },
      { skill: 'Spanish', entry: undefined },
      { user: 'ben@x.com', entry: 1 },
      { skill: 'Chat', entry: 2 },
      { user: 'al@x.com', name: 'Al', entry: 3, file: 'rosters/a.yaml' },
    ),
  ).toBe(
    ANA.replace(
      '  # the first of us\n',
      '  al@x.com:\n    name: Al\n    skills:\n      Billing: 3\n  # the first of us\n',
    )
      .replace(/ {6}Billing: 80.*\n.*\n/, '      Chat: 2\n')
      .replace('Billing: 40', 'Billing: 1'),
  );
});

test('the last skill takes its section along, and leaves the person in the files', () => {
  expect(edited(ANA, { entry: undefined }, { skill: 'Spanish', entry: undefined })).toBe(
    ANA.replace(/ {4}skills: # what.*\n.*\n.*\n/, ''),
  );
  const only = 'users:\n  ana@x.com:\n    skills:\n      Billing: 1 # one\n  ben@x.com: released\n';
  expect(edited(only, { entry: undefined })).toBe(
    'users:\n  ana@x.com: {} # one\n  ben@x.com: released\n',
  );
  expect(edited('users:\n  ana@x.com: { skills: { Billing: 1 } }\n', { entry: undefined })).toBe(
    'users:\n  ana@x.com: {}\n',
  );
  expect(
    edited('users:\n  ana@x.com: { skills: { Billing: 1, Chat: 2 } }\n', {
      skill: 'Chat',
      entry: undefined,
    }),
  ).toBe('users:\n  ana@x.com: { skills: { Billing: 1 } }\n');
  expect(
    edited('users: { ana@x.com: { name: A, skills: { Billing: 1 } } }\n', { entry: undefined }),
  ).toBe('users: { ana@x.com: { name: A } }\n');
});

test.each([
  ['  ana@x.com:\n    name: A\n', '  ana@x.com:\n    name: A\n    skills:\n      Billing: 90\n'],
  ['  ana@x.com: {}\n', '  ana@x.com:\n    skills:\n      Billing: 90\n'],
  ['  ana@x.com: {} # x\n', '  ana@x.com: # x\n    skills:\n      Billing: 90\n'],
  [
    '  ana@x.com:\n    skills: {}\n    name: A\n',
    '  ana@x.com:\n    skills:\n      Billing: 90\n    name: A\n',
  ],
  ['  ana@x.com: { name: A }\n', '  ana@x.com: { name: A, skills: { Billing: 90 } }\n'],
  ['  ana@x.com: { skills: {} }\n', '  ana@x.com: { skills: { Billing: 90 } }\n'],
  [
    '  ana@x.com: {\n    name: A\n    }\n',
    '  ana@x.com: {\n    name: A, skills: { Billing: 90 }\n    }\n',
  ],
  [
    '    ana@x.com:\n        languages:\n            Spanish: 4\n',
    '    ana@x.com:\n        languages:\n            Spanish: 4\n        skills:\n            Billing: 90\n',
  ],
])('%j has its first skill', (text, after) => {
  expect(edited(`users:\n${text}`, {})).toBe(`users:\n${after}`);
});

test('windows are written on one line, in the order of the documentation', () => {
  const entry = [
    'novice',
    { proficiency: 90, from: '2026-12-01', until: '2027-01-31', reason: 'peak: winter' },
    { proficiency: 'expert', until: '2026-11-27', thenAbsent: true },
  ] as const;
  expect(edited('users:\n  ana@x.com: {}\n', { entry })).toContain(
    '      Billing: [novice, { proficiency: 90, from: 2026-12-01, until: 2027-01-31, reason: "peak: winter" }, ' +
      '{ proficiency: expert, until: 2026-11-27, then: absent }]\n',
  );
});

test('a value on lines of its own is exchanged as a whole', () => {
  const text =
    'users:\n  ana@x.com:\n    skills:\n      Billing:\n        proficiency: 9\n        until: 2026-01-01 # loan\n      Chat:\n        - 1\n        - proficiency: 2\n          until: 2026-01-01\n';
  expect(edited(text, { entry: 5 }, { skill: 'Chat', entry: 6 })).toBe(
    'users:\n  ana@x.com:\n    skills:\n      Billing: 5 # loan\n      Chat: 6\n',
  );
});

test('somebody new goes where users are sorted to his place, else to the end', () => {
  const file = 'rosters/a.yaml';
  const text = 'users:\n  bo: released\n  cy:\n    name: C\n    # skills: none yet\n\n# end\n';
  expect(edited(text, { user: 'ana', file })).toBe(
    text.replace('users:\n', 'users:\n  ana:\n    skills:\n      Billing: 90\n'),
  );
  expect(edited(text, { user: 'dan', file, name: 'no' })).toBe(
    text.replace('yet\n', 'yet\n  dan:\n    name: "no"\n    skills:\n      Billing: 90\n'),
  );
  const unsorted = 'users:\n  cy: {}\n  bo: {}\nteams: {}\n';
  expect(edited(unsorted, { user: 'ana', file })).toBe(
    'users:\n  cy: {}\n  bo: {}\n  ana:\n    skills:\n      Billing: 90\nteams: {}\n',
  );
});

test.each([
  ['', 'users:\n  a:\n    skills:\n      Billing: 90\n'],
  ['users: {}\n', 'users:\n  a:\n    skills:\n      Billing: 90\n'],
  ['users: {} # none\nteams: {}', 'users: # none\n  a:\n    skills:\n      Billing: 90\nteams: {}'],
  [
    'teams: { t: { members: [a] } }',
    'teams: { t: { members: [a] } }\nusers:\n  a:\n    skills:\n      Billing: 90',
  ],
  ['users: { b: released }\n', 'users: { a: { skills: { Billing: 90 } }, b: released }\n'],
])('%j gets its first user', (text, after) => {
  expect(edited(text, { user: 'a', file: 'rosters/a.yaml' })).toBe(after);
});

test('many new users keep their order, at the end of a file without a last line end too', () => {
  const file = 'rosters/a.yaml';
  const keys = ['d', 'b', 'c', 'f'];
  expect(
    edited(
      'users:\n  a: {}\n  e: {}',
      ...keys.map((user) => ({ user, file, skill: 'S', entry: 1 })),
    ),
  ).toBe(
    'users:\n  a: {}\n' +
      ['b', 'c', 'd'].map((key) => `  ${key}:\n    skills:\n      S: 1\n`).join('') +
      '  e: {}\n  f:\n    skills:\n      S: 1',
  );
});

test('a team member without an entry gets one in the file of the team', () => {
  const { changed } = editRosters(
    [
      { path: 'rosters/a.yaml', text: 'version: 1\nusers:\n  z: {}\n' },
      { path: 'rosters/b.yaml', text: 'version: 1\nteams:\n  t:\n    members: [Ana@X.com]\n' },
    ],
    [edit({})],
  );
  expect(changed).toEqual([
    {
      path: 'rosters/b.yaml',
      text: 'version: 1\nteams:\n  t:\n    members: [Ana@X.com]\nusers:\n  ana@x.com:\n    skills:\n      Billing: 90\n',
    },
  ]);
});

test('a file that is not there is made', () => {
  const { changed } = editRosters([], [edit({ file: 'rosters/new.yaml' })]);
  expect(changed[0]?.path).toBe('rosters/new.yaml');
  expect(changed[0]?.text).toMatch(
    /^# yaml-language-server: .*\nversion: 1\nusers:\n {2}ana@x\.com:\n {4}skills:\n {6}Billing: 90\n$/,
  );
});

test('of somebody in several files, the entry that names the skill is changed, else one that has such a section', () => {
  const files = [
    { path: 'rosters/a.yaml', text: 'version: 1\nusers:\n  ana@x.com:\n    name: A\n' },
    {
      path: 'rosters/b.yaml',
      text: 'version: 1\nusers:\n  Ana@X.com:\n    skills:\n      Chat: 1\n',
    },
    {
      path: 'rosters/c.yaml',
      text: 'version: 1\nusers:\n  ana@x.com:\n    skills:\n      Chat: 1\n',
    },
  ];
  const after = (skill: string, entry: number | undefined) =>
    editRosters(files, [edit({ skill, entry })]).changed.map(
      ({ path, text }) => `${path} ${text.slice(text.indexOf('    '))}`,
    );
  expect(after('Chat', 2)).toEqual([
    'rosters/b.yaml     skills:\n      Chat: 2\n',
    'rosters/c.yaml     skills:\n      Chat: 2\n',
  ]);
  expect(after('Fax', 2)).toEqual(['rosters/b.yaml     skills:\n      Chat: 1\n      Fax: 2\n']);
  expect(
    editRosters(files, [edit({ kind: 'language', skill: 'Latin', entry: 1 })]).changed[0]?.text,
  ).toBe('version: 1\nusers:\n  ana@x.com:\n    name: A\n    languages:\n      Latin: 1\n');
});

test("another org's entries are left alone", () => {
  const text = 'version: 1\nusers:\n  ana@x.com: { orgs: [us], skills: { Billing: 1 } }\n';
  const us = [{ path: 'rosters/a.yaml', text }];
  expect(editRosters(us, [edit({})], 'us').changed[0]?.text).toContain('Billing: 90');
  expect(editRosters(us, [edit({})], 'eu')).toEqual({
    changed: [],
    findings: [expect.objectContaining({ code: 'edit-nowhere' })],
  });
  const teams = [
    { path: 'a.yaml', text: 'version: 1\nteams: { t: { orgs: [us], members: [ana@x.com, 7] } }\n' },
  ];
  expect(editRosters(teams, [edit({})], 'eu').changed).toEqual([]);
});

test('names that YAML would take for something else are quoted', () => {
  const names = [
    'yes',
    'null',
    '1',
    '2026-01-01',
    '# a',
    'a: b',
    "it's",
    'say "x"',
    '- a',
    ' a ',
    '🙂',
    'C:\\',
    '*x',
    "'q'",
  ];
  const text = edited('users:\n  ana@x.com: {}\n', ...names.map((skill) => ({ skill, entry: 1 })));
  expect(
    text
      .split('\n')
      .slice(3, -1)
      .map((line) => line.trim()),
  ).toEqual(
    [
      '" a "',
      '"# a"',
      '"\'q\'"',
      '"*x"',
      '"- a"',
      '"1"',
      '"2026-01-01"',
      "'C:\\'",
      '"a: b"',
      "it's",
      '"null"',
      '\'say "x"\'',
      '"yes"',
      '"🙂"',
    ].map((key) => `${key}: 1`),
  );
});

test('Windows line ends and a byte order mark stay', () => {
  const text = '\ufeffversion: 1\r\nusers:\r\n  ana@x.com:\r\n    skills:\r\n      Chat: 1\r\n';
  const { changed } = editRosters(
    [{ path: 'a.yaml', text }],
    [edit({}), edit({ user: 'al', file: 'a.yaml' })],
  );
  expect(changed[0]?.text).toBe(
    '\ufeffversion: 1\r\nusers:\r\n  al:\r\n    skills:\r\n      Billing: 90\r\n  ana@x.com:\r\n    skills:\r\n      Billing: 90\r\n      Chat: 1\r\n',
  );
});

test('the place of an alias gets the value; what the alias stands for stays', () => {
  const text = 'users:\n  ana@x.com: { skills: { Billing: *e } }\n';
  const anchor = 'profiles: { p: { skills: { X: &e 5 } } }\n';
  expect(edited(anchor + text, {})).toBe(anchor + text.replace('*e', '90'));
});

test('what would change somebody else is refused, and nobody else is held up by it', () => {
  const shared =
    'users:\n  ana@x.com: { skills: &s { Billing: 1 } }\n  ben@x.com: { skills: *s }\n';
  expect(refused(shared, {})).toEqual(['edit-refused@3']);
  expect(refused(shared, { user: 'ben@x.com' })).toEqual(['edit-refused@4']);
  expect(refused('users:\n  ana@x.com: { skills: { Billing: &b 1, Chat: *b } }\n', {})).toEqual([
    'edit-refused@3',
  ]);
  expect(refused(shared.replace('{ skills: *s }', '&b { skills: *s }'), {})).toEqual([
    'edit-refused@3',
  ]);
  const { changed, findings } = editRosters(
    [{ path: 'a.yaml', text: `version: 1\n${shared}  cem@x.com: { name: C }\n  dee@x.com: {}\n` }],
    [edit({}), edit({ user: 'cem@x.com' }), edit({ user: 'dee@x.com' })],
  );
  expect(findings.map(({ code }) => code)).toEqual(['edit-refused']);
  expect(changed[0]?.text).toBe(
    `version: 1\n${shared}  cem@x.com: { name: C, skills: { Billing: 90 } }\n  dee@x.com:\n    skills:\n      Billing: 90\n`,
  );
});

test('of several edits of one skill the last one counts', () => {
  expect(edited(ANA, { entry: 1 }, { entry: undefined }, { entry: 2 })).toBe(
    ANA.replace('80   #', '2   #'),
  );
});

test('a released user, and one who is nowhere, are told once', () => {
  const text = 'users:\n  ana@x.com: released\n';
  expect(refused(text, {}, { skill: 'Chat' })).toEqual(['edit-released@3']);
  expect(refused(text, { user: 'bo' }, { user: 'bo', skill: 'Chat' })).toEqual(['edit-nowhere@-']);
});

test('a file that cannot be read is told with its place and stays as it is', () => {
  expect(refused('users: [\n', { file: 'rosters/a.yaml' })).toEqual([
    'yaml-syntax@3',
    'edit-refused@-',
  ]);
});

test('windows that have not begun can be kept beside a new value', () => {
  const list =
    '[10, { proficiency: 20, until: 2026-06-30 }, { proficiency: 30, from: 2026-07-01, until: 2026-07-31, then: absent, reason: fair }]';
  const text = `users:\n  ana@x.com: { skills: { Billing: ${list}, Chat: { proficiency: 5, from: 2027-01-01 } } }\n`;
  const later =
    '{ proficiency: 30, from: 2026-07-01, until: 2026-07-31, then: absent, reason: fair }';
  const keepAfter = '2026-06-15';
  expect(edited(text, { keepAfter })).toBe(text.replace(list, `[90, ${later}]`));
  expect(edited(text, { keepAfter, entry: undefined })).toBe(text.replace(list, `[${later}]`));
  expect(edited(text, { keepAfter, skill: 'Chat', entry: ['absent'] })).toBe(
    text.replace(
      '{ proficiency: 5, from: 2027-01-01 }',
      '[absent, { proficiency: 5, from: 2027-01-01 }]',
    ),
  );
  expect(edited(text, { keepAfter: '2026-07-01' })).toBe(text.replace(list, '90'));
});
