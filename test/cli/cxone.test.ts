/** Whole runs of the command against CXone as the sandbox has it, on its worst days too. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CxoneRow } from '../../src/sandbox/cxone/truth.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { OrgUser } from '../../src/sandbox/org/org.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, type Ran, tempFolder } from '../support/shell.ts';

let sandbox: Sandbox;
let folder: Folder;

afterEach(async () => {
  await sandbox.close();
  await folder.remove();
});

const SPEED = 200;
const PACE = 'pace: { reads: 100000, writes: 100000 }';

interface Words extends SandboxOptions {
  readonly settings?: readonly string[];
}

async function open({ settings = [], ...options }: Words = {}): Promise<void> {
  sandbox = await startSandbox({ platform: 'cxone', rates: { calls: 0 }, users: 40, ...options });
  const lines = ['platform: cxone', `loginUrl: ${sandbox.url}`, PACE, ...settings];
  const config = lines.map((line) => `    ${line}\n`).join('');
  folder = await tempFolder({ 'muster.yaml': `version: 1\norgs:\n  us:\n${config}` });
}

async function roster(lines: readonly string[]): Promise<void> {
  const users = lines.map((line) => `  ${line}\n`).join('');
  await folder.write('rosters/all.yaml', `version: 1\nusers:\n${users}`);
}

const keys = () => ({
  MUSTER_CLIENT_ID: sandbox.client.id,
  MUSTER_CLIENT_SECRET: sandbox.client.secret,
  MUSTER_ACCESS_KEY_ID: sandbox.accessKey.id,
  MUSTER_ACCESS_KEY_SECRET: sandbox.accessKey.secret,
});
const run = (args: readonly string[], env?: Record<string, string>): Promise<Ran> =>
  muster(args, { cwd: folder.path, env: env ?? keys(), speed: SPEED });

const ALLOW = ['users', 'removals', 'skill'].flatMap((guard) => ['--allow', guard]);
const APPLY = ['apply', '--yes', ...ALLOW, '--reason', 'test'];

const users = () => sandbox.org.users.filter(({ state = 'active' }) => state === 'active');
const rows = ({ id }: OrgUser) => sandbox.cxone.rowsOf(sandbox.cxone.agentId(id));
const edit = ({ id }: OrgUser, list: readonly CxoneRow[]) =>
  sandbox.cxone.edit(sandbox.cxone.agentId(id), list);
const nameOf = (skillId: number) =>
  sandbox.org.skills.find(({ id }) => sandbox.cxone.skillId(id) === skillId)?.name ?? '';
const wrote = () =>
  sandbox.requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/auth'));
const row = (skillId: number, proficiency: number, isActive = true): CxoneRow => {
  return { skillId, proficiency, isActive };
};
/** Skills of this org that the user has no row of. */
const others = (user: OrgUser) =>
  sandbox.org.skills
    .map(({ id }) => sandbox.cxone.skillId(id))
    .filter((skillId) => !rows(user).some((one) => one.skillId === skillId));

/** What somebody shall have, and how a roster says so: a new row, another changed and, if told, one taken away. */
function wishFor(user: OrgUser, loses: boolean) {
  const [first, second, ...rest] = rows(user) as [CxoneRow, CxoneRow];
  const [more = 0] = others(user);
  const changed = row(first.skillId, first.proficiency === 3 ? 4 : 3);
  const skills = [
    `"${nameOf(first.skillId)}": ${changed.proficiency}`,
    `"${nameOf(more)}": 7`,
    ...(loses ? [`"${nameOf(second.skillId)}": absent`] : []),
  ];
  const list = [changed, ...(loses ? [] : [second]), ...rest, row(more, 7)];
  return { list, line: `${user.email}: { skills: { ${skills.join(', ')} } }` };
}

/** The first ten lose a row. */
async function everybody(): Promise<ReadonlyMap<string, readonly CxoneRow[]>> {
  const wishes = users().map((user, n) => [user.id, wishFor(user, n < 10)] as const);
  await roster(wishes.map(([, { line }]) => line));
  return new Map(wishes.map(([id, { list }]) => [id, list]));
}

function expectDue(due: ReadonlyMap<string, readonly CxoneRow[]>): void {
  for (const user of users()) {
    const list = due.get(user.id) ?? [];
    expect(rows(user)).toHaveLength(list.length);
    expect(rows(user)).toEqual(expect.arrayContaining([...list]));
  }
}

test('a plan is a request for each page besides the sign-in, and writes nothing', async () => {
  await open({ users: 300 });
  await roster(users().map(({ email }) => `${email}: { skills: {} }`));
  const ran = await run(['plan']);
  expect(ran.code, ran.stderr).toBe(0);
  const count = users().reduce((sum, user) => sum + rows(user).length, 0);
  const pages = 1 + Math.ceil(users().length / 500) + Math.ceil(count / 500);
  expect(sandbox.requests).toHaveLength(2 + pages);
  expect(wrote()).toEqual([]);
});

test.each([
  ['one by one', ['bulk: never']],
  ['many in a call', ['bulkThreshold: 2', 'bulkChunk: 15']],
])(
  'everybody is brought to the files %s, everything else stays, and then nothing is planned',
  async (_how, settings) => {
    await open({ settings });
    const due = await everybody();
    const ran = await run(APPLY);
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    expectDue(due);
    expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
  },
);

test('what is written of many takes few calls, and each person a read before and one after', async () => {
  await open({ settings: ['bulkThreshold: 2', 'bulkChunk: 50'] });
  await everybody();
  await run(['plan']);
  const planned = sandbox.requests.length;
  sandbox.clearRequests();
  await run(APPLY);
  const removals = wrote().filter(({ method }) => method === 'DELETE');
  const sets = wrote().filter(({ path }) => path.endsWith('/agents/skills'));
  expect(removals).toHaveLength(10);
  // The first goes alone; then nobody is held up by what is not known yet of inactive rows.
  expect(sets.length).toBeLessThanOrEqual(3);
  const reads = sandbox.requests.length - planned - wrote().length;
  // Of many, what is taken away is looked at once more.
  expect(reads).toBeLessThanOrEqual(2 * users().length + removals.length + 4);
});

test('the sign-in follows from what is set', async () => {
  await open();
  await roster([`${users()[0]?.email}: { skills: {} }`]);
  const { MUSTER_CLIENT_ID: _id, MUSTER_CLIENT_SECRET: _secret, ...key } = keys();
  expect((await run(['plan'], key)).code).toBe(0);
  expect(sandbox.requests[0]?.path).toBe('/authentication/v1/token/access-key');
  const token = await run(['plan'], { MUSTER_TOKEN: sandbox.token });
  expect(token.stderr).toContain('error[address-missing]');
  const wrong = await run(['plan'], { ...keys(), MUSTER_ACCESS_KEY_SECRET: 'other' });
  expect(wrong.stderr).toMatch(/error\[sign-in-failed\][\s\S]*dies when its\s+user is deactivated/);
});

test('doctor says whose the key is, and that it dies with its user', async () => {
  await open({ settings: [] });
  const words = (ran: Ran) => (ran.stdout + ran.stderr).replaceAll(/\s+/g, ' ');
  const told = words(await run(['doctor']));
  expect(told).toContain(`lead to ${sandbox.org.id}`);
  expect(told).toContain('once that account is deactivated, nothing signs in any more');
  expect(told).toContain(
    'Found MUSTER_CLIENT_ID and MUSTER_CLIENT_SECRET, and MUSTER_ACCESS_KEY_ID',
  );
  const ready = words(await run(['doctor'], { MUSTER_TOKEN: sandbox.token }));
  expect(ready).toContain('failed Way to the platform The org us has a ready-made token and no');
});

test('a tenant that is not the one is refused, and nothing else is asked', async () => {
  await open({ settings: ['orgId: somebody-else'] });
  await roster([`${users()[0]?.email}: { skills: {} }`]);
  const ran = await run(['plan']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('error[org-mismatch]');
  expect(sandbox.requests).toHaveLength(1);
});

describe('rows that are switched off', () => {
  /** Somebody with a row that is active, one that is not, and one that the files will wake. */
  async function sleepy() {
    await open({ settings: ['ownership: complete', 'levels: { novice: 15, expert: 1 }'] });
    const [user] = users() as [OrgUser];
    const [a, b, c] = sandbox.org.skills.map(({ id }) => sandbox.cxone.skillId(id)) as number[];
    const ids = [a, b, c] as [number, number, number];
    edit(user, [row(ids[0], 4), row(ids[1], 9, false), row(ids[2], 12, false)]);
    return { user, ids };
  }

  test('count as none, stay as they are, and are woken by a value alone', async () => {
    const { user, ids } = await sleepy();
    const wanted = `"${nameOf(ids[0])}": 4, "${nameOf(ids[2])}": expert`;
    await roster([`${user.email}: { skills: { ${wanted} } }`]);
    const plan = await run(['plan']);
    expect(plan.stdout).toContain('12 (dormant) -> 1 (expert)');
    expect(plan.stdout).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    expect((await run(APPLY)).code).toBe(0);
    expect(rows(user)).toEqual([row(ids[0], 4), row(ids[1], 9, false), row(ids[2], 1)]);
    expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
  });

  test('are no holders', async () => {
    const { user, ids } = await sleepy();
    await roster([`${user.email}: { skills: { "${nameOf(ids[0])}": 4 } }`]);
    const config = await folder.read('muster.yaml');
    const guard = `guards: { coverage: [{ skill: "${nameOf(ids[1])}", users: 1 }] }`;
    await folder.write('muster.yaml', `${config}    ${guard}\n`);
    for (const other of users()) if (other !== user) edit(other, []);
    const { guards } = JSON.parse((await run(['plan', '--format', 'json'])).stdout);
    const verdict = guards.find(({ guard: name }: { guard: string }) => name === 'coverage');
    expect(verdict.message).toContain('has 0 holders');
  });
});

test('on a scale where 1 is best, "at least" means at most', async () => {
  await open({ settings: ['levels: { novice: 15, expert: 2 }'] });
  const [ana, ben] = users() as [OrgUser, OrgUser];
  const skillId = sandbox.cxone.skillId(sandbox.org.skills[0]?.id ?? '');
  for (const user of users()) edit(user, user === ana || user === ben ? [row(skillId, 2)] : []);
  const skill = nameOf(skillId);
  await roster([`${ana.email}: { skills: { "${skill}": 3 } }`]);
  const config = await folder.read('muster.yaml');
  const guard = `guards: { coverage: [{ skill: "${skill}", users: 2, atLeast: expert }] }`;
  await folder.write('muster.yaml', `${config}    ${guard}\n`);
  const ran = await run(['plan']);
  expect(ran.stdout).toContain('2 -> 3 (worse)');
  expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'at `expert` or better has 2 holders, and 1 after',
  );
  expect(ran.code).toBe(3);
});

describe('on a bad day', () => {
  test.each<[string, Words]>([
    ['pages are clamped to 25', { pages: { max: 25 } }],
    ['writes take a while to show', { lagMs: 5 }],
    [
      'every tenth request is too many',
      { faults: [{ kind: 'status', status: 429, probability: 0.1 }] },
    ],
    [
      'answers to writes get lost',
      { faults: [{ kind: 'reset-after', method: 'POST', probability: 0.2, path: '*/skills' }] },
    ],
    [
      'answers to removals get lost',
      { faults: [{ kind: 'status', status: 503, method: 'DELETE', probability: 0.3 }] },
    ],
  ])('%s: nobody is written wrongly, and it ends', async (_what, words) => {
    await open({ settings: ['bulkThreshold: 10', 'bulkChunk: 10'], ...words });
    const due = await everybody();
    for (let runs = 0, code = -1; code !== 0; runs += 1) {
      expect(runs).toBeLessThan(5);
      code = (await run(APPLY)).code;
      expect([0, 4]).toContain(code);
    }
    expectDue(due);
    expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
  });

  test('rows that are refused inside a 200 are told, and nobody loses what was to be replaced', async () => {
    await open({ faults: [{ kind: 'partial', applied: 0, method: 'POST' }] });
    const [user] = users() as [OrgUser];
    const [first] = rows(user) as [CxoneRow];
    const [more = 0] = others(user);
    const skills = `{ "${nameOf(first.skillId)}": absent, "${nameOf(more)}": 7 }`;
    await roster([`${user.email}: { skills: ${skills} }`]);
    const before = rows(user);
    const ran = await run(APPLY);
    expect(ran.code).toBe(4);
    expect(ran.stdout).toContain('The platform did not take the row: The row could not be saved.');
    expect(rows(user)).toEqual(before);
    sandbox.setFaults([]);
    expect((await run(APPLY)).code).toBe(0);
    expect(rows(user)).not.toContainEqual(first);
  });

  test('agents are hidden: nothing is removed, and that is said', async () => {
    await open({ hideEvery: 7 });
    const due = await everybody();
    const ran = await run(APPLY);
    expect(ran.code, ran.stdout + ran.stderr).toBe(4);
    expect(ran.stdout).toMatch(/incomplete/);
    expect(wrote().filter(({ method }) => method === 'DELETE')).toEqual([]);
    for (const [n, user] of users().entries()) {
      const hidden = (n + 1) % 7 === 0;
      for (const one of due.get(user.id) ?? []) if (!hidden) expect(rows(user)).toContainEqual(one);
    }
  });

  test('PUT turns out to replace: the first is made whole again, and nobody else is written', async () => {
    await open({ cxone: { putReplaces: true }, settings: ['bulk: never'] });
    const before = new Map(users().map((user) => [user.id, rows(user)]));
    const due = await everybody();
    const ran = await run(APPLY);
    expect(ran.code).toBe(4);
    expect(ran.stdout).toMatch(/error\[write-replaces\][\s\S]*they were\s+put back/);
    for (const user of users()) {
      const held = rows(user).map(({ skillId }) => skillId);
      const shall = (due.get(user.id) ?? []).map(({ skillId }) => skillId);
      for (const { skillId } of before.get(user.id) ?? [])
        if (shall.includes(skillId)) expect(held).toContain(skillId);
    }
    const config = await folder.read('muster.yaml');
    await folder.write('muster.yaml', `${config}    assumptions: { putMerges: "false" }\n`);
    expect((await run(APPLY)).code).toBe(0);
    expect((await run(['plan'])).stdout).toMatch(/^No changes\./);
  });
});
