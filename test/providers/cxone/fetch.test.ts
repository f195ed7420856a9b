import { expect, test } from 'vitest';
import { canonical } from '../../../src/model/assignment.ts';
import type { LiveState } from '../../../src/model/live.ts';
import { active, agent, asleep, type Call, rowsOf, stand, tenant } from './support.ts';

const KEYS = [7, 8, 9].map((id) => `agent${id}@example.com`);
const skillsOf = ({ users }: LiveState, id: string) => {
  const list = users.get(id)?.list;
  return list?.proven ? JSON.parse(canonical(list.assignments.skill)) : list?.why;
};
const many = (count: number) => ({
  agents: Array.from({ length: count }, (_, n) => agent(1000 + n)),
  rows: rowsOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        1000 + n,
        { 101: active(1 + (n % 20)), 102: n % 3 ? active(5) : asleep(6) },
      ]),
    ),
  ),
});

test('everybody is shown with his rows, in three requests', async () => {
  const { provider, asked, calls } = stand();
  const live = await provider.fetch({ keys: KEYS.slice(0, 2) });
  expect(asked()).toEqual(['GET /skills', 'GET /agents', 'GET /agents/skills']);
  expect(calls.map(({ query }) => `${query}`)).toEqual(Array(3).fill('skip=0&top=1000'));
  expect(live.catalogue?.[0]).toEqual({ kind: 'skill', id: '101', name: 'Skill 1' });
  expect(live.users.get('7')?.person).toEqual({
    id: '7',
    email: 'agent7@example.com',
    userName: 'agent.7',
    name: 'Agent No 7',
    active: true,
  });
  expect(skillsOf(live, '7')).toEqual({ 101: 4, 102: 9, 103: { dormant: 2 } });
  expect(skillsOf(live, '8')).toEqual({ 101: 1 });
  expect(skillsOf(live, '9')).toEqual({});
  expect(live).not.toHaveProperty('incomplete');
});

test('whoever the listing shows no row of may have been forgotten: in scope he is asked himself', async () => {
  const of = tenant({ rows: rowsOf({ 7: { 101: active(4) }, 8: { 101: active(1) } }) });
  const listed = Response.json({
    totalRecords: 1,
    agentSkillAssignments: [{ agentId: 7, skillId: 101, agentProficiencyValue: 4, isActive: true }],
  });
  of.intercept = ({ path }) => (path === '/agents/skills' ? listed.clone() : undefined);
  const { provider, asked } = stand(of);
  const live = await provider.fetch({ keys: KEYS });
  expect(asked().slice(3)).toEqual(['GET /agents/8/skills', 'GET /agents/9/skills']);
  expect(skillsOf(live, '8')).toEqual({ 101: 1 });
  expect(skillsOf(live, '9')).toEqual({});
});

test.each([25, 7, 1])('pages clamped to %i are followed to the total', async (clamp) => {
  const count = clamp === 1 ? 4 : 60;
  const { provider, calls } = stand(tenant({ ...many(count), clamp }));
  const live = await provider.fetch({ keys: [] });
  expect(live.users.size).toBe(count);
  expect(skillsOf(live, '1003')).toEqual({ 101: 4, 102: { dormant: 6 } });
  const rows = calls.filter(({ path }) => path === '/agents/skills');
  expect(rows).toHaveLength(Math.ceil((2 * count) / clamp));
});

test('how far it is, is told in what the listings hold', async () => {
  const { provider, events } = stand(tenant(many(60)));
  await provider.fetch({ keys: [] });
  const told = events.filter((event) => event.type === 'reading');
  expect(told.filter(({ done, total }) => done === total)).toMatchObject([
    { what: 'catalogue', total: 5 },
    { what: 'users', total: 60 },
    { what: 'assignments', total: 120 },
  ]);
});

test('pages of uneven length are read one after the other', async () => {
  let nth = 0;
  const of = tenant(many(30));
  of.intercept = ({ path }: Call) => {
    if (path === '/agents/skills') of.clamp = [10, 3, 8, 1, 12][nth++ % 5] as number;
    else of.clamp = Number.POSITIVE_INFINITY;
    return undefined;
  };
  const live = await stand(of).provider.fetch({ keys: [] });
  expect([...live.users.values()].every(({ list }) => list.proven)).toBe(true);
  expect(nth).toBeLessThan(40);
});

test.each<[string, (call: Call) => unknown]>([
  ['more than it shows', () => ({ totalRecords: 9, agentSkillAssignments: [] })],
  [
    'the same page for ever',
    () => ({
      totalRecords: 1_000_000,
      agentSkillAssignments: [{ agentId: 7, skillId: 101, isActive: true }],
    }),
  ],
  [
    'nothing in the middle',
    ({ query }) =>
      Number(query.get('skip')) === 0
        ? {
            totalRecords: 2,
            agentSkillAssignments: [{ agentId: 7, skillId: 101, isActive: true }],
          }
        : new Response(null, { status: 204 }),
  ],
  ['no total', () => ({ agentSkillAssignments: [{ agentId: 7, skillId: 101, isActive: true }] })],
])('a listing that tells %s is no listing, and ends', async (_what, reply) => {
  const { provider, calls } = stand(
    tenant({ intercept: (call) => (call.path === '/agents/skills' ? reply(call) : undefined) }),
  );
  await expect(provider.fetch({ keys: KEYS })).rejects.toMatchObject({
    code: 'listing-incomplete',
    message: expect.stringMatching(/tells/),
  });
  expect(calls.length).toBeLessThan(30);
});

test.each([
  [{ agentSkillAssignments: 'x', totalRecords: 1 }, /holds no list/],
  [[], /holds no list/],
  [{ agentSkillAssignments: [{ agentId: 7 }], totalRecords: 1 }, /without an id/],
  [{ agentSkillAssignments: [3], totalRecords: 1 }, /without an id/],
])('an answer of another shape is told: %j', async (reply, words) => {
  const { provider } = stand(
    tenant({ intercept: ({ path }) => (path === '/agents/skills' ? reply : undefined) }),
  );
  await expect(provider.fetch({ keys: KEYS })).rejects.toMatchObject({
    code: 'answer-malformed',
    message: expect.stringMatching(words),
  });
});

test('a page that is asked for too large is left to the platform', async () => {
  const of = tenant({
    ...many(40),
    intercept: ({ query }) => (query.has('top') ? 400 : undefined),
  });
  const { provider, calls } = stand(of);
  const live = await provider.fetch({ keys: [] });
  expect(skillsOf(live, '1039')).toEqual({ 101: 20, 102: { dormant: 6 } });
  // Once refused a listing, it is not asked for so much again.
  expect(calls.filter(({ query }) => query.has('top'))).toHaveLength(3);
});

test('an empty listing of rows proves nothing of anybody: whoever is asked for is read by himself', async () => {
  for (const silent of [true, false]) {
    const { provider, asked } = stand(tenant({ rows: new Map(), silent }));
    const live = await provider.fetch({ keys: [KEYS[0] as string] });
    expect(asked().slice(3)).toEqual(['GET /agents/7/skills']);
    expect(skillsOf(live, '7')).toEqual({});
    expect(skillsOf(live, '8')).toMatch(/no row of anybody/);
  }
});

test('where agents are hidden nobody is proven by the listing, and what is hidden is told', async () => {
  for (const hidden of [3, '3', 1]) {
    const { provider } = stand(tenant({ hidden }));
    const live = await provider.fetch({ keys: [KEYS[0] as string] });
    expect(skillsOf(live, '7')).toEqual({ 101: 4, 102: 9, 103: { dormant: 2 } });
    expect(skillsOf(live, '8')).toMatch(/hides agents/);
    expect(live.incomplete?.why).toMatch(
      hidden === 1 ? /hides 1 agent from/ : /hides 3 agents from/,
    );
    expect(live.incomplete?.hint).toMatch(/all teams and campaigns/);
  }
});

test('a number of hidden agents that is none is no promise', async () => {
  const { provider } = stand(tenant({ hidden: 'some' }));
  expect((await provider.fetch({ keys: [] })).incomplete).toBeDefined();
});

test('agents may be hidden in the listing of rows alone', async () => {
  const rows = { totalRecords: 1, hiddenAgents: 2, agentSkillAssignments: [] as object[] };
  rows.agentSkillAssignments.push({ agentId: 7, skillId: 101, isActive: true });
  const { provider } = stand(
    tenant({ intercept: ({ path }) => (path === '/agents/skills' ? rows : undefined) }),
  );
  expect((await provider.fetch({ keys: [] })).incomplete?.why).toMatch(/hides 2 agents/);
});

test('an org that shows not one agent is not believed', async () => {
  for (const silent of [true, false]) {
    const { provider } = stand(tenant({ agents: [], silent }));
    await expect(provider.fetch({ keys: KEYS })).rejects.toMatchObject({
      code: 'listing-incomplete',
    });
  }
});

test('a row that does not say whether it is active leaves its agent unknown', async () => {
  const rows = [
    { agentId: 7, skillId: 101, agentProficiencyValue: 4 },
    { agentId: 8, skillId: 101, agentProficiencyValue: 4, isActive: 'True' },
  ];
  const own = { totalRecords: 1, agentSkillAssignments: rows.slice(0, 1) };
  const { provider } = stand(
    tenant({
      intercept({ path }) {
        if (path === '/agents/7/skills') return own;
        return path === '/agents/skills'
          ? { totalRecords: 2, agentSkillAssignments: rows }
          : undefined;
      },
    }),
  );
  const live = await provider.fetch({ keys: [KEYS[0] as string] });
  expect(live.users.get('7')?.list).toMatchObject({ why: expect.stringMatching(/is active/) });
  expect(skillsOf(live, '8')).toEqual({ 101: 4 });
});

test('odd rows are carried as they are, and texts that are numbers are numbers', async () => {
  const of = tenant({
    rows: rowsOf({
      7: {
        101: active('12'),
        102: active(null),
        103: { proficiency: 40, isActive: 'FALSE' },
        104: active({ of: 1 }),
      },
    }),
  });
  expect(skillsOf(await stand(of).provider.fetch({ keys: [] }), '7')).toEqual({
    101: 12,
    102: { proficiency: null },
    103: { dormant: 40 },
    104: { proficiency: { of: 1 } },
  });
});

test('what 403 and 404 mean is said', async () => {
  const refusing = (status: number) => stand(tenant({ intercept: () => status })).provider;
  await expect(refusing(403).fetch({ keys: KEYS })).rejects.toMatchObject({
    code: 'forbidden',
    hint: expect.stringMatching(/ACD permissions Users: View and Skills: View/),
  });
  await expect(refusing(404).fetch({ keys: KEYS })).rejects.toMatchObject({
    code: 'api-not-found',
    hint: expect.stringContaining('baseUrl'),
  });
});

test('a skill without a name is no catalogue', async () => {
  const skills = { totalRecords: 1, skills: [{ skillId: 1 }] };
  const { provider } = stand(
    tenant({ intercept: ({ path }) => (path === '/skills' ? skills : undefined) }),
  );
  await expect(provider.fetch({ keys: [] })).rejects.toMatchObject({ code: 'answer-malformed' });
});

test('two of one e-mail address are told apart by user name, or by who is active', async () => {
  const emailAddress = 'shared@example.com';
  const agents = [agent(7, { emailAddress }), agent(8, { emailAddress }), agent(9)];
  const place = { file: 'a.yaml', line: 1, col: 1 };
  const wants = { skill: new Map(), language: new Map() };
  const user = (key: string) => {
    return [key, { key, place, wants, ownership: 'listed', teams: [], released: false }] as const;
  };
  const desired = (key: string) =>
    ({
      ...{ org: 'acme', day: '2026-11-23', catalogue: new Map(), upcoming: [] },
      users: new Map([user(key)]),
    }) as const;
  const { provider } = stand(tenant({ agents }));
  const live = await provider.fetch({ keys: [emailAddress] });
  const { findings } = provider.normalize(desired(emailAddress), live);
  expect(findings).toMatchObject([{ code: 'user-ambiguous', severity: 'error' }]);
  expect(findings[0]?.hint).toContain('`agent.7` or `agent.8`');
  expect(provider.normalize(desired('AGENT.8'), live).users).toMatchObject([
    { person: { id: '8' } },
  ]);
  const one = tenant({
    agents: [agent(7, { emailAddress }), agent(8, { emailAddress, isActive: false })],
  });
  const other = await stand(one).provider.fetch({ keys: [] });
  expect(provider.normalize(desired(emailAddress), other).users).toMatchObject([
    { person: { id: '7' } },
  ]);
});
