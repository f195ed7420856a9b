/** Plans and results saved to a file, rendered again, and applied: whole runs against the sandbox. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, quickStart, type World } from '../support/shell.ts';

let sandbox: Sandbox;
let folder: Folder;

beforeEach(async () => {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 }, jobs: { delayMs: 20 } });
  const pace = '    pace: { reads: 100000, writes: 100000 }\n';
  folder = await quickStart(sandbox.url, pace);
});
afterEach(async () => {
  await sandbox.close();
  await folder.remove();
});

const run = (args: readonly string[], world: Partial<World> = {}) =>
  muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token }, speed: 20, ...world });
const save = () => run(['plan', '--out', 'plan.json']);
const edit = async (from: string, to: string) =>
  folder.write('plan.json', (await folder.read('plan.json')).replaceAll(from, to));
const writes = () => (sandbox.counters.byMethod.PUT ?? 0) + (sandbox.counters.byMethod.POST ?? 0);

test('a saved plan is shown as it was printed, in every format', async () => {
  const printed = await save();
  const shown = await run(['show', 'plan.json'], { env: {} });
  expect(shown).toEqual({ ...printed, stderr: '' });
  expect((await run(['show', 'plan.json', '--format', 'json'])).stdout).toBe(
    await folder.read('plan.json'),
  );
  expect((await run(['show', 'plan.json', '--format', 'markdown'])).stdout).toContain(
    'Plan: 5 to add',
  );
  expect((await run(['show', 'plan.json', '--format', 'html'])).stdout).toContain(
    '<!doctype html>',
  );
});

test('a plan that an editor or a shell saved with a byte order mark is the same plan', async () => {
  const printed = await save();
  await folder.write('marked.json', `\uFEFF${await folder.read('plan.json')}`);
  expect(await run(['show', 'marked.json'], { env: {} })).toEqual({ ...printed, stderr: '' });
});

test('a narrowed plan says so when it is shown again', async () => {
  await run(['plan', '--user', 'Amit.Saxena@example.com', '--out', 'plan.json']);
  const { stdout } = await run(['show', 'plan.json']);
  expect(stdout).toContain('\n1 person to change, ');
  expect(stdout).toContain('\nNarrowed to user amit.saxena@example.com.\n');
  expect(stdout).toContain('\nNot in git: there is no base. What left the files cannot be told');
});

test('a saved plan is applied without planning again, and a saved result is shown', async () => {
  await save();
  sandbox.clearRequests();
  const ran = await run(['apply', 'plan.json', '--yes', '--format', 'json']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(sandbox.requests.filter(({ path }) => path === '/api/v2/admin/users')).toEqual([]);
  await folder.write('result.json', ran.stdout);
  const { stdout } = await run(['show', 'result.json']);
  expect(stdout).toContain('Applied 7 people: 5 added, 9 changed, 2 removed.');
  expect(stdout).toContain(`\nRun ${JSON.parse(ran.stdout).run}.\n`);
  expect((await run(['show', 'result.json', '--format', 'json'])).stdout).toBe(ran.stdout);
  expect((await run(['show', 'result.json', '--format', 'markdown'])).stdout).toContain(
    'Applied 7 people',
  );
  expect((await run(['show', 'result.json', '--format', 'html'])).stdout).toContain(
    '<!doctype html>',
  );
  expect((await run(['apply', 'result.json', '--yes'])).code).toBe(64);
});

test('applied twice, a plan finds everybody as planned and sends nothing', async () => {
  await save();
  await run(['apply', 'plan.json', '--yes']);
  const sent = writes();
  const again = await run(['apply', 'plan.json', '--yes', '--format', 'json']);
  expect(JSON.parse(again.stdout).outcomes).toMatchObject({ applied: 0, unchanged: 7 });
  expect(writes()).toBe(sent);
});

test('somebody edited by hand after the plan was saved is stale, and left alone', async () => {
  await save();
  const { users } = JSON.parse(await folder.read('plan.json'));
  const [id = ''] = Object.keys(users);
  const [{ id: skillId }] = users[id].changes;
  sandbox.edit(id, [{ skillId, proficiency: 1 }]);
  const ran = await run(['apply', 'plan.json', '--yes', '--format', 'json']);
  expect(ran.code).toBe(4);
  expect(JSON.parse(ran.stdout).outcomes).toMatchObject({ applied: 6, stale: 1 });
  expect(sandbox.skillsOf(id)).toEqual([{ skillId, proficiency: 1 }]);
});

test.each<[string, string, string]>([
  ['plan-edited', '"after": 60', '"after": 61'],
  ['plan-version', '"formatVersion": "1.0"', '"formatVersion": "2.0"'],
  ['saved-invalid', '"platform": "admin"', '"platform": 7'],
  ['saved-invalid', '"formatVersion"', 'formatVersion'],
  ['saved-invalid', '"settles"', '"settled"'],
  ['plan-edited', '"scope": null', '"scope": { "changed": true }'],
])('%s: the file is refused, and nothing is written', async (code, from, to) => {
  await save();
  await edit(from, to);
  const ran = await run(['apply', 'plan.json', '--yes']);
  expect(ran).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`error[${code}]`),
  });
  expect(writes()).toBe(0);
});

test('a plan as of another day, of another org, or out of date is refused', async () => {
  const refused = async (world: Partial<World> = {}, ...flags: string[]) => {
    const ran = await run(['apply', 'plan.json', '--yes', ...flags], world);
    expect(writes()).toBe(0);
    return ran;
  };
  await run(['plan', '--out', 'plan.json', '--as-of', '2026-10-15']);
  expect(await refused()).toMatchObject({ code: 1, stderr: expect.stringContaining('plan-as-of') });
  const at = Date.parse('2026-10-15T12:00:00Z');
  await run(['plan', '--out', 'plan.json'], { at });
  expect(await refused()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('plan-expired'),
  });
  expect((await refused({}, '--org', 'other')).code).toBe(64);
  await folder.write(
    'muster.yaml',
    (await folder.read('muster.yaml')).replace('sandbox:', 'other:'),
  );
  expect((await refused()).code).toBe(64);
  await folder.write('muster.yaml', 'version: 1\n');
  expect((await refused()).code).toBe(1);
});

test('a file that is not there, and one that is no JSON object', async () => {
  expect(await run(['show', 'none.json'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('saved-unreadable'),
  });
  await folder.write('list.json', '[]');
  expect(await run(['show', 'list.json'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('plan-version'),
  });
});
