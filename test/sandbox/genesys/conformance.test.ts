import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import { idOf, start } from '../client.ts';
import { createChecker } from './checker.ts';
import { officialClient } from './official.ts';

/** The official client, signed in to a sandbox; every word between the two is held against the description. */
async function signedIn(options: SandboxOptions = {}) {
  const checker = createChecker();
  const client = await start({ platform: 'genesys', users: 60, watch: checker.watch, ...options });
  const { sandbox } = client;
  const official = officialClient(sandbox);
  const { id, secret } = sandbox.client;
  const { accessToken } = await official.client.loginClientCredentialsGrant(id, secret);
  expect(accessToken).toMatch(/^issued-/);
  const [who = ''] = sandbox.org.users.map((user) => user.id);
  const own = () => sandbox.genesys.listsOf(who);
  const skill = (name: string) => idOf(client, name);
  const language = (name: string) => idOf(client, name, 'language');
  const conforms = (calls: number) => {
    expect(checker.wrong).toEqual([]);
    expect(Object.values(checker.calls).reduce((sum, n) => sum + n, 0)).toBe(calls);
  };
  return { ...official, sandbox, who, own, skill, language, conforms };
}

/** What an error of the client tells; it must fail. */
async function refusal(asked: Promise<unknown>) {
  const told = await asked.then(
    () => undefined,
    (body: Readonly<Record<string, unknown>>) => body,
  );
  if (told === undefined) throw new Error('it was not refused');
  expect(told.contextId).toMatch(/^[\w-]{36}$/);
  const { status, code, message } = told;
  return { status, code, message };
}

test('it signs in, and finds the tenant, its limits and the catalogues', async () => {
  const { organization, routing, sandbox, conforms } = await signedIn();
  expect((await organization.getOrganizationsMe()).id).toBe(sandbox.org.id);
  await organization.getOrganizationsLimitsNamespace('platform.api');
  const skills = await routing.getRoutingSkills({ pageSize: 100 });
  expect(skills.total).toBe(40);
  expect((await routing.getRoutingSkills({ name: 'Bill' })).entities[0]?.name).toBe('Billing');
  const languages = await routing.getRoutingLanguages({ pageSize: 500 });
  expect(languages.entities).toHaveLength(languages.total);
  conforms(5);
});

test('it lists everybody with skills and languages, page by page and by ids', async () => {
  const { users, sandbox, conforms } = await signedIn();
  const expand = ['skills', 'languages'];
  const listed = [];
  for (let pageNumber = 1; pageNumber <= 3; pageNumber++) {
    const page = await users.getUsers({ pageSize: 25, pageNumber, expand });
    expect(page.pageCount).toBe(3);
    listed.push(...page.entities);
  }
  expect(listed.map(({ id }) => id)).toEqual(sandbox.org.users.map(({ id }) => id));
  for (const { id, skills, languages } of listed) {
    const at = (list: typeof skills) => list?.map((own) => [own.id, own.proficiency]);
    const truth = sandbox.genesys.listsOf(id);
    expect(at(skills)).toEqual(at(truth.skills));
    expect(at(languages)).toEqual(at(truth.languages));
  }
  const some = listed.slice(3, 6).map(({ id }) => id);
  const byId = await users.getUsers({ id: some, expand, state: 'any' });
  expect(byId.entities.map(({ id }) => id)).toEqual(some);
  const first = await users.getUsersQuery({ pageSize: 50 });
  const rest = await users.getUsersQuery({ pageSize: 50, cursor: first.cursor ?? '' });
  expect(first.entities.length + rest.entities.length).toBe(60);
  conforms(6);
});

test('it reads a list, replaces it and merges into it', async () => {
  const { users, who, own, skill, conforms } = await signedIn();
  const before = await users.getUserRoutingskills(who, { pageSize: 50 });
  expect(before.entities.map(({ id }) => id)).toEqual(own().skills.map(({ id }) => id));
  const billing = { id: skill('Billing'), proficiency: 4.5 };
  const put = await users.putUserRoutingskillsBulk(who, [billing]);
  expect(put.entities).toMatchObject([{ ...billing, name: 'Billing', state: 'active' }]);
  expect(own().skills).toEqual([billing]);
  const chat = { id: skill('Chat'), proficiency: 1 };
  await users.patchUserRoutingskillsBulk(who, [chat]);
  expect(own().skills).toEqual([billing, chat]);
  conforms(3);
});

test('it adds, changes and removes one', async () => {
  const { users, who, own, skill, conforms } = await signedIn();
  await users.putUserRoutingskillsBulk(who, []);
  const id = skill('VIP');
  await users.postUserRoutingskills(who, { id, proficiency: 2 });
  await users.putUserRoutingskill(who, id, { id, proficiency: 3 });
  expect(own().skills).toEqual([{ id, proficiency: 3 }]);
  await users.deleteUserRoutingskill(who, id);
  expect(own().skills).toEqual([]);
  conforms(4);
});

test('languages are merged and removed one by one', async () => {
  const { users, who, own, language, conforms } = await signedIn();
  const [welsh, catalan] = [language('Welsh'), language('Catalan')];
  const both = [welsh, catalan].map((id) => ({ id, proficiency: 2.4 }));
  await users.patchUserRoutinglanguagesBulk(who, both);
  await users.deleteUserRoutinglanguage(who, welsh);
  const { entities } = await users.getUserRoutinglanguages(who, { pageSize: 50 });
  expect(entities).toContainEqual(expect.objectContaining({ id: catalan, proficiency: 2 }));
  expect(own().languages.map(({ id }) => id)).not.toContain(welsh);
  conforms(3);
});

test('errors have the shape it knows', async () => {
  const { users, client, who, skill, sandbox, conforms } = await signedIn();
  const bulk = '/api/v2/users/*/routingskills/bulk';
  const conflict = { kind: 'status', status: 400, code: 'general.conflict', times: 1 } as const;
  sandbox.setFaults([{ ...conflict, method: 'PUT', path: bulk }]);
  const id = skill('Billing');
  expect(await refusal(users.putUserRoutingskillsBulk(who, [{ id, proficiency: 1 }]))).toEqual({
    status: 400,
    code: 'general.conflict',
    message: 'Conflicts found replacing routing skills for user',
  });
  const unknown = refusal(users.putUserRoutingskillsBulk(who, [{ id: 'x', proficiency: 1 }]));
  expect(await unknown).toMatchObject({ status: 404, code: 'general.resource.not.found' });
  const high = refusal(users.patchUserRoutingskillsBulk(who, [{ id, proficiency: 6 }]));
  expect(await high).toMatchObject({ status: 400, code: 'invalid.value' });
  const many = Array.from({ length: 101 }, (_, n) => `u${n}`);
  expect(await refusal(users.getUsers({ id: many }))).toMatchObject({ code: 'max.user.ids' });
  client.setAccessToken('wrong');
  expect(await refusal(users.getUsers())).toMatchObject({ status: 401, code: 'bad.credentials' });
  conforms(5);
});

test('a token that lacks something, and one that comes too often', async () => {
  const tokens = [{ token: 'reader', permissions: [] }];
  const { users, client, who, conforms } = await signedIn({
    tokens,
    rates: { calls: 60, burst: 2 },
    clock: { now: () => 1_000_000, after: () => () => undefined },
  });
  client.setAccessToken('reader');
  expect(await refusal(users.putUserRoutingskillsBulk(who, []))).toMatchObject({
    status: 403,
    code: 'missing.permissions',
  });
  await users.getUsers();
  expect(await refusal(users.getUsers())).toEqual({
    status: 429,
    code: 'too.many.requests.retry.after',
    message: 'Rate limit exceeded the maximum. Retry the request in [1] seconds',
  });
  conforms(3);
});
