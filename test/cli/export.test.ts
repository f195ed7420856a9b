/** Whole runs of `muster export` and of an import that asks the platform, against the sandbox over HTTP. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, quickStart, tempFolder, type World } from '../support/shell.ts';

const AT = Date.parse('2026-11-25T12:00:00Z');

let sandbox: Sandbox;
let folder: Folder;

async function open(options: SandboxOptions = {}) {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 }, ...options });
  const pace = '    pace: { reads: 100000, writes: 100000 }\n';
  folder = await quickStart(sandbox.url, pace);
}

beforeEach(() => open());
afterEach(async () => {
  await sandbox.close();
  await folder.remove();
});

const offline = (args: readonly string[], world: Partial<World> = {}) =>
  muster(args, { cwd: folder.path, at: AT, ...world });
const run = (args: readonly string[], world: Partial<World> = {}) =>
  offline(args, { env: { MUSTER_TOKEN: sandbox.token }, ...world });
const person = (email: string) => sandbox.org.users.find((one) => one.email === email);
const lines = (text: string) => text.trimEnd().split('\r\n');
const wrote = () => (sandbox.counters.byMethod.PUT ?? 0) + (sandbox.counters.byMethod.POST ?? 0);

test('what the files say, one row each, without a single request', async () => {
  const ran = await offline(['export']);
  expect(ran.code, ran.stderr).toBe(0);
  const rows = lines(ran.stdout);
  expect(rows[0]).toBe('user,name,kind,skill,proficiency,from,until,then,reason,through');
  expect(rows).toContain('amit.saxena@example.com,Amit Saxena,skill,Chat,absent,,,,,');
  expect(rows).toContain(
    'layla.khoury@example.com,,skill,Refunds,skilled,,,,,"team emea-billing-senior, profile billing-senior, profile billing-base"',
  );
  expect(rows).toContain(
    'nabil.nasser@example.com,Nabil Nasser,skill,Retention,skilled,2026-10-01,2026-10-31,,autumn campaign,',
  );
  expect(ran.stdout).not.toContain('ines.chevalier');
  expect(sandbox.requests).toEqual([]);
});

test.each([['--wide'], ['--wide', '--separator', 'semicolon', '--bom'], ['--separator', 'tab']])(
  'an export with %s %s %s is read back, and nothing is to be done',
  async (...flags) => {
    const saved = await offline(['export', ...flags.filter(Boolean), '--out', 'table.csv']);
    expect(saved).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const before = await folder.read('rosters/emea-billing.yaml');
    const ran = await offline(['import', 'table.csv', '--yes']);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain('No changes. The rosters say what the table says.');
    expect(await folder.read('rosters/emea-billing.yaml')).toBe(before);
  },
);

test('as data, an object a row; narrowed to people and teams', async () => {
  const ran = await offline([
    'export',
    '--format',
    'json',
    '--wide',
    '--team',
    'emea-billing-senior',
  ]);
  expect(JSON.parse(ran.stdout)).toEqual({
    formatVersion: '1.0',
    org: 'sandbox',
    day: '2026-11-25',
    from: 'files',
    rows: [
      {
        user: 'layla.khoury@example.com',
        Billing: 'expert',
        Escalations: 'novice',
        Refunds: 'skilled',
      },
      {
        user: 'sabine.schmidt@example.com',
        Billing: 'expert',
        Escalations: 'novice',
        Refunds: 'skilled',
      },
    ],
  });
  const one = await offline(['export', '--user', 'Amit.Saxena@example.com']);
  expect(lines(one.stdout)).toHaveLength(5);
  expect(await offline(['export', '--user', 'nobody'])).toMatchObject({ code: 64 });
});

test('what is live, of everybody who is active, in as many requests as the listing has pages', async () => {
  const ran = await run(['export', '--live', '--format', 'json']);
  expect(ran.code, ran.stderr).toBe(0);
  const { rows, from } = JSON.parse(ran.stdout);
  const active = sandbox.org.users.filter(({ state = 'active' }) => state === 'active');
  const total = active.reduce((sum, { id }) => sum + sandbox.skillsOf(id).length, 0);
  expect([from, rows.length]).toEqual(['live', total]);
  expect(rows).toContainEqual({
    user: 'amit.saxena@example.com',
    name: 'Amit Saxena',
    kind: 'skill',
    skill: 'Billing',
    proficiency: 'expert',
  });
  expect(sandbox.counters.requests).toBe(2);
  expect(wrote()).toBe(0);
});

test('somebody whose list is not certain is told by id, and the export is not complete', async () => {
  const [good, bad] = ['amit.saxena@example.com', 'femke.vandijk@example.com'].map(
    (email) => person(email)?.id ?? '',
  ) as [string, string];
  await sandbox.close();
  await folder.remove();
  await open({
    faults: [
      { kind: 'status', status: 404, path: '/api/v2/admin/users' },
      { kind: 'status', status: 500, path: `/api/v2/admin/users/${bad}/skills` },
    ],
  });
  await folder.write(
    'rosters/emea-billing.yaml',
    `version: 1\nusers: { "id:${good}": {}, "id:${bad}": {} }\n`,
  );
  for (const format of ['csv', 'bulk-csv']) {
    const ran = await run(['export', '--live', '--format', format], { speed: 1_000 });
    expect(ran.code, ran.stderr).toBe(4);
    expect(ran.stderr).toContain(`left out: ${bad}: the list could not be read for certain.`);
    expect(ran.stdout).toContain(good);
    expect(ran.stdout).not.toContain(bad);
  }
});

test('the bulk job: whole lists of the people whom a plan changes, with all that nobody owns', async () => {
  const ran = await run(['export', '--format', 'bulk-csv']);
  expect(ran.code, ran.stderr).toBe(0);
  const [header, ...rows] = lines(ran.stdout);
  expect(header).toBe('id,skillId,proficiency');
  const plan = JSON.parse((await run(['plan', '--format', 'json'])).stdout);
  const wanted = Object.values<{ userId: string; after: { skill: Record<string, number> } }>(
    plan.users,
  ).flatMap(({ userId, after }) =>
    Object.entries(after.skill).map(([id, value]) => `${userId},${id},${value}`),
  );
  expect(rows).toEqual(wanted);
  expect(wanted.length).toBeGreaterThan(20);
  expect(wrote()).toBe(0);
});

test('a plan that a guard refuses is exported no more than applied', async () => {
  const config = await folder.read('muster.yaml');
  await folder.write(
    'muster.yaml',
    `${config}guards: { freeze: [{ from: 2026-11-01, until: 2026-12-01 }] }\n`,
  );
  const ran = await run(['export', '--format', 'bulk-csv']);
  expect(ran).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining('refused by guard freeze'),
  });
});

test('the whole lists as they are, put back by the very call they are for', async () => {
  const ran = await run(['export', '--format', 'bulk-csv', '--live', '--team', 'emea-billing']);
  expect(ran.code, ran.stderr).toBe(0);
  const rows = lines(ran.stdout)
    .slice(1)
    .map((line) => line.split(','));
  expect(new Set(rows.map(([id]) => id)).size).toBe(4);
  const id = person('amit.saxena@example.com')?.id ?? '';
  const own = rows
    .filter(([user]) => user === id)
    .map(([, skill, value]) => [skill, Number(value)]);
  expect(own).toEqual(
    sandbox.skillsOf(id).map(({ skillId, proficiency }) => [skillId, proficiency]),
  );
});

test('whoever cannot be said in a bulk job is left out, told, and makes it incomplete', async () => {
  const [first, second] = ['amit.saxena@example.com', 'femke.vandijk@example.com'].map(
    (email) => person(email)?.id ?? '',
  ) as [string, string];
  sandbox.edit(first, []);
  sandbox.edit(second, [
    { skillId: sandbox.org.skills[0]?.id ?? '', proficiency: 'high' as unknown as number },
  ]);
  const ran = await run(['export', '--format', 'bulk-csv', '--live', '--team', 'emea-billing']);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain(`left out: ${first}: a bulk CSV cannot say an empty list.`);
  expect(ran.stderr).toContain(`left out: ${second}: not every value is a number.`);
  expect(ran.stdout).not.toContain(first);
  expect(ran.stdout).not.toContain(second);
});

test('files with errors, and skills that the platform does not have, are exported to nobody', async () => {
  const roster = await folder.read('rosters/emea-billing.yaml');
  await folder.write(
    'rosters/emea-billing.yaml',
    roster.replace('Spanish: expert', 'Spannish: 70'),
  );
  const unknown = await run(['export', '--format', 'bulk-csv']);
  expect(unknown).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('skill-unknown'),
  });
  await folder.write(
    'rosters/emea-billing.yaml',
    roster.replace('Spanish: expert', 'Spanish: exprt'),
  );
  expect(await run(['export'])).toMatchObject({ code: 1, stdout: '' });
});

test('whoever a plan holds back is not in its bulk job, and it says how many', async () => {
  const roster = await folder.read('rosters/emea-billing.yaml');
  await folder.write(
    'rosters/emea-billing.yaml',
    `${roster}  nobody@example.com: { skills: { Billing: 60 } }\n`,
  );
  const ran = await run(['export', '--format', 'bulk-csv']);
  expect(ran.code, ran.stderr).toBe(4);
  expect(ran.stderr).toContain('left out: 1 are held back: muster plan tells why.');
  expect(ran.stderr).not.toContain('@');
});

test('half of a pair of credentials is no reason to guess', async () => {
  await folder.write('new.csv', 'name;skill;level\nAmit Saxena;Billing;7\n');
  const ran = await offline(['import', 'new.csv', '--dry-run'], { env: { MUSTER_CLIENT_ID: 'x' } });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('credentials-incomplete') });
});

test('no other platform takes it, and an export is not written just anywhere', async () => {
  expect(await offline(['export', '--out', 'no/such/table.csv'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('export-unwritten'),
  });
  await folder.write(
    'muster.yaml',
    'version: 1\norgs: { eu: { platform: genesys, region: mypurecloud.ie, levels: { novice: 1, skilled: 3, expert: 5 } } }\n',
  );
  expect(await offline(['export', '--format', 'bulk-csv'])).toMatchObject({ code: 64 });
  expect((await offline(['export', '--format', 'html'])).code).toBe(64);
});

test('an import asks the platform for names that rosters cannot tell, and only then', async () => {
  const rosters = await folder.read('rosters/emea-billing.yaml');
  const live = sandbox.org.users.find(
    ({ email, name, state = 'active' }) =>
      state === 'active' &&
      !rosters.includes(email) &&
      sandbox.org.users.filter((other) => other.name === name).length === 1,
  );
  const stranger = { name: live?.name ?? '', email: live?.email ?? '' };
  await folder.write('known.csv', 'user;skill;level\namit.saxena@example.com;Billing;7\n');
  expect((await run(['import', 'known.csv', '--dry-run'])).code).toBe(0);
  expect(sandbox.requests).toEqual([]);
  await folder.write('new.csv', `name;skill;level\n${stranger.name};Retention;7\n`);
  expect((await offline(['import', 'new.csv', '--dry-run'])).code).toBe(1);
  expect((await run(['import', 'new.csv', '--dry-run', '--offline'])).code).toBe(1);
  expect(sandbox.requests).toEqual([]);
  const ran = await run(['import', 'new.csv', '--yes']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain(`${stranger.name} <${stranger.email}>  named by display name`);
  expect(await folder.read('rosters/emea-billing.yaml')).toContain(
    `  ${stranger.email}:\n    name: ${stranger.name}\n`,
  );
  expect(wrote()).toBe(0);
  const plan = await run(['plan', '--user', stranger.email]);
  expect(plan.stdout).toContain('Retention');
});

test('a platform that was to be asked and does not answer is an error, not a guess', async () => {
  const config = await folder.read('muster.yaml');
  await folder.write('muster.yaml', config.replace(sandbox.url, 'http://127.0.0.1:9'));
  await folder.write('new.csv', 'name;skill;level\nAmit Saxena;Billing;7\n');
  const ran = await run(['import', 'new.csv', '--yes'], { speed: 10_000 });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('connection-failed') });
  expect((await run(['import', 'new.csv', '--dry-run', '--offline'])).code).toBe(0);
});

test.each(['admin', 'genesys', 'cxone'] as const)(
  'what is live on %s, exported, and imported where there is no roster yet, leaves nothing to plan',
  async (platform) => {
    await sandbox.close();
    await folder.remove();
    sandbox = await startSandbox({ platform, rates: { reads: 0, writes: 0 } });
    folder = await tempFolder({
      'muster.yaml': `version: 1
orgs:
  sandbox:
    platform: ${platform}
    baseUrl: ${sandbox.url}
    ${platform === 'admin' ? '' : `loginUrl: ${sandbox.url}`}
    pace: { reads: 100000, writes: 100000 }
`,
    });
    const exported = await run(['export', '--live', '--out', 'live.csv']);
    expect(exported.code, exported.stderr).toBe(0);
    const ran = await run(['import', 'live.csv', '--yes']);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/\nImport: \d{3,} to add, 0 to change, 0 to remove\.\n/);
    const plan = await run(['plan']);
    expect(plan.stdout, plan.stderr).toContain('No changes. Live skills match the files.\n');
    expect(plan.stdout).toContain('0 held, 0 released, 0 foreign assignments kept.');
  },
);
