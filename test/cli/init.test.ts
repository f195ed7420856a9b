/** `muster init`: a repository to begin with, by flags or by answers. */
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, tempFolder, type World } from '../support/shell.ts';

let sandbox: Sandbox;
let folder: Folder;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 12, rates: { reads: 0, writes: 0 } });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(() => folder.remove());

const run = (args: readonly string[], world: Partial<World> = {}) =>
  muster(['init', ...args], {
    cwd: folder.path,
    env: { PATH: process.env.PATH ?? '', MUSTER_TOKEN: sandbox.token },
    speed: 20,
    ...world,
  });
const flags = () => ['--platform', 'admin', '--org', 'eu-prod', '--base-url', sandbox.url];

test('flags are enough: files are written, people pulled, and a plan is empty', async () => {
  const ran = await run([...flags(), '--levels', 'novice=20, skilled = 60,expert=90']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await folder.read('muster.yaml')).toBe(
    `# yaml-language-server: $schema=https://unpkg.com/musterctl/schemas/config.schema.json
version: 1
orgs:
  eu-prod:
    platform: admin
    baseUrl: ${sandbox.url}
    levels: { novice: 20, skilled: 60, expert: 90 }
`,
  );
  expect(await folder.read('.gitignore')).toBe('.muster/\n');
  const editor = JSON.parse(await folder.read('.vscode/settings.json'));
  expect(Object.values(editor['yaml.schemas'])).toEqual(['muster.yaml', 'rosters/**/*.yaml']);
  expect(ran.stdout).toContain('\nPulled 12 people of eu-prod; ');
  expect(ran.stdout).toContain('\nNext: look at the files, commit them, then muster apply: ');
  expect(ran.stderr).toContain('note: This folder is not under git yet: git init.');
  const plan = await muster(['plan'], {
    cwd: folder.path,
    env: { MUSTER_TOKEN: sandbox.token },
    speed: 20,
  });
  expect(plan.stdout).toMatch(/^No changes\./);
});

test('the workflow is the one of the examples, for this org', async () => {
  await run([...flags(), '--no-pull']);
  const [written, example] = await Promise.all([
    folder.read('.github/workflows/muster.yml'),
    readFile('examples/github/.github/workflows/muster.yml', 'utf8'),
  ]);
  expect(written).not.toMatch(/(?:eu|us)-prod[^"\]]*us-prod|two orgs/);
  const jobs = (text: string) => parse(text).jobs as Record<string, { with: { orgs?: string } }>;
  expect(Object.keys(jobs(written))).toEqual(Object.keys(jobs(example)));
  expect(jobs(written).plan?.with.orgs).toBe('["eu-prod"]');
  expect(parse(written).on.workflow_dispatch.inputs.org.options).toEqual(['eu-prod']);
});

test('on a terminal what is not said is asked for, and asked again when it cannot be', async () => {
  const answers = ['nope', 'genesys', 'Eu Prod', 'eu', 'mars', 'eu_west_1', 'low=1,high=5'];
  const ran = await run(['--no-pull', '--no-workflows'], { answers });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toContain('There is no platform "nope". Platforms: admin, genesys, cxone.\n');
  expect(ran.stderr).toContain('"Eu Prod" cannot be the name of an org.');
  expect(ran.stderr).toContain('There is no region "mars".');
  expect(await folder.read('muster.yaml')).toContain(
    'orgs:\n  eu:\n    platform: genesys\n    region: eu_west_1\n    levels: { low: 1, high: 5 }\n',
  );
  expect(await readdir(folder.path)).not.toContain('.github');
});

test.each([
  [['cxone', 'us', 'na1', ''], '  us:\n    platform: cxone\n    area: na1\n'],
  [['cxone', 'us', '', ''], '  us:\n    platform: cxone\n'],
  [
    ['admin', 'a', 'ftp://x', 'https://api.example.com', ''],
    '  a:\n    platform: admin\n    baseUrl: https://api.example.com\n',
  ],
])('answers %j come to an org', async (answers, org) => {
  await run(['--no-pull'], { answers });
  expect(await folder.read('muster.yaml')).toMatch(new RegExp(`orgs:\n${org}$`));
});

test('addresses, tenant and the rest can be said as flags', async () => {
  const more = ['--area', 'na1', '--login-url', 'https://login.example.com', '--org-id', 't-1'];
  await run(['--platform', 'cxone', '--org', 'us', '--no-pull', ...more]);
  expect(await folder.read('muster.yaml')).toContain(
    'area: na1\n    loginUrl: https://login.example.com\n    orgId: t-1\n',
  );
});

test.each([
  [[], 'There is no terminal to ask on.'],
  [['--platform', 'admin'], 'Say --org.'],
  [['--platform', 'admin', '--org', 'a'], 'Say --base-url.'],
  [['--platform', 'genesys', '--org', 'a'], 'Say --region.'],
  [['--platform', 'admin', '--org', 'read', '--base-url', 'https://x.com'], 'cannot be the name'],
  [['--platform', 'admin', '--org', 'a', '--base-url', 'x.com'], 'not the address of an API'],
  [['--platform', 'admin', '--org', 'a', '--base-url', 'http://x.com'], 'https'],
  [['--platform', 'genesys', '--org', 'a', '--region', 'mars'], 'There is no region "mars".'],
  [['--platform', 'nope'], 'Allowed choices'],
  [['--platform', 'cxone', '--org', 'a', '--levels', 'top=0'], 'from 1 to 20'],
  [['--platform', 'cxone', '--org', 'a', '--levels', 'top'], '"top" is no level.'],
  [['--format', 'json'], 'no format "json"'],
])('%j is wrong usage, and writes nothing', async (args, words) => {
  const ran = await run(args);
  expect(ran.code).toBe(64);
  expect(ran.stderr).toContain(words);
  expect(await readdir(folder.path)).toEqual([]);
});

test('three answers that cannot be are enough', async () => {
  const ran = await run([], { answers: ['a', 'b', 'c', 'admin'] });
  expect(ran.code).toBe(64);
});

test('nothing that is there is overwritten', async () => {
  const config = `version: 1 # ours\norgs: { eu: { platform: admin, baseUrl: '${sandbox.url}' } }\n`;
  await folder.write('muster.yaml', config);
  await folder.write('.vscode/settings.json', '{ /* ours */ }');
  await folder.write('.gitignore', 'node_modules/');
  await folder.write('.github/workflows/muster.yml', 'name: ours\n');
  const ran = await run(['--quiet']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await folder.read('muster.yaml')).toBe(config);
  expect(await folder.read('.vscode/settings.json')).toBe('{ /* ours */ }');
  expect(await folder.read('.gitignore')).toBe('node_modules/\n.muster/\n');
  expect(await folder.read('.github/workflows/muster.yml')).toBe('name: ours\n');
  expect(await readdir(join(folder.path, 'rosters'))).not.toEqual([]);
  const again = await run(['--no-pull']);
  expect(again.stdout).toBe(
    [
      '= muster.yaml: kept as it is',
      '= .vscode/settings.json: kept as it is; yaml.schemas is not looked at',
      '= .gitignore: kept as it is',
      '= .github/workflows/muster.yml: kept as it is',
      '',
    ].join('\n'),
  );
  await folder.write('muster.yaml', 'version: 2\n');
  expect((await run([])).code).toBe(1);
});

test('a link in the way is not followed', async () => {
  const elsewhere = await tempFolder();
  await symlink(elsewhere.path, join(folder.path, '.vscode'));
  const ran = await run(flags());
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[file-link]');
  expect(await readdir(elsewhere.path)).toEqual([]);
  await elsewhere.remove();
});

test('without credentials all is in place but the people', async () => {
  const ran = await run(flags(), { env: { PATH: process.env.PATH ?? '' } });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toContain('There are no credentials for the org eu-prod.');
  expect(ran.stderr).toContain('Then: muster pull\n');
  expect(await readdir(folder.path)).toContain('muster.yaml');
});

test('a platform that refuses is told as an error', async () => {
  const env = { PATH: process.env.PATH ?? '', MUSTER_TOKEN: 'wrong' };
  const ran = await run(['--dir', 'new/folder', ...flags()], { env });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[unauthorized]');
  expect(await readdir(join(folder.path, 'new/folder'))).toContain('muster.yaml');
});
