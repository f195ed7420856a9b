/** Whole runs of the command against Genesys Cloud as the sandbox has it, on its worst days too. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Held } from '../../src/model/target.ts';
import { systemClock } from '../../src/sandbox/clock.ts';
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
const PACE = ['pace: { reads: 100000, writes: 100000 }'];

interface Words extends SandboxOptions {
  readonly settings?: readonly string[];
}

async function open({ settings = PACE, ...options }: Words = {}): Promise<void> {
  sandbox = await startSandbox({
    platform: 'genesys',
    rates: { calls: 0 },
    users: 40,
    ...options,
  });
  const lines = ['platform: genesys', `baseUrl: ${sandbox.url}`, ...settings];
  const config = lines.map((line) => `    ${line}\n`).join('');
  folder = await tempFolder({ 'muster.yaml': `version: 1\norgs:\n  eu:\n${config}` });
}

async function roster(lines: readonly string[]): Promise<void> {
  const users = lines.map((line) => `  ${line}\n`).join('');
  await folder.write('rosters/all.yaml', `version: 1\nusers:\n${users}`);
}

const run = (args: readonly string[], env?: Record<string, string>): Promise<Ran> =>
  muster(args, { cwd: folder.path, env: env ?? { MUSTER_TOKEN: sandbox.token }, speed: SPEED });

const ALLOW = ['users', 'removals', 'skill'].flatMap((guard) => ['--allow', guard]);
const APPLY = ['apply', '--yes', ...ALLOW, '--reason', 'test'];

const active = () => sandbox.org.users.filter(({ state = 'active' }) => state === 'active');
const lists = ({ id }: OrgUser) => sandbox.genesys.listsOf(id);
const names = (kind: 'skill' | 'language') =>
  sandbox.org.skills.filter((one) => one.kind === kind && !one.state && !one.unlisted);
const idOf = (kind: 'skill' | 'language', name: string) =>
  names(kind).find((one) => one.name === name)?.id ?? '';
const truth = () => JSON.stringify(sandbox.org.users.map((user) => [user.id, lists(user)]));
const wrote = () => sandbox.requests.filter(({ method }) => method !== 'GET');

/** Everybody gets a skill and a language that few have, at a level that nobody has. */
async function everybody(): Promise<void> {
  const [skill] = names('skill');
  const [language] = names('language');
  await roster(
    active().map(
      ({ email }) =>
        `${email}: { skills: { "${skill?.name}": 4.25 }, languages: { "${language?.name}": 4 } }`,
    ),
  );
}

async function appliedToEverybody(): Promise<void> {
  const before = new Map(active().map((user) => [user.id, lists(user)]));
  const ran = await run(APPLY);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  const again = await run(['plan', '--detailed-exitcode']);
  expect(again.stdout).toContain('No changes. Live skills match the files.');
  const set = {
    skills: { id: names('skill')[0]?.id, proficiency: 4.25 },
    languages: { id: names('language')[0]?.id, proficiency: 4 },
  };
  for (const user of active()) {
    for (const kind of ['skills', 'languages'] as const) {
      const kept = before.get(user.id)?.[kind].filter(({ id }) => id !== set[kind].id) ?? [];
      expect(lists(user)[kind]).toEqual(expect.arrayContaining([...kept, set[kind]]));
      expect(lists(user)[kind]).toHaveLength(kept.length + 1);
    }
  }
}

test('a plan is a request for each page and two for the catalogue, and writes nothing', async () => {
  await open({ users: 450 });
  await roster(active().map(({ email }) => `${email}: { skills: {} }`));
  const ran = await run(['plan']);
  expect(ran.code, ran.stderr).toBe(0);
  const pages = Math.ceil(active().length / 400);
  expect(sandbox.requests.map(({ path }) => path)).toHaveLength(pages + 2);
  expect(wrote()).toEqual([]);
});

test('skills and languages are brought to the files, everything else stays, and then nothing is planned', async () => {
  await open();
  await everybody();
  await appliedToEverybody();
  expect(new Set(wrote().map(({ method }) => method))).toEqual(new Set(['PATCH']));
});

test('what the files take away goes, and nothing else', async () => {
  await open();
  const user = active().find((one) => lists(one).skills.length > 2) as OrgUser;
  const nameOf = (id = '') => sandbox.org.skills.find((one) => one.id === id)?.name;
  const { skills, languages } = lists(user);
  const [first, ...others] = skills;
  sandbox.genesys.edit(user.id, {
    languages: names('language')
      .slice(0, 3)
      .map(({ id }) => ({ id, proficiency: 5 })),
  });
  expect(languages).toBeDefined();
  const [gone, ...spoken] = lists(user).languages;
  await roster([
    `${user.email}: { skills: { "${nameOf(first?.id)}": absent }, languages: { "${nameOf(gone?.id)}": absent } }`,
  ]);
  const ran = await run(APPLY);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(lists(user)).toEqual({ skills: others, languages: spoken });
  expect(wrote().map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
});

describe('on a bad day', () => {
  test.each<[string, Words]>([
    ['pages are clamped to 25', { pages: { max: 25 } }],
    [
      'skills are forgotten of one in ten, languages of one in seven',
      { pages: { omitSkillsEvery: 10, omitLanguagesEvery: 7 } },
    ],
    ['large pages with lists are too large', { pages: { largestExpanded: 30 } }],
    [
      'all of it, and writes take a while to show',
      { lagMs: 5, pages: { max: 25, largestExpanded: 20, omitSkillsEvery: 9 } },
    ],
    [
      'writes meet conflicts',
      {
        faults: [
          { kind: 'status', status: 400, code: 'general.conflict', method: 'PATCH', times: 9 },
        ],
      },
    ],
    [
      'writes are throttled',
      { faults: [{ kind: 'status', status: 429, method: 'PATCH', times: 12, probability: 0.5 }] },
    ],
    [
      'answers to languages get lost, before their effect and after it',
      {
        faults: [
          { kind: 'reset-before', method: 'PATCH', path: '*/routinglanguages/bulk', times: 6 },
          { kind: 'reset-after', method: 'PATCH', path: '*/routinglanguages/bulk', times: 6 },
        ],
      },
    ],
    [
      'the platform fails before and after its effect',
      {
        faults: [
          { kind: 'status', status: 503, times: 9, probability: 0.3, afterEffect: true },
          { kind: 'status', status: 502, times: 9, probability: 0.3, html: true },
        ],
      },
    ],
  ])('%s, and everybody is brought to the files all the same', async (_what, words) => {
    await open(words);
    await everybody();
    await appliedToEverybody();
  });

  test.each<[string, Words, string]>([
    [
      'gives an empty answer for a page of people',
      { faults: [{ kind: 'empty', path: '/api/v2/users', skip: 1 }], pages: { max: 25 } },
      'empty-answer',
    ],
    ['belongs to somebody else', { settings: [...PACE, 'orgId: 7f1c2a34'] }, 'org-mismatch'],
    [
      'lets nobody see the catalogue',
      { tokens: [{ token: 'restricted-token', scopes: ['users'] }] },
      'routing:readonly',
    ],
    [
      'lets nobody see people',
      { tokens: [{ token: 'restricted-token', scopes: ['routing'] }] },
      'users:readonly',
    ],
  ])('that %s, nothing is written, and the reason is told', async (_what, words, told) => {
    await open(words);
    await everybody();
    const before = truth();
    const ran = await run(APPLY);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(told) });
    expect(truth()).toBe(before);
    expect(wrote()).toEqual([]);
  });

  test('that a permission is missing, it is named, and the first refusal ends the run', async () => {
    await open({ tokens: [{ token: 'restricted-token', permissions: ['routing:skill:view'] }] });
    await everybody();
    const before = truth();
    const ran = await run([...APPLY, '--format', 'json']);
    expect(ran.code).toBe(4);
    const { stopped, outcomes } = JSON.parse(ran.stdout);
    expect(stopped).toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('routing:skill:assign'),
    });
    expect(outcomes.applied).toBe(0);
    expect(truth()).toBe(before);
    expect(wrote().length).toBeLessThan(20);
  });
});

test('signing in goes by the client, waits while it is throttled, and spreads over several tokens', async () => {
  const began = Date.now();
  // The sandbox's time goes as fast as the command's.
  const clock = { ...systemClock, now: () => began + (Date.now() - began) * SPEED };
  const settings = [...PACE, 'tokens: 2'];
  // Answers that take a moment: the second token is signed in for beside the work, and a run may be over before it is here.
  await open({ clock, signIns: 2, rates: { calls: 0, burst: 1 }, latencyMs: 20, settings });
  await everybody();
  const { id, secret } = sandbox.client;
  const ran = await run(['apply', '--yes', ...ALLOW, '--reason', 'test'], {
    MUSTER_CLIENT_ID: id,
    MUSTER_CLIENT_SECRET: secret,
  });
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  const signedIn = sandbox.requests.filter(
    ({ path, status }) => path === '/oauth/token' && status === 200,
  );
  expect(signedIn).toHaveLength(2);
  expect(ran.stdout + ran.stderr).not.toContain(secret);
});

test('whoever is inactive, unknown, or would have too much is held, each with the reason', async () => {
  const ids = Array.from({ length: 60 }, (_, n) => `s${n}`);
  const held = ids.slice(0, 48).map((id) => ({ kind: 'skill', id, value: 40 }) as const);
  const user = (id: string, more: Partial<OrgUser> = {}): OrgUser => {
    return { id, email: `${id}@example.com`, name: id, team: 'a', assignments: [], ...more };
  };
  const users = [
    user('full', { assignments: held }),
    user('off', { state: 'inactive' }),
    user('gone', { state: 'deleted' }),
  ];
  const skills = ids.map((id) => ({ kind: 'skill', id, name: `Skill ${id}` }) as const);
  await open({ org: { id: 'o', skills, users } });
  const wants = ids.slice(-5).map((id) => `Skill ${id}: 3`);
  await roster([
    `full@example.com: { skills: { ${wants} } }`,
    ...['off@example.com', 'nobody@example.com', '"id:gone"'].map(
      (key) => `${key}: { skills: { Skill s0: 3 } }`,
    ),
  ]);
  const ran = await run(['plan', '--format', 'json']);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  const plan = JSON.parse(ran.stdout);
  const reasons = plan.held.map(({ key, reason }: Held) => [key, reason]);
  expect(Object.fromEntries(reasons)).toEqual({
    'full@example.com': 'over-ceiling',
    'off@example.com': 'inactive',
    'nobody@example.com': 'not-found',
    'id:gone': 'inactive',
  });
  expect(plan.users).toEqual({});
  expect(ran.stdout).toContain('would have 53 skills, 5 that the files name and 48 that are kept');
});

test('a language under `skills` is told as one', async () => {
  await open();
  const [user] = active() as [OrgUser];
  await roster([`${user.email}: { skills: { Welsh: 3 } }`]);
  const ran = await run(['plan']);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('it is a language') });
});

test('a skill that the catalogue does not show is kept, by a call that replaces too, and can be pinned', async () => {
  const ids = ['billing', 'refunds', 'secret'] as const;
  const unlisted = { billing: {}, refunds: {}, secret: { unlisted: true } } as const;
  const skills = ids.map((id) => ({ kind: 'skill', id, name: id, ...unlisted[id] }) as const);
  const assignments = ids.map((id) => ({ kind: 'skill', id, value: 30 }) as const);
  const ana = { id: 'ana', email: 'ana@example.com', name: 'Ana', team: 'a', assignments };
  await open({ org: { id: 'o', skills, users: [ana] } });
  const [user] = active() as [OrgUser];
  const proficiency = 2;
  await roster([`${user.email}: { skills: { billing: absent } }`]);
  const ran = await run(APPLY);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(wrote().map(({ method }) => method)).toEqual(['PUT']);
  expect(lists(user).skills).toEqual([
    { id: 'refunds', proficiency },
    { id: 'secret', proficiency },
  ]);
  await folder.write(
    'rosters/all.yaml',
    `version: 1\nskills: { Secret: { id: secret } }\nusers: { ${user.email}: { skills: { Secret: 4 } } }\n`,
  );
  expect((await run(APPLY)).code).toBe(0);
  expect(lists(user).skills).toEqual([
    { id: 'refunds', proficiency },
    { id: 'secret', proficiency: 4 },
  ]);
});

test('the journal keeps the correlation id of each answer, and an error is quoted by it', async () => {
  await open({ faults: [{ kind: 'status', status: 400, method: 'PATCH', times: 1 }] });
  const [skill] = names('skill');
  const [user] = active() as [OrgUser];
  await roster([`${user.email}: { skills: { "${skill?.name}": 4.25 } }`]);
  const ran = await run([...APPLY, '--format', 'json']);
  expect(ran.code).toBe(4);
  const [{ requestId }] = JSON.parse(ran.stdout).users;
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const runs = join(folder.path, '.muster/runs');
  const [only = ''] = readdirSync(runs);
  const journal = readFileSync(join(runs, only, 'journal.ndjson'), 'utf8');
  expect(journal).toContain(requestId);
});

test('a fraction is kept bit for bit, and an inactive assignment is neither woken nor lost', async () => {
  await open();
  const [user] = active() as [OrgUser];
  const [a, b, c, d] = names('skill').map(({ id }) => id) as [string, string, string, string];
  const odd = 0.1 + 0.2;
  sandbox.genesys.edit(user.id, {
    skills: [
      { id: a, proficiency: odd },
      { id: b, proficiency: 2, state: 'inactive' },
      { id: c, proficiency: 3 },
      { id: d },
    ],
  });
  const nameOf = (id: string) => names('skill').find((one) => one.id === id)?.name;
  await roster([`${user.email}: { skills: { "${nameOf(c)}": absent } }`]);
  const ran = await run(APPLY);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(lists(user).skills).toEqual([
    { id: a, proficiency: odd },
    { id: b, proficiency: 2, state: 'inactive' },
    { id: d },
  ]);
  await roster([`${user.email}: { skills: { "${nameOf(b)}": 4, "${nameOf(c)}": absent } }`]);
  expect((await run(APPLY)).code).toBe(0);
  expect(lists(user).skills.find(({ id }) => id === b)).toEqual({ id: b, proficiency: 4 });
  expect(idOf('skill', nameOf(b) ?? '')).toBe(b);
});
