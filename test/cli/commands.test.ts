/** Whole runs of each command in this process, against the sandbox over HTTP, on the quick start's rosters. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import resultSchema from '../../schemas/result.schema.json' with { type: 'json' };
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, quickStart, type World } from '../support/shell.ts';

const DAY = ['--as-of', '2026-11-23'];

let sandbox: Sandbox;
let folder: Folder;

async function open(options: SandboxOptions = {}, more = '') {
  sandbox = await startSandbox({
    rates: { reads: 0, writes: 0 },
    jobs: { delayMs: 20 },
    ...options,
  });
  const pace = '    pace: { reads: 100000, writes: 100000 }\n';
  folder = await quickStart(sandbox.url, pace + more);
}

beforeEach(() => open());
afterEach(async () => {
  await sandbox.close();
  await folder.remove();
});

const run = (args: readonly string[], world: Partial<World> = {}) =>
  muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token }, speed: 20, ...world });
const wrote = () => (sandbox.counters.byMethod.PUT ?? 0) + (sandbox.counters.byMethod.POST ?? 0);
const skill = (name: string) => sandbox.org.skills.find((one) => one.name === name)?.id ?? '';
const person = (email: string) => sandbox.org.users.find((one) => one.email === email)?.id ?? '';

test('plan makes as many requests as the listing has pages, and one for the catalogue, and writes nothing', async () => {
  const ran = await run(['plan', ...DAY]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('\nPlan: 5 to add, 9 to change, 2 to destroy.\n');
  expect(sandbox.counters.requests).toBe(2);
  expect(wrote()).toBe(0);
});

test('plan --format json is the plan, as its schema says, and alone on standard output', async () => {
  const ran = await run(['plan', '--format', 'json', '--out', 'plan.json', ...DAY]);
  const made = JSON.parse(ran.stdout);
  const ajv = new Ajv2020({ strict: false });
  expect(ajv.validate(planSchema, made), JSON.stringify(ajv.errors)).toBe(true);
  expect(made).toMatchObject({ formatVersion: '1.0', org: 'sandbox', day: '2026-11-23' });
  expect(await folder.read('plan.json')).toBe(ran.stdout);
});

test('plan --format markdown begins with the summary', async () => {
  const ran = await run(['plan', '--format', 'markdown', ...DAY]);
  expect(ran.stdout).toContain('Plan: 5 to add, 9 to change, 2 to destroy.');
});

test('plan --detailed-exitcode ends with 2 when there are changes', async () => {
  expect((await run(['plan', '--detailed-exitcode', ...DAY])).code).toBe(2);
});

test('plan --out into nowhere says so', async () => {
  const ran = await run(['plan', '--out', 'no/such/plan.json', ...DAY]);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('plan-not-saved') });
});

test('a person answers yes, and it is applied by one bulk job; then there is nothing left to do', async () => {
  const ran = await run(['apply'], { answers: ['yes'] });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('Applied 7 people: 5 added, 9 changed, 2 removed.');
  expect(sandbox.counters.byMethod).toMatchObject({ POST: 1 });
  expect(sandbox.counters.byMethod.PUT).toBeUndefined();
  const again = await run(['plan', '--detailed-exitcode']);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('No changes. Live skills match the files.');
  const nothing = await run(['apply'], { answers: [] });
  expect(nothing).toMatchObject({ code: 0, stderr: '' });
});

test.each(['no', '', 'y', 'YES'])('a person answers %j, and nothing is written', async (answer) => {
  const ran = await run(['apply'], { answers: [answer] });
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was applied.') });
  expect(wrote()).toBe(0);
});

test('apply --format json is the result, as its schema says, and alone on standard output', async () => {
  const ran = await run(['apply', '--yes', '--format', 'json']);
  const made = JSON.parse(ran.stdout);
  const ajv = new Ajv2020({ strict: false });
  expect(ajv.validate(resultSchema, made), JSON.stringify(ajv.errors)).toBe(true);
  expect(made.outcomes.applied).toBe(7);
});

test('apply --format markdown, and --quiet, print the result alone', async () => {
  expect((await run(['apply', '--yes', '--format', 'markdown'])).stdout).toContain(
    'Applied 7 people',
  );
  const quiet = await run(['apply', '--yes', '--quiet']);
  expect(quiet).toMatchObject({ code: 0, stderr: '' });
});

test('progress is told per user on standard error, by id and without a single e-mail', async () => {
  const ran = await run(['apply', '--yes', '--verbose']);
  expect(ran.stderr).toMatch(/\[7\/7\] [0-9a-f-]+: applied/);
  expect(ran.stderr).toContain('Writing 7 people in bulk');
  expect(ran.stderr).not.toContain('@');
  const logs = await run(['plan', '--log-format', 'json']);
  for (const line of logs.stderr.trim().split('\n'))
    expect(JSON.parse(line)).toHaveProperty('type');
});

test('an edit by hand is planned and repaired, and what nobody names is kept', async () => {
  await run(['apply', '--yes']);
  const id = person('michal.kozlowski@example.com');
  const others = sandbox.skillsOf(id).filter(({ skillId }) => skillId !== skill('Billing'));
  sandbox.edit(id, [...others, { skillId: skill('VIP'), proficiency: 80 }]);
  const ran = await run(['apply', '--yes']);
  expect(ran.stdout).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
  const now = new Map(
    sandbox.skillsOf(id).map(({ skillId, proficiency }) => [skillId, proficiency]),
  );
  expect(now.get(skill('Billing'))).toBe(60);
  expect(now.get(skill('VIP'))).toBe(80);
});

test('without the bulk scope it falls back to single calls, and names the scope', async () => {
  await sandbox.close();
  await folder.remove();
  const scopes = ['admin:users:read', 'admin:users:write'];
  await open({ tokens: [{ token: 'no-bulk', scopes }] });
  const ran = await run(['apply', '--yes'], { env: { MUSTER_TOKEN: 'no-bulk' } });
  expect(ran.code, ran.stdout).toBe(0);
  expect(ran.stderr).toContain('admin:users:bulkupdate');
  expect(sandbox.counters.byMethod).toMatchObject({ PUT: 7, POST: 1 });
});

test('half of a job that fails inside a 200 is told person by person, and the rest is applied', async () => {
  await sandbox.close();
  await folder.remove();
  await open({ jobs: { delayMs: 20, failures: 0.5 } });
  const ran = await run(['apply', '--yes', '--format', 'json']);
  expect(ran.code).toBe(4);
  const { outcomes } = JSON.parse(ran.stdout);
  expect(outcomes.failed).toBeGreaterThan(0);
  expect(outcomes.applied + outcomes.failed).toBe(7);
});

test('an interruption ends with 130 after what was in flight', async () => {
  const controller = new AbortController();
  const ran = await run(['apply', '--yes'], {
    signal: controller.signal,
    onStderr: (text) => text.includes('in bulk') && controller.abort(),
  });
  expect(ran.code).toBe(130);
  expect(ran.stdout).toContain('interrupted');
});

test('client credentials sign in, and reading credentials are preferred for reading', async () => {
  const config = await folder.read('muster.yaml');
  await folder.write('muster.yaml', `${config}    loginUrl: ${sandbox.url}\n`);
  const { id, secret } = sandbox.client;
  const env = { MUSTER_SANDBOX_READ_CLIENT_ID: id, MUSTER_SANDBOX_READ_CLIENT_SECRET: secret };
  const ran = await run(['plan', ...DAY], { env: { ...env, MUSTER_TOKEN: 'not-this-one' } });
  expect(ran.code, ran.stderr).toBe(0);
  expect(sandbox.requests[0]).toMatchObject({ method: 'POST', path: '/oauth/token' });
});

test('validate needs no network and no credentials, and has four formats', async () => {
  expect((await run(['validate'], { env: {} })).stdout).toBe('Valid: 8 people in 2 files.\n');
  await folder.write(
    'rosters/b.yaml',
    'version: 1\nusers: { a@example.com: { skills: { Chat: 101 } } }\n',
  );
  const text = await run(['validate']);
  expect(text).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('error[off-scale] rosters/b.yaml:2:'),
  });
  const json = await run(['validate', '--format', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ errors: 1, warnings: 0 });
  expect((await run(['validate', '--format', 'github'])).stdout).toMatch(
    /^::error file=rosters\/b.yaml,line=2/,
  );
  const sarif = JSON.parse((await run(['validate', '--format', 'sarif'])).stdout);
  expect(sarif.runs[0].results[0].ruleId).toBe('off-scale');
  expect(sandbox.requests).toEqual([]);
});

test('in JSON, findings and errors are JSON too', async () => {
  const error = await run(['plan', '--format', 'json'], { env: {} });
  expect(JSON.parse(error.stdout)).toMatchObject({ error: { code: 'credentials-missing' } });
  await folder.write(
    'rosters/b.yaml',
    'version: 1\nusers: { a@example.com: { skills: { Chat: 101 } } }\n',
  );
  const findings = await run(['plan', '--format=json']);
  expect(JSON.parse(findings.stdout)).toMatchObject({ errors: 1 });
  await folder.write(
    'rosters/b.yaml',
    'version: 1\nusers: { a@example.com: { skills: { Chat: 1 } } }\n',
  );
});

test('with several orgs one must be named', async () => {
  const config = await folder.read('muster.yaml');
  const second = `  other:\n    platform: genesys\n    rosters: [rosters/*.yaml]\n    levels: { novice: 1, skilled: 3, expert: 5 }\n`;
  await folder.write('muster.yaml', `${config}    rosters: [rosters/*.yaml]\n${second}`);
  expect(await run(['plan'])).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('--org sandbox'),
  });
  expect((await run(['validate', '--org', 'none'])).code).toBe(64);
  const env = { MUSTER_OTHER_TOKEN: 'x', MUSTER_SANDBOX_TOKEN: sandbox.token };
  const other = await run(['plan', '--org', 'other'], { env });
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('address-missing') });
  const own = await run(['plan', '--org', 'sandbox', ...DAY], { env });
  expect(own.code, own.stderr).toBe(0);
});

test('the demo walks through it all, leaves nothing behind, and is readable at 100 columns', async () => {
  const demos = readdirSync(tmpdir()).filter((name) => name.startsWith('muster-demo-'));
  const ran = await muster(['demo'], { cwd: folder.path });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout.match(/No changes\. Live skills match the files\./g)).toHaveLength(2);
  expect(ran.stdout).toContain('Plan: 5 to add, 9 to change, 2 to destroy.');
  expect(ran.stdout).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
  expect(ran.stdout).toMatch(/counted \d+ reads, 1 bulk job and 0 single writes/);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('muster-demo-'))).toEqual(demos);
  expect(Math.max(...ran.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('help and version end with 0, nothing at all with 64', async () => {
  expect(await run(['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('validate'),
  });
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await run([])).code).toBe(64);
});

test.each([['--format', 'json'], ['--format', 'markdown'], ['--quiet']])(
  'nobody is asked about a plan he has not seen: apply %s %s',
  async (...flags) => {
    const ran = await run(['apply', ...flags], { answers: ['no'] });
    expect(ran.stdout + ran.stderr).toContain('Plan: 5 to add, 9 to change, 2 to destroy.');
    expect(ran.stderr).toContain('Only "yes"');
    if (flags.includes('--format')) expect(ran.stdout).toBe('');
  },
);

test.each([['plan'], ['apply', '--yes']])(
  'an interruption of the planning of %s ends with 130 at once',
  async (...args) => {
    await sandbox.close();
    await folder.remove();
    await open({ latencyMs: 5_000 });
    const signal = AbortSignal.timeout(100);
    const ran = await run(args, { signal });
    expect(ran).toMatchObject({
      code: 130,
      stdout: '',
      stderr: 'Interrupted; nothing was written. See docs/errors.md#interrupted.\n',
    });
    expect((await run(args, { signal })).code).toBe(130);
  },
);

test('an interruption at the question ends with 130', async () => {
  const controller = new AbortController();
  const ran = await run(['apply'], {
    answers: ['yes'],
    signal: controller.signal,
    onStderr: (text) => text.includes('Only "yes"') && controller.abort(),
  });
  expect(ran.code).toBe(130);
  expect(wrote()).toBe(0);
});

test('the demo has one format', async () => {
  expect((await run(['demo', '--format', 'json'])).code).toBe(64);
});
