/** `muster explain`, `coverage` and `unmanaged` as whole runs, on the quick start's rosters and the sandbox. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, quickStart, type World } from '../support/shell.ts';

const DAY = ['--as-of', '2026-11-23'];

let sandbox: Sandbox;
let folder: Folder;
beforeAll(async () => {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 } });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  folder = await quickStart(sandbox.url);
});
afterEach(() => folder.remove());

const run = (args: readonly string[], world: Partial<World> = {}) =>
  muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token }, speed: 20, ...world });

const AMIT = 'amit.saxena@example.com';
const ROSTER = 'rosters/emea-billing.yaml';

test('explain tells each value with its entries, what is live, and what a plan would do', async () => {
  const ran = await run(['explain', AMIT, ...DAY]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(
    /^Amit Saxena <amit\.saxena@example\.com>\n {2}sandbox \(admin\) on 2026-11-23; /,
  );
  expect(ran.stdout).toContain(
    `Billing: 60 (skilled)  live: 90, is changed (first)\n  > ${ROSTER}:6  skilled  through team emea-billing, profile billing-base\n`,
  );
  expect(ran.stdout).toContain(
    `Chat: absent  live: 90, is removed (first)\n  > ${ROSTER}:29  absent\n`,
  );
  expect(ran.stdout).toMatch(/Invoicing: named nowhere {2}live: \d+\n/);
});

test('explain of one skill tells that one; people may be named by their name, in any case of the key', async () => {
  const one = await run([
    'explain',
    'AMIT.saxena@example.com',
    'Billing',
    '--format',
    'json',
    ...DAY,
  ]);
  const told = JSON.parse(one.stdout);
  expect(told).toMatchObject({ key: AMIT, asked: 'Billing', teams: ['emea-billing'], held: [] });
  expect(told.skills).toMatchObject([
    {
      name: 'Billing',
      live: 90,
      want: { proficiency: 60 },
      change: { action: 'change', after: 60 },
    },
  ]);
  const named = await run(['explain', 'Amit Saxena', 'Fraud', ...DAY]);
  expect(named.code).toBe(64);
  const catalogue = await folder.read(ROSTER);
  await folder.write(ROSTER, `${catalogue}skills: { Fraud: {} }\n`);
  const known = await run(['explain', 'Amit Saxena', 'Fraud', ...DAY]);
  expect(known.stdout).toContain(
    'No file names Fraud for this person, and nothing of it is live.\n',
  );
});

test('without credentials, and with --offline, explain says what the files say', async () => {
  const ran = await run(['explain', AMIT, 'Billing', ...DAY], { env: {} });
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('\nBilling: 60 (skilled)\n');
  expect(ran.stdout).toContain('What is live was not read. There are no credentials');
  const offline = await run(['explain', AMIT, '--offline', ...DAY]);
  expect(offline.stdout).toContain(
    'What is live was not read. It was not asked for (--offline).\n',
  );
});

test('explain tells windows that have not begun or are over, and who is held', async () => {
  await folder.write(
    'rosters/more.yaml',
    `version: 1
users:
  nobody@example.com:
    skills:
      Billing: [40, { proficiency: 50, from: 2027-01-01 }, { proficiency: 60, until: 2026-01-01, then: absent, reason: fair }]
`,
  );
  const ran = await run(['explain', 'nobody@example.com', ...DAY]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('Held: The platform does not know this user.');
  expect(ran.stdout).toContain(
    'Billing: 40\n  > rosters/more.yaml:5  40\n    rosters/more.yaml:5  50 from 2027-01-01  not yet\n    rosters/more.yaml:5  60 until 2026-01-01 then absent (fair)  over\n',
  );
});

test('where no plan can be made explain says why', async () => {
  await folder.write(
    'rosters/more.yaml',
    'version: 1\nusers:\n  x@example.com: { skills: { Nope: 1 } }\n',
  );
  const ran = await run(['explain', 'x@example.com', ...DAY]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain(
    'What is live was not read. The platform has no skill named `Nope`.\n',
  );
});

test.each([
  [['explain', 'amit.saxen@example.com'], 64, `Did you mean ${AMIT}?`],
  [['explain', 'zzzzzz'], 64, 'muster unmanaged lists who is live and in no file.'],
  [['explain', AMIT, 'Biling'], 64, 'Did you mean "Billing"?'],
  [['explain', AMIT, 'zzzzzz'], 64, 'Write the name as the files do.'],
  [['coverage', '--skill', 'Nope'], 64, 'There is no skill "Nope".'],
  [['coverage', '--format', 'html'], 64, 'no format "html"'],
] as const)('%j ends with %i', async (args, code, words) => {
  const ran = await run([...args, ...DAY]);
  expect(ran.code).toBe(code);
  expect(ran.stderr).toContain(words);
});

test('coverage counts holders now and after the plan, by level and by proficiency', async () => {
  const ran = await run(['coverage', ...DAY]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(
    /^Skill +Holders {2}novice or better {2}skilled or better {2}expert or better\n/,
  );
  expect(ran.stdout).toMatch(/\nRefunds +\d+ -> \d+/);
  const json = await run(['coverage', '--skill', 'Refunds', '--format', 'json', ...DAY]);
  const [refunds] = JSON.parse(json.stdout).skills;
  const id = sandbox.org.skills.find(({ name }) => name === 'Refunds')?.id;
  const holders = sandbox.org.users.filter(({ assignments }) =>
    assignments.some((one) => one.id === id),
  );
  expect(refunds.now).toBe(holders.length);
  const values = refunds.values as { value: number; now: number; after: number }[];
  expect(values.reduce((sum, { now }) => sum + now, 0)).toBe(refunds.now);
  expect(values.reduce((sum, { after }) => sum + after, 0)).toBe(refunds.after);
  expect(values.map(({ value }) => value)).toEqual(
    values.map(({ value }) => value).sort((a, b) => b - a),
  );
});

test('coverage tells what the guard says; files with errors are told by each command', async () => {
  const config = await folder.read('muster.yaml');
  const guards = 'guards: { coverage: [{ skill: Fraud, users: 500 }] }\n';
  await folder.write('muster.yaml', config + guards);
  expect((await run(['coverage', ...DAY])).stdout).toContain('500 are needed');
  await folder.write(
    'rosters/more.yaml',
    'version: 1\nusers:\n  x@example.com: { skills: { Nope: 1 } }\n',
  );
  expect((await run(['coverage', ...DAY])).stderr).toContain('error[skill-unknown]');
  expect((await run(['unmanaged'])).stderr).toContain('error[skill-unknown]');
  await folder.write('rosters/more.yaml', 'version: 2\n');
  for (const args of [['explain', AMIT], ['coverage'], ['unmanaged']])
    expect((await run(args)).code).toBe(1);
});

test('unmanaged tells live people in no roster, and roster people who are gone', async () => {
  const roster = await folder.read(ROSTER);
  await folder.write(
    'rosters/more.yaml',
    'version: 1\nusers:\n  left@example.com: { name: Left }\n',
  );
  const json = JSON.parse((await run(['unmanaged', '--format', 'json'])).stdout);
  const managed = sandbox.org.users.filter(({ email }) => roster.includes(email));
  expect(json.unmanaged).toHaveLength(sandbox.org.users.length - managed.length);
  expect(json.managed + json.released).toBe(managed.length);
  expect(json.gone).toEqual([
    {
      key: 'left@example.com',
      name: 'Left',
      reason: 'not-found',
      place: { file: 'rosters/more.yaml', line: 3, col: 3 },
    },
  ]);
  const { userId, key, team, holds } = json.unmanaged[0];
  const stranger = sandbox.org.users.find(({ id }) => id === userId);
  expect(stranger).toMatchObject({ email: key, team });
  expect(stranger?.assignments).toHaveLength(holds);
  const ran = await run(['unmanaged']);
  expect(ran.stdout).toContain(`Live, and in no roster (${json.unmanaged.length})\n`);
  expect(ran.stdout).toContain('  Left <left@example.com>  not found, rosters/more.yaml:3\n');
});
