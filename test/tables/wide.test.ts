/** Tables with one row a person and one column a skill. Empty cells say nothing, unless they are told to. */
import { expect, test } from 'vitest';
import { told } from '../desired/world.ts';
import { changes, inLines } from './world.ts';

const MATRIX = `Agent,Billing,Refunds,Chat
ana@example.com,90,,
ben@example.com,,50,absent
cem,,,
`;

test('a cell is about today and on, an empty one says nothing', async () => {
  const made = await changes(MATRIX);
  expect(inLines(made)).toEqual([
    'ben@example.com Chat: 40 -> absent',
    'ben@example.com Refunds: - -> 50',
  ]);
  expect(made.unchanged).toBe(1);
});

test('told to, an empty cell takes away what the files give, and nothing else', async () => {
  const made = await changes(MATRIX, { emptyRemoves: true });
  expect(inLines(made)).toEqual([
    'ana@example.com Chat: 40 -> absent',
    'ana@example.com Refunds: 90 until 2026-11-27 (sick leave) + 40 -> -',
    'ben@example.com Billing: skilled -> absent',
    'ben@example.com Chat: 40 -> absent',
    'ben@example.com Refunds: - -> 50',
    'cem Chat: 80 -> -',
  ]);
  expect(made.findings).toEqual([]);
});

test('a window that is open gives way to the cell, which is told; the same value as today is no change', async () => {
  const made = await changes('user;Refunds\nana@example.com;60\n');
  expect(told(made.findings)).toEqual(['table-window-dropped team.csv:2:2']);
  expect(made.findings[0]?.related).toMatchObject([{ file: 'rosters/team.yaml', line: 11 }]);
  expect((await changes('user;Refunds\nana@example.com;90\n')).changes).toEqual([]);
});

test('two rows of one person, and two columns of one skill, must not differ', async () => {
  const rows = await changes('user;Chat\ncem;70\nCem Öz;71\n');
  expect(told(rows.findings)).toEqual(['table-conflict team.csv:3:2']);
  const columns = await changes('user;Chat;CHAT\ncem;70;71\n');
  expect(told(columns.findings)).toEqual(['table-conflict team.csv:2:3']);
});

test.each([
  ['table-skill-unknown 1:2', 'user;Biling', 'cem;70'],
  ['table-skill-unknown 1:2', 'user;2026-05-04', 'cem;70'],
  ['table-header 1:2', 'user;level', 'cem;70'],
  ['table-header 2:3', 'user;Chat;', 'cem;80;70'],
  ['table-row-incomplete 2:1', 'user;Chat', ';70'],
  ['table-level-unknown 2:2', 'user;Chat', 'cem;x'],
  ['table-level-unknown 2:2', 'user;Chat', 'cem;–'],
])('%s: %s', async (finding, header, row) => {
  const made = await changes(`${header}\n${row}\n`);
  expect(told(made.findings)).toEqual([finding.replace(' ', ' team.csv:')]);
  expect(made.changes).toEqual([]);
});

test('an unknown column of which no cell says anything is no matter', async () => {
  expect((await changes('user;Chat;Total\ncem;70;\n')).findings).toEqual([]);
});

test('columns of notes say nothing, unless a skill is called so; words of the long form can be skills', async () => {
  const plain = await changes('user;Team;Chat\ncem;emea;70\n');
  expect(inLines(plain)).toEqual(['cem Chat: 80 -> 70']);
  const rosters = {
    'rosters/a.yaml':
      'version: 1\nskills: { Team: {}, Level: {}, Skill: {} }\nusers: { cem: {} }\n',
  };
  const skills = await changes('user;Team;Level;skill: Skill\ncem;60;70;80\n', { rosters });
  expect(inLines(skills)).toEqual([
    'cem Level: - -> 70',
    'cem Skill: - -> 80',
    'cem Team: - -> skilled',
  ]);
});

test('a language is told from a skill of its name by what stands before it', async () => {
  const options = {
    config: `version: 1
orgs: { prod: { platform: genesys, region: mypurecloud.ie, levels: { skilled: 3 } } }
`,
    rosters: {
      'rosters/a.yaml': `version: 1
users:
  ana: { skills: { Spanish: 2, Chat: 1.5 }, languages: { Spanish: 4, French: 1 } }
`,
    },
  };
  const header = 'user;Spanish;Chat;French;Sprache: Spanish;skill: Spanish';
  const made = await changes(`${header}\nana;;2,5;2;5;4\n`, options);
  expect(made.findings).toEqual([]);
  expect(
    made.changes.map(({ kind, skill, entry }) => [kind, skill, entry[0]?.proficiency]),
  ).toEqual([
    ['skill', 'Chat', 2.5],
    ['skill', 'Spanish', 4],
    ['language', 'French', 2],
    ['language', 'Spanish', 5],
  ]);
  const unclear = await changes('user;Spanish\nana;3\n', options);
  expect(told(unclear.findings)).toEqual(['table-skill-ambiguous team.csv:1:2']);
  const half = await changes('user;language: Spanish\nana;3,5\n', options);
  expect(told(half.findings)).toEqual(['table-off-scale team.csv:2:2']);
});

test('a language where the platform has none', async () => {
  const made = await changes('user;language: Billing\ncem;60\n', { takeNew: true });
  expect(told(made.findings)).toEqual(['table-skill-unknown team.csv:2:2']);
});

test('an empty cell takes nothing away that was not there to be seen in it', async () => {
  const rosters = {
    'rosters/a.yaml': `version: 1
users: { cem: { skills: { Chat: { proficiency: 40, from: 2026-12-01 }, Billing: absent } } }
`,
  };
  const made = await changes('user;Chat;Billing\ncem;;\n', { rosters, emptyRemoves: true });
  expect(made.changes).toEqual([]);
});
