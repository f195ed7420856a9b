/** `muster pull` as a whole, against the sandbox over HTTP. */
import { readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Platform } from '../../src/model/platform.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Ground, ground } from '../support/repo.ts';
import { type Folder, muster, tempFolder, type World } from '../support/shell.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const config = (url: string, more = '') =>
  `version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: ${url}\n    levels: { novice: 20, skilled: 60, expert: 90 }\n    pace: { reads: 100000, writes: 100000 }\n${more}`;

interface Place {
  readonly sandbox: Sandbox;
  readonly folder: Folder;
  run(args: readonly string[], world?: Partial<World>): ReturnType<typeof muster>;
}

async function place(options: SandboxOptions = {}, more = ''): Promise<Place> {
  const sandbox = await startSandbox({ rates: { reads: 0, writes: 0 }, users: 60, ...options });
  const folder = await tempFolder({ 'muster.yaml': config(sandbox.url, more) });
  closing.push(
    () => sandbox.close(),
    () => folder.remove(),
  );
  const run: Place['run'] = (args, world = {}) =>
    muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token }, speed: 20, ...world });
  return { sandbox, folder, run };
}

async function underGit(): Promise<Ground> {
  const there = await ground({ files: (url) => ({ 'muster.yaml': config(url) }), remote: false });
  closing.push(() => there.close());
  return there;
}

const rosters = (folder: { readonly path: string }) => readdir(join(folder.path, 'rosters'));

async function linesIn(folder: Folder): Promise<number> {
  const texts = await Promise.all(
    (await rosters(folder)).map((name) => folder.read(`rosters/${name}`)),
  );
  return texts.join('').split('\n').length - 1;
}

test('right after a pull a plan is empty and the files are valid; nothing was written to the platform', async () => {
  const { sandbox, folder, run } = await place();
  const pulled = await run(['pull']);
  expect(pulled.code, pulled.stderr).toBe(0);
  const files = await rosters(folder);
  expect(pulled.stdout).toMatch(/^Pulled 60 people of eu; \d+ files written:\n {2}\+ rosters\//);
  expect(files.length).toBeGreaterThan(5);
  expect((await run(['validate'])).stdout).toBe(`Valid: 60 people in ${files.length + 1} files.\n`);
  const plan = await run(['plan']);
  expect(plan.stdout).toMatch(/^No changes\. Live skills match the files\.\n/);
  expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
  const again = await run(['pull']);
  expect(again.stdout).toBe('The files say what is live in eu: nothing to write.\n');
});

test('--profiles at least halves the lines, and a plan is empty all the same', async () => {
  const { folder, run } = await place({ users: 300 });
  await run(['pull']);
  const plain = await linesIn(folder);
  await rm(join(folder.path, 'rosters'), { recursive: true });
  const ran = await run(['pull', '--profiles']);
  expect(ran.stdout).toMatch(/\n\d+ profiles made of what people share\.\n$/);
  expect(await linesIn(folder)).toBeLessThan(plain / 2);
  expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
});

test.each<[Platform, string]>([
  ['genesys', '{ novice: 1, skilled: 3, expert: 5 }'],
  ['cxone', '{ novice: 15, skilled: 8, expert: 1 }'],
])(
  'of an untidy %s too: factored or not a plan is empty, and the lines are halved',
  async (platform, levels) => {
    const sandbox = await startSandbox({ platform, users: 300, odd: true, rates: { calls: 0 } });
    closing.push(() => sandbox.close());
    const pulled = async (flags: readonly string[]) => {
      const pace = 'pace: { reads: 100000, writes: 100000 }';
      const settings = [
        `platform: ${platform}`,
        `baseUrl: ${sandbox.url}`,
        `levels: ${levels}`,
        pace,
      ];
      const lines = settings.map((line) => `    ${line}\n`).join('');
      const folder = await tempFolder({ 'muster.yaml': `version: 1\norgs:\n  eu:\n${lines}` });
      closing.push(() => folder.remove());
      const env = { MUSTER_TOKEN: sandbox.token };
      const run = (args: readonly string[]) => muster(args, { cwd: folder.path, env, speed: 20 });
      const ran = await run(['pull', ...flags]);
      expect(ran.code, ran.stderr).toBe(0);
      const teams = new Set(sandbox.org.users.map(({ team }) => `${team}.yaml`));
      expect(await rosters(folder)).toEqual(expect.arrayContaining([...teams]));
      expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
      return linesIn(folder);
    };
    const plain = await pulled([]);
    expect(await pulled(['--profiles'])).toBeLessThanOrEqual(plain / 2);
    expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
  },
);

test('a preview writes nothing, and JSON tells what would be written', async () => {
  const { folder, run } = await place();
  const ran = await run(['pull', '--dry-run', '--format', 'json']);
  const told = JSON.parse(ran.stdout);
  expect(told).toMatchObject({
    formatVersion: '1.0',
    org: 'eu',
    written: false,
    people: 60,
    profiles: 0,
    inactive: 0,
    incomplete: null,
    left: [],
  });
  expect(told.files[0]).toEqual({
    path: expect.stringMatching(/^rosters\/.*\.yaml$/),
    state: 'new',
    added: expect.any(Number),
    changed: 0,
  });
  await expect(rosters(folder)).rejects.toThrow('ENOENT');
  expect((await run(['pull', '--dry-run'])).stdout).toMatch(
    /^A pull of 60 people of eu would write/,
  );
});

test('a listing that forgets lists is completed one by one; what stays unknown is told and left out', async () => {
  const { sandbox, folder, run } = await place({ pages: { omitSkillsEvery: 10 } });
  const dark = sandbox.org.users[19];
  sandbox.setFaults([
    { kind: 'status', status: 500, path: `/api/v2/admin/users/${dark?.id}/skills` },
  ]);
  const ran = await run(['pull']);
  expect(ran.code).toBe(4);
  expect(ran.stdout).toMatch(/^Pulled 59 people/);
  expect(ran.stdout).toContain('Not read (1): the list could not be proven');
  expect(ran.stdout).toContain(`  ${dark?.email}: `);
  const texts = await Promise.all(
    (await rosters(folder)).map((name) => folder.read(`rosters/${name}`)),
  );
  expect(texts.join('')).not.toContain(dark?.email);
  sandbox.setFaults([]);
  const again = await run(['pull', '--yes']);
  expect(again.stdout).toContain('1 person added');
  expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
});

test('what drifted is written in place; uncommitted files are asked for', async () => {
  const { main, sandbox } = await underGit();
  expect((await main.muster(['pull'])).code).toBe(0);
  await main.commit({});
  const [ana] = sandbox.org.users;
  if (ana === undefined) throw new Error('nobody');
  const file = `rosters/${ana.team}.yaml`;
  const before = await main.read(file);
  const [first, ...others] = sandbox.skillsOf(ana.id);
  if (first === undefined) throw new Error('nothing');
  sandbox.edit(ana.id, [{ ...first, proficiency: 33 }, ...others]);

  await main.write(file, before.replace('version: 1\n', 'version: 1 # ours\n'));
  const refused = await main.muster(['pull']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`error[uncommitted]`);
  expect(await main.read(file)).not.toContain(': 33\n');
  const asked = await main.muster(['pull'], { answers: ['no'] });
  expect(asked.code).toBe(1);
  expect(asked.stderr).toContain('Nothing was written.\n');

  const pulled = await main.muster(['pull'], { answers: ['yes'] });
  expect(pulled.code, pulled.stderr).toBe(0);
  expect(pulled.stdout).toContain(`  ~ ${file}  1 person changed\n`);
  const after = (await main.read(file)).split('\n');
  const changed = before.split('\n').flatMap((line, n) => (after[n] === line ? [] : [after[n]]));
  expect(changed).toEqual(['version: 1 # ours', expect.stringMatching(/^ {6}.*: 33$/)]);
  expect((await main.muster(['plan'])).stdout).toMatch(/^No changes\./);
  expect((await main.muster(['pull', '--yes'])).stdout).toMatch(/nothing to write\.\n$/);
});

test('committed files are changed without a question, other line ends in git or not', async () => {
  const { main, sandbox } = await underGit();
  await main.muster(['pull']);
  await main.commit({});
  const [ana] = sandbox.org.users;
  const file = `rosters/${ana?.team}.yaml`;
  await main.write(file, (await main.read(file)).replaceAll('\n', '\r\n'));
  sandbox.edit(ana?.id ?? '', []);
  const pulled = await main.muster(['pull']);
  expect(pulled.code, pulled.stderr).toBe(0);
  expect(await main.read(file)).not.toMatch(/[^\r]\n/);
});

test('outside git, and before the first commit, changing a file needs a yes', async () => {
  const { sandbox, run } = await place();
  await run(['pull']);
  sandbox.edit(sandbox.org.users[0]?.id ?? '', []);
  expect((await run(['pull'])).stderr).toContain('error[uncommitted]');
  expect((await run(['pull', '--yes'])).code).toBe(0);
});

test('files with errors are told, and an org that is not there', async () => {
  const { folder, run } = await place();
  await folder.write('rosters/a.yaml', 'version: 1\nusers:\n  a@x.com: { skills: { Nope: 1 } }\n');
  const ran = await run(['pull']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[skill-unknown] rosters/a.yaml:3:');
  expect((await run(['pull', '--org', 'us'])).code).toBe(64);
  await folder.write('muster.yaml', 'version: 2\n');
  expect((await run(['pull'])).stderr).toContain('error[version-unsupported]');
});

test('a link in the way is not followed', async () => {
  const { folder, run } = await place();
  const elsewhere = await tempFolder();
  closing.push(() => elsewhere.remove());
  await symlink(elsewhere.path, join(folder.path, 'rosters'));
  const ran = await run(['pull']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[roster-link]');
  expect(await readdir(elsewhere.path)).toEqual([]);
});

test('a place that cannot be written is told', async () => {
  const { folder, run } = await place();
  await folder.write('rosters', '');
  const ran = await run(['pull']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[file-unwritable]');
});
