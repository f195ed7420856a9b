/** Tables with one row a skill: what they change, and every way in which a row can be wrong. */
import { expect, test } from 'vitest';
import { told } from '../desired/world.ts';
import { changes, inLines } from './world.ts';

const table = (header: string, ...rows: string[]) => [header, ...rows, ''].join('\n');

test('a row writes the person’s own entry, through whatever it came before', async () => {
  const made = await changes(
    table(
      'user;skill;level',
      'ana@example.com;Billing;skilled',
      'ben@example.com;Chat;55',
      'cem;Chat;80',
    ),
  );
  expect(inLines(made)).toEqual([
    'ana@example.com Billing: expert -> skilled',
    'ben@example.com Chat: 40 -> 55',
  ]);
  expect(made.unchanged).toBe(1);
  expect(made.changes[1]).toMatchObject({
    through: ['team emea', 'profile base'],
    place: { file: 'team.csv', line: 3, col: 3 },
  });
});

test.each([
  'E-Mail;Kenntnis;Stufe',
  'Employee,Routing Skill,VALUE'.replaceAll(',', ';'),
  'utilisateur;COMPÉTENCE;niveau'.replace('niveau', 'level'),
  'Correo electrónico;Habilidad;Nivel',
])('headers in many words: %s', async (header) => {
  const made = await changes(table(header, 'ana@example.com;Billing;skilled'));
  expect(inLines(made)).toEqual(['ana@example.com Billing: expert -> skilled']);
});

test('numbers have a point or a comma, levels any case, and a number that is a level’s becomes it', async () => {
  const made = await changes(
    table(
      'user;skill;level',
      'ana@example.com;Billing;60,0',
      'ana@example.com;Chat;"EXPERT"',
      'cem;Chat;7.0',
    ),
  );
  expect(inLines(made)).toEqual([
    'ana@example.com Billing: expert -> skilled',
    'ana@example.com Chat: 40 -> expert',
    'cem Chat: 80 -> 7',
  ]);
});

test('names in other letters, cases and spaces are the names of the rosters', async () => {
  const made = await changes(
    table('name;skill;level', 'cem  O\u0308Z;bil\u00adling\u00a0;90', '"Ruiz, Ana"; REFUNDS ;60'),
  );
  expect(inLines(made)).toEqual([
    'ana@example.com Refunds: 90 until 2026-11-27 (sick leave) + 40 -> skilled',
    'cem Billing: - -> expert',
  ]);
  expect(made.changes.map(({ namedBy }) => namedBy)).toEqual(['name', 'name']);
});

test('actions take away: absent, or removed, which is absent where something else gives the skill', async () => {
  const made = await changes(
    table(
      'user;skill;level;action',
      'ana@example.com;Billing;90;remove',
      'cem;Chat;;Löschen',
      'ben@example.com;Billing;;absent',
      'ben@example.com;Chat;;keep',
    ),
  );
  expect(inLines(made)).toEqual([
    'ana@example.com Billing: expert -> absent',
    'ben@example.com Billing: skilled -> absent',
    'cem Chat: 80 -> -',
  ]);
});

test('removing what no file gives is told, and no change', async () => {
  const made = await changes(table('user;skill;action', 'ben@example.com;Refunds;remove'));
  expect(told(made.findings)).toEqual(['table-nothing-to-remove team.csv:2:2']);
  expect(made.changes).toEqual([]);
});

test('removing what no file names, or names no more, is told and no error', async () => {
  const made = await changes(
    table('user;skill;action', 'cem;Biling;remove', 'cem;Tax;remove', 'cem;Tax;remove'),
  );
  expect(made.findings).toMatchObject([
    { code: 'table-nothing-to-remove', severity: 'warning', hint: 'Did you mean `Billing`?' },
    { code: 'table-nothing-to-remove', hint: 'Nothing is to be done.' },
  ]);
});

test('windows, what follows them and reasons are written as they are', async () => {
  const made = await changes(
    table(
      'user;skill;level;from;until;then;reason',
      'cem;Chat;90;01.12.2026;31.01.2027;absent;campaign',
      'ben@example.com;Refunds;20;;2026-12-24;;',
    ),
  );
  expect(inLines(made)).toEqual([
    'ben@example.com Refunds: - -> novice until 2026-12-24',
    'cem Chat: 80 -> 80 + expert from 2026-12-01 until 2027-01-31 then absent (campaign)',
  ]);
});

test('a window with other days takes the place of the one it overlaps, with its reason; what has no successor is told', async () => {
  const longer = await changes(
    table('user;skill;level;until', 'ana@example.com;Refunds;90;2026-12-15'),
  );
  expect(inLines(longer)).toEqual([
    'ana@example.com Refunds: 90 until 2026-11-27 (sick leave) + 40 -> 40 + expert until 2026-12-15 (sick leave)',
  ]);
  expect(longer.findings).toEqual([]);
  const other = await changes(
    table('user;skill;level;from;until', 'ana@example.com;Refunds;90;2026-12-01;2026-12-15'),
  );
  expect(inLines(other)).toEqual([
    'ana@example.com Refunds: 90 until 2026-11-27 (sick leave) + 40 -> 40 + expert from 2026-12-01 until 2026-12-15',
  ]);
  expect(told(other.findings)).toEqual(['table-window-dropped team.csv:2:3']);
});

test('a row whose days are over takes nothing away, unless it ends what a roster gives', async () => {
  const header = 'user;skill;level;until';
  const past = await changes(table(header, 'cem;Billing;60;2025-12-31'));
  expect(past.changes).toEqual([]);
  expect(told(past.findings)).toEqual(['table-window-over team.csv:2:3']);
  const both = await changes(
    table(
      'user;skill;level;from;until',
      'cem;Billing;60;;2025-12-31',
      'cem;Billing;70;2026-01-01;2026-12-31',
    ),
  );
  expect(inLines(both)).toEqual(['cem Billing: - -> 70 from 2026-01-01 until 2026-12-31']);
  expect(told(both.findings)).toEqual(['table-window-over team.csv:2:3']);
  const ended = await changes(table(header, 'ana@example.com;Refunds;90;2026-11-24'));
  expect(inLines(ended)).toEqual([
    'ana@example.com Refunds: 90 until 2026-11-27 (sick leave) + 40 -> 40 + expert until 2026-11-24 (sick leave)',
  ]);
  expect(ended.findings).toEqual([]);
});

test('a decimal comma that splits a cell is no smaller number', async () => {
  const made = await changes('user,skill,level\ncem,Chat,4,5\n');
  expect(told(made.findings)).toEqual(['table-header team.csv:2:4']);
});

test('the same days keep their reason; a row without days leaves windows that have not begun', async () => {
  const rosters = {
    'rosters/a.yaml': `version: 1
users:
  ana@example.com:
    skills:
      Billing: [40, { proficiency: 90, from: 2026-12-01, until: 2026-12-31, reason: campaign }]
      Chat: { proficiency: 50, until: 2026-12-31, then: absent, reason: help }
`,
  };
  const made = await changes(
    table(
      'user;skill;level;until',
      'ana@example.com;Billing;60;',
      'ana@example.com;Chat;55;2026-12-31',
    ),
    { rosters },
  );
  expect(inLines(made)).toEqual([
    'ana@example.com Billing: 40 + 90 from 2026-12-01 until 2026-12-31 (campaign) -> skilled + 90 from 2026-12-01 until 2026-12-31 (campaign)',
    'ana@example.com Chat: 50 until 2026-12-31 then absent (help) -> 55 until 2026-12-31 then absent (help)',
  ]);
  expect(made.findings).toEqual([]);
});

test.each([
  ['table-user-unknown 2:1', 'nobody@example.com;Billing;60;;'],
  ['table-user-unknown 2:1', 'Nobody Here;Billing;60;;'],
  ['table-user-released 2:1', 'dora@example.com;Billing;60;;'],
  ['table-skill-unknown 2:2', 'cem;Biling;60;;'],
  ['table-level-unknown 2:3', 'cem;Billing;exprt;;'],
  ['table-level-unknown 2:3', 'cem;Billing;-;;'],
  ['table-off-scale 2:3', 'cem;Billing;101;;'],
  ['table-off-scale 2:3', 'cem;Billing;60,5;;'],
  ['table-value 2:3', 'cem;Billing;60 %;;'],
  ['table-date 2:4', 'cem;Billing;60;31.02.2027;'],
  ['table-date-ambiguous 2:5', 'cem;Billing;60;;01/02/2027'],
  ['table-window-reversed 2:5', 'cem;Billing;60;2027-01-31;2027-01-01'],
  ['table-row-incomplete 2:1', ';Billing;60;;'],
  ['table-row-incomplete 2:2', 'cem;;60;;'],
  ['table-row-incomplete 2:3', 'cem;Billing;;;'],
])('%s: %s', async (finding, row) => {
  const made = await changes(table('user;skill;level;from;until', row));
  expect(told(made.findings)).toEqual([finding.replace(' ', ' team.csv:')]);
  expect(made.changes).toEqual([]);
});

test.each([
  ['table-action 2:3', 'user;skill;action', 'cem;Chat;activate'],
  ['table-action 2:3', 'user;skill;action;until', 'cem;Chat;remove;2027-01-01'],
  ['table-value 2:3', 'user;skill;kind;level', 'cem;Chat;queue;80'],
  ['table-value 2:4', 'user;skill;level;then', 'cem;Chat;70;present'],
  ['table-value 2:4', 'user;skill;level;then', 'cem;Chat;70;absent'],
  ['table-conflict 2:3', 'user;skill;language;level', 'cem;Chat;Spanish;80'],
  ['table-skill-unknown 2:2', 'user;skillId;level', 'cem;abc;80'],
  ['table-skill-unknown 2:2', 'user;language;level', 'cem;Chat;80'],
  ['table-column-twice 1:4', 'user;skill;level;Proficiency', 'cem;Chat;80;80'],
  ['table-header 1:4', 'user;skill;level;untill', 'cem;Chat;80;'],
  ['table-header 1:4', 'user;skill;level;form', 'cem;Chat;80;'],
  ['table-header 1:1', 'user;skill;note', 'cem;Chat;80'],
  ['table-header 1:1', 'who;what;level', 'cem;Chat;80'],
  ['table-column-ignored 1:4', 'user;skill;level;Shoe size', 'cem;Chat;80;44'],
  ['table-header 2:4', 'user;skill;level;', 'cem;Chat;80;44'],
  ['table-empty 1:1', 'user;skill;level', ''],
])('%s: %s', async (finding, header, row) => {
  const made = await changes(table(header, row));
  expect(told(made.findings)).toEqual([finding.replace(' ', ' team.csv:')]);
  expect(made.changes).toEqual([]);
});

test('all findings are told at once, and what is said of many cells is told once with their places', async () => {
  const rows = ['cem;Biling;1', 'cem;Biling;2', 'nobody@x.com;Chat;3', 'cem;Chat;exprt'];
  const made = await changes(table('user;skill;level', ...rows));
  expect(told(made.findings)).toEqual([
    'table-skill-unknown team.csv:2:2',
    'table-user-unknown team.csv:4:1',
    'table-level-unknown team.csv:5:3',
  ]);
  expect(made.findings[0]).toMatchObject({
    message: 'No skill is known as `Biling`.',
    hint: expect.stringContaining('Did you mean `Billing`?'),
    related: [{ file: 'team.csv', line: 3, col: 2 }],
  });
});

test('rows that say the same are told; rows that say different things are an error', async () => {
  const header = 'user;skill;level;from;until';
  const twice = await changes(table(header, 'cem;Chat;70;;', 'CEM;chat;70,0;;'));
  expect(told(twice.findings)).toEqual(['table-row-twice team.csv:3:3']);
  expect(inLines(twice)).toEqual(['cem Chat: 80 -> 70']);
  const rows = [
    ['cem;Chat;70;;', 'cem;Chat;71;;'],
    ['cem;Chat;70;;2026-12-31', 'cem;Chat;71;2026-12-31;2027-01-31'],
    ['cem;Chat;70;;2026-12-31', 'cem;Chat;71;;2026-12-31'],
  ];
  for (const pair of rows) {
    const against = await changes(table(header, ...pair));
    expect(told(against.findings)).toEqual(['table-conflict team.csv:3:3']);
  }
  const apart = await changes(
    table(
      header,
      'cem;Chat;70;;2026-12-30',
      'cem;Chat;71;2026-12-31;2027-01-31',
      'cem;Chat;70;;2027-02-28',
    ),
  );
  expect(told(apart.findings)).toEqual(['table-conflict team.csv:4:3']);
});

test('a row is set and removed at once: an error', async () => {
  const made = await changes(table('user;skill;level;action', 'cem;Chat;70;', 'cem;Chat;;remove'));
  expect(told(made.findings)).toEqual(['table-conflict team.csv:3:3']);
});

test('rows above the headers, empty rows and columns of notes are passed over', async () => {
  const made = await changes(
    table(
      'Skills, 4th quarter;;;',
      ';;;',
      'User;Note;Skill;Level',
      ';;;',
      'cem;"line\nline";Chat;70',
    ),
  );
  expect(inLines(made)).toEqual(['cem Chat: 80 -> 70']);
  expect(made.changes[0]?.place).toEqual({ file: 'team.csv', line: 5, col: 4 });
});
