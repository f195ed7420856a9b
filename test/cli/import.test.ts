/** Whole runs of `muster import`: the preview, the question, the rosters in place, and everything that keeps it from writing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { config } from '../desired/world.ts';
import { type Folder, muster, tempFolder, type World } from '../support/shell.ts';

const ROSTER = `version: 1
# Who answers for what in EMEA.
profiles:
  base: { skills: { Billing: skilled, Chat: 40 } }
teams:
  emea: { profiles: [base], members: [ana@example.com, ben@example.com] }
users:
  ana@example.com:
    name: Ana Ruiz
    skills:
      Billing: expert # she trains the others
      Refunds: 40
`;
const AT = Date.parse('2026-11-25T12:00:00Z');

let folder: Folder;

async function open(files: Readonly<Record<string, string>> = {}) {
  folder = await tempFolder({ 'muster.yaml': config(), 'rosters/emea.yaml': ROSTER, ...files });
}

beforeEach(() => open());
afterEach(() => folder.remove());

const run = (args: readonly string[], world: Partial<World> = {}) =>
  muster(['import', ...args], { cwd: folder.path, at: AT, ...world });
const table = (text: string) => folder.write('team.csv', text);
const roster = () => folder.read('rosters/emea.yaml');

test('the preview is shown, somebody says yes, and only the lines concerned are other ones', async () => {
  await table(
    'E-Mail;Kenntnis;Stufe\nana@example.com;Billing;skilled\nben@example.com;Refunds;60\nana@example.com;Refunds;40\n',
  );
  const ran = await run(['team.csv'], { answers: ['yes'] });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toBe(`team.csv (UTF-8, semicolons between cells) for org prod, as of 2026-11-25

Ana Ruiz <ana@example.com>
  ~ Billing  expert -> skilled  rosters/emea.yaml:11

ben@example.com
  + Refunds  skilled  rosters/emea.yaml:15

Import: 1 to add, 1 to change, 0 to remove.
2 people in 1 roster; comments and order are kept.
1 value is in the rosters already.
`);
  expect(ran.stderr).toContain('Written: rosters/emea.yaml.');
  expect(await roster()).toBe(
    `${ROSTER.replace('Billing: expert #', 'Billing: skilled #')}  ben@example.com:\n    skills:\n      Refunds: skilled\n`,
  );
  const again = await run(['team.csv'], { answers: [] });
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('No changes. The rosters say what the table says.\n3 values are');
  expect(again.stderr).toBe('');
});

test.each(['no', '', 'y'])('whoever answers %j writes nothing', async (answer) => {
  await table('user;skill;level\nana@example.com;Billing;7\n');
  const ran = await run(['team.csv'], { answers: [answer] });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was written.') });
  expect(await roster()).toBe(ROSTER);
});

test('without a terminal it is said beforehand what is to be done', async () => {
  await table('user;skill;level\nana@example.com;Billing;7\n');
  expect(await run(['team.csv'])).toMatchObject({ code: 64, stdout: '' });
  const dry = await run(['team.csv', '--dry-run']);
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain('Import: 0 to add, 1 to change, 0 to remove.');
  expect(await roster()).toBe(ROSTER);
  const quiet = await run(['team.csv', '--yes', '--quiet']);
  expect(quiet).toMatchObject({ code: 0, stdout: 'Import: 0 to add, 1 to change, 0 to remove.\n' });
  expect(await roster()).toBe(ROSTER.replace('Billing: expert', 'Billing: 7'));
});

test('one wrong cell, and nothing of the table is written', async () => {
  await table(
    'user;skill;level\nana@example.com;Billing;7\nana@example.com;Refunds;700\nnobody@x.com;Billing;7\n',
  );
  const ran = await run(['team.csv', '--yes']);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('error[table-off-scale] team.csv:3:3');
  expect(ran.stderr).toContain('error[table-user-unknown] team.csv:4:1');
  expect(ran.stderr).toContain('2 errors');
  expect(await roster()).toBe(ROSTER);
  const json = await run(['team.csv', '--yes', '--format', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ code: 'table-off-scale' }, {}] });
});

test('rosters with errors of their own are not written into', async () => {
  await folder.write('rosters/emea.yaml', ROSTER.replace('expert', 'exprt'));
  await table('user;skill;level\nana@example.com;Billing;7\n');
  const ran = await run(['team.csv', '--yes']);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('level-unknown') });
});

test('the preview as data says what was written, and where', async () => {
  await table('user,skill,level,until\nana@example.com,Chat,55,2026-12-24\n');
  const ran = await run(['team.csv', '--yes', '--format', 'json']);
  expect(ran.stderr).toBe('');
  expect(JSON.parse(ran.stdout)).toMatchObject({
    formatVersion: '1.0',
    org: 'prod',
    saved: true,
    unchanged: 0,
    changes: [
      {
        action: 'change',
        user: 'ana@example.com',
        skill: 'Chat',
        before: [{ proficiency: 40 }],
        after: [{ proficiency: 55, until: '2026-12-24' }, { proficiency: 40 }],
        through: ['team emea', 'profile base'],
        place: { file: 'team.csv', line: 2, col: 3 },
        written: { file: 'rosters/emea.yaml', line: 12 },
      },
    ],
  });
  await table('user,skill,level\nana@example.com,Chat,56\n');
  const asked = await run(['team.csv', '--format', 'json'], { answers: ['no'] });
  expect(asked).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('~ Chat') });
});

test('a new repository: everybody is new, and the first roster is named after the table', async () => {
  await folder.remove();
  folder = await tempFolder({ 'muster.yaml': config() });
  await folder.write(
    'Skills Q4.csv',
    'email;name;skill;level\nAna@Example.com;Ana Ruiz;Billing;90\ncem@example.com;;Chat;7\n',
  );
  const unsure = await run(['Skills Q4.csv', '--yes']);
  expect(unsure.code).toBe(1);
  expect(unsure.stderr).toContain('is taken in with --new.');
  const ran = await run(['Skills Q4.csv', '--yes', '--new']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('New in the rosters (2)\n  ana@example.com, cem@example.com');
  expect(ran.stdout).toContain('Skills that no roster has named (2)\n  Billing, Chat');
  expect(await folder.read('rosters/skills-q4.yaml')).toContain(
    'ana@example.com:\n    name: Ana Ruiz\n    skills:\n      Billing: expert\n',
  );
  expect((await muster(['validate'], { cwd: folder.path })).code).toBe(0);
});

test('with several rosters it is said where new people go; members of a team go to it', async () => {
  await folder.write('rosters/apac.yaml', 'version: 1\nusers: { dan@example.com: {} }\n');
  await table('user;skill;level\nben@example.com;Billing;7\n');
  expect((await run(['team.csv', '--dry-run'])).stdout).toContain('rosters/emea.yaml:15');
  await table('user;skill;level\nnew@example.com;Billing;7\n');
  expect(await run(['team.csv', '--yes', '--new'])).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('--into rosters/apac.yaml'),
  });
  for (const path of ['elsewhere/new.yaml', '../new.yaml', 'rosters/new.txt'])
    expect(await run(['team.csv', '--yes', '--new', '--into', path])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining(`would not read ${path}`),
    });
  const ran = await run(['team.csv', '--yes', '--new', '--into', './rosters/new.yaml']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await folder.read('rosters/new.yaml')).toContain('new@example.com:');
});

test('a roster that somebody changes while the question is open is left as he left it', async () => {
  await table('user;skill;level\nana@example.com;Billing;7\n');
  const meanwhile = `${ROSTER}  dan@example.com: {}\n`;
  const ran = await run(['team.csv'], {
    answers: ['yes'],
    onStderr: (text) => {
      if (text.includes('Only "yes"'))
        writeFileSync(join(folder.path, 'rosters/emea.yaml'), meanwhile);
    },
  });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('roster-changed') });
  expect(await roster()).toBe(meanwhile);
});

test('byte order marks and line ends of a roster stay', async () => {
  await folder.write('rosters/emea.yaml', `\ufeff${ROSTER.replaceAll('\n', '\r\n')}`);
  await table('user;skill;level\nana@example.com;Billing;7\n');
  expect((await run(['team.csv', '--yes'])).code).toBe(0);
  expect(await roster()).toBe(
    `\ufeff${ROSTER.replace('Billing: expert', 'Billing: 7').replaceAll('\n', '\r\n')}`,
  );
});

test('an entry that cannot be changed by itself is told, and nothing is written', async () => {
  const shared =
    'version: 1\nusers:\n  ana@example.com: &a { skills: { Billing: 60 } }\n  ben@example.com: *a\n';
  await folder.write('rosters/emea.yaml', shared);
  await table('user;skill;level\nben@example.com;Billing;7\n');
  const ran = await run(['team.csv', '--yes']);
  expect(ran).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('edit-refused'),
  });
  expect(await roster()).toBe(shared);
});

test('the first roster of an org, whatever the table is called and wherever the org keeps them', async () => {
  await folder.remove();
  folder = await tempFolder({ 'muster.yaml': config('rosters: [people/emea/*.yaml]') });
  await folder.write('Übersicht.csv', 'user;skill;level\nana@example.com;Billing;7\n');
  expect((await run(['Übersicht.csv', '--yes', '--new'])).code).toBe(0);
  expect(await folder.read('people/emea/ubersicht.yaml')).toContain('ana@example.com:');
  await folder.remove();
  folder = await tempFolder({ 'muster.yaml': config('rosters: [people.yaml]') });
  await folder.write('x.csv', 'user;skill;level\nana@example.com;Billing;7\n');
  expect((await run(['x.csv', '--yes', '--new'])).code).toBe(0);
  expect(await folder.read('people.yaml')).toContain('ana@example.com:');
});

test('what cannot be read, and a wrong flag', async () => {
  expect(await run(['none.csv', '--yes'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('table-unreadable'),
  });
  expect((await run(['team.csv', '--dates', 'ymd'])).code).toBe(64);
  await table('user;skill;level;until\nana@example.com;Billing;7;01/02/2027\n');
  expect(await run(['team.csv', '--dry-run'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('table-date-ambiguous'),
  });
  expect((await run(['team.csv', '--dry-run', '--dates', 'dmy'])).stdout).toContain(
    'until 2027-02-01',
  );
});

test('a roster that other orgs read as well is written, and told of', async () => {
  await folder.remove();
  const shared = `version: 1
orgs:
  eu: { platform: admin, baseUrl: https://a.example.com, levels: { skilled: 60 } }
  us: { platform: genesys, region: mypurecloud.com, levels: { skilled: 3 } }
`;
  folder = await tempFolder({
    'muster.yaml': shared,
    'rosters/shared/a.yaml':
      'version: 1\nusers: { ana@example.com: { skills: { Billing: absent } } }\n',
  });
  await table('user;skill;level\nana@example.com;Billing;60\n');
  const ran = await run(['team.csv', '--yes', '--org', 'eu']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('warning[table-shared-roster] rosters/shared/a.yaml:1:1');
  expect(await folder.read('rosters/shared/a.yaml')).toContain('Billing: skilled');
  await folder.write(
    'rosters/shared/b.yaml',
    'version: 1\nusers: { ben@example.com: { orgs: [eu], skills: { Billing: absent } } }\n',
  );
  await table('user;skill;level\nben@example.com;Billing;60\n');
  const own = await run(['team.csv', '--yes', '--org', 'eu']);
  expect(own.code, own.stderr).toBe(0);
  expect(own.stdout).not.toContain('table-shared-roster');
  await table('user;skill;level\nana@example.com;Billing;55\n');
  const bare = await run(['team.csv', '--yes', '--org', 'eu']);
  expect(bare).toMatchObject({ code: 1, stderr: expect.stringContaining('bare-number') });
  expect(bare.stderr).toMatch(
    /^With this table the rosters would have errors, so nothing is written.\n/,
  );
  const json = await run(['team.csv', '--yes', '--org', 'eu', '--format', 'json']);
  expect(json).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(json.stdout).findings).toMatchObject([{ code: 'bare-number' }]);
});

test('an empty cell takes away only when it is told to', async () => {
  await table('user;Billing;Chat\nana@example.com;;\n');
  expect((await run(['team.csv', '--dry-run'])).stdout).toContain('No changes.');
  const ran = await run(['team.csv', '--dry-run', '--empty-removes']);
  expect(ran.stdout).toContain('- Billing  expert -> absent');
  expect(ran.stdout).toContain('Import: 0 to add, 0 to change, 2 to remove.');
});

test('somebody at the keyboard breaks it off', async () => {
  await table('user;skill;level\nana@example.com;Billing;7\n');
  const stop = new AbortController();
  const ran = await run(['team.csv'], {
    answers: [''],
    signal: stop.signal,
    onStderr: () => stop.abort(),
  });
  expect(ran.code).toBe(130);
  expect(await roster()).toBe(ROSTER);
});
