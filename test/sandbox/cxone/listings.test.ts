import { expect, test } from 'vitest';
import { start } from '../client.ts';
import { ANA, API, BILLING, CHAT, EMAIL, startCxone } from './client.ts';

test('agents are told with numbers, the inactive among them', async () => {
  const client = await startCxone();
  const { body } = await client.get(`${API}/agents`);
  expect(body).toMatchObject({ totalRecords: 3, hiddenAgents: 0 });
  expect(body.agents[0]).toEqual({
    agentId: ANA,
    userId: 'ana',
    userName: 'ana',
    emailAddress: 'ana@example.com',
    firstName: 'ANA',
    lastName: 'de la Cruz',
    isActive: true,
    teamId: 201,
    teamName: 'emea',
  });
  const names = (path: string) =>
    client
      .get(`${API}/agents?${path}`)
      .then(({ body: { agents } }) => agents.map(({ userName }: { userName: string }) => userName));
  expect(await names('isActive=true')).toEqual(['ana', 'dee.2']);
  expect(await names('isActive=false')).toEqual(['ben']);
  expect(await names('searchString=DEE')).toEqual(['dee.2']);
});

test('skills are told with numbers, and neither languages nor what is hidden', async () => {
  const client = await startCxone();
  const { body } = await client.get(`${API}/skills`);
  expect(body.totalRecords).toBe(3);
  expect(body.skills[0]).toMatchObject({ skillId: BILLING, skillName: 'Billing', isActive: true });
  expect((await client.get(`${API}/skills?isActive=false`)).body.skills).toMatchObject([
    { skillId: EMAIL, isActive: false },
  ]);
  expect((await client.get(`${API}/skills?mediaTypeId=9`)).status).toBe(204);
});

test('who has what is told row by row, what does not count among it', async () => {
  const client = await startCxone();
  const { body } = await client.get(`${API}/agents/skills`);
  expect(body).toMatchObject({ totalRecords: 3, businessUnitId: expect.any(Number) });
  expect(body).not.toHaveProperty('hiddenAgents');
  expect(body.agentSkillAssignments).toMatchObject([
    { agentId: ANA, skillId: BILLING, agentProficiencyValue: 4, isActive: true },
    { agentId: ANA, skillId: CHAT, agentProficiencyValue: 20, isActive: false },
    { agentId: ANA + 1, skillId: EMAIL, agentProficiencyValue: 1, isSkillActive: false },
  ]);
  const total = async (query: string) => {
    const answer = await client.get(`${API}/agents/skills?${query}`);
    return answer.status === 204 ? 0 : answer.body.totalRecords;
  };
  expect(await total('isActive=true')).toBe(2);
  expect(await total('isAgentActive=false')).toBe(1);
  expect(await total('isSkillActive=true&isActive=true')).toBe(1);
  expect(await total('searchString=nothing')).toBe(0);
});

test('one agent is told alone, and nothing at all is 204', async () => {
  const client = await startCxone();
  const own = await client.get(`${API}/agents/${ANA}/skills`);
  expect(own.body.agentSkillAssignments).toHaveLength(2);
  expect(await client.get(`${API}/agents/1004/skills`)).toMatchObject({ status: 204, text: '' });
  const gone = await client.get(`${API}/agents/1003/skills`);
  expect(gone).toMatchObject({ status: 404, text: '' });
  expect(gone.headers.get('icStatusDescription')).toBe('The agent was not found');
});

test('pages are 100 long unless more is asked for, and lead on', async () => {
  const client = await start({ platform: 'cxone', users: 130, pages: { max: 110 } });
  const first = (await client.get(`${API}/agents`)).body;
  expect(first.agents).toHaveLength(100);
  expect(first.totalRecords).toBe(130);
  const next = first._links.next.slice(client.sandbox.url.length);
  const last = (await client.get(next)).body;
  expect(last.agents).toHaveLength(30);
  expect(last._links).not.toHaveProperty('next');
  expect((await client.get(`${API}/agents?top=1000`)).body.agents).toHaveLength(110);
  expect((await client.get(`${API}/agents?skip=130`)).status).toBe(204);
  for (const query of ['fields=agentId,teamId', 'fields=agentId&fields=teamId']) {
    const { agents } = (await client.get(`${API}/agents?${query}`)).body;
    expect(Object.keys(agents[0])).toEqual(['agentId', 'teamId']);
  }
});

test('agents hidden from the role are nowhere, and counted', async () => {
  const client = await start({ platform: 'cxone', users: 20, hideEvery: 10 });
  const { body } = await client.get(`${API}/agents`);
  expect(body).toMatchObject({ totalRecords: 18, hiddenAgents: 2 });
  const rows = (await client.get(`${API}/agents/skills?top=500`)).body;
  expect(rows.hiddenAgents).toBe(2);
  const ids = new Set(
    rows.agentSkillAssignments.map(({ agentId }: { agentId: number }) => agentId),
  );
  expect(ids.has(1010)).toBe(false);
  expect((await client.get(`${API}/agents/1010/skills`)).status).toBe(404);
});

test('rows of an agent may be forgotten where everybody is listed, and the total knows nothing of it', async () => {
  const client = await start({ platform: 'cxone', users: 20, pages: { omitSkillsEvery: 10 } });
  const { body } = await client.get(`${API}/agents/skills?top=500`);
  const rows: { agentId: number }[] = body.agentSkillAssignments;
  expect(body.totalRecords).toBe(rows.length);
  expect(rows.some(({ agentId }) => agentId === 1010)).toBe(false);
  const own = (await client.get(`${API}/agents/1010/skills`)).body;
  expect(own.totalRecords).toBeGreaterThan(0);
});

test.each(['top=x', 'skip=-1', 'isActive=yes', 'updatedSince=2026-01-01'])(
  '%s is refused',
  async (query) => {
    const client = await startCxone();
    expect((await client.get(`${API}/agents?${query}`)).status).toBe(400);
  },
);

test('the business unit tells how many calls a day there should be', async () => {
  const client = await startCxone();
  const { businessUnits } = (await client.get(`${API}/business-unit`)).body;
  expect(businessUnits[0].apiPublishedLimit).toBeGreaterThan(0);
});

test('ids that are numbers stand for themselves', async () => {
  const org = {
    id: 'o',
    skills: [{ kind: 'skill' as const, id: '77', name: 'Billing' }],
    users: [{ id: '7', email: 'a@example.com', name: 'A', team: 't', assignments: [] }],
  };
  const client = await start({ platform: 'cxone', org });
  expect((await client.get(`${API}/agents`)).body.agents[0].agentId).toBe(7);
  expect((await client.get(`${API}/skills`)).body.skills[0].skillId).toBe(77);
  expect(client.sandbox.cxone.agentId('7')).toBe(7);
  expect(client.sandbox.cxone.skillId('77')).toBe(77);
});
