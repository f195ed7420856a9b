import { expect, test } from 'vitest';
import { ANA, API, BILLING, startCxone } from './client.ts';

const PATH = '/_sandbox/cxone/agents';

test('rows are edited by hand, to whatever they may come to hold', async () => {
  const { sandbox, get } = await startCxone();
  const rows = [{ skillId: BILLING, proficiency: 25, isActive: false }];
  sandbox.cxone.edit(ANA, rows);
  expect(sandbox.cxone.rowsOf(ANA)).toEqual(rows);
  sandbox.cxone.edit(ANA, [{ skillId: BILLING, proficiency: null, isActive: true }]);
  const { agentSkillAssignments } = (await get(`${API}/agents/${ANA}/skills`)).body;
  expect(agentSkillAssignments[0].agentProficiencyValue).toBeNull();
  expect(() => sandbox.cxone.edit(ANA, [{ skillId: 1, proficiency: 1, isActive: true }])).toThrow(
    RangeError,
  );
  expect(() => sandbox.cxone.rowsOf(1)).toThrow(RangeError);
  expect(() => sandbox.cxone.agentId('nobody')).toThrow(RangeError);
});

test('the same is had over HTTP', async () => {
  const client = await startCxone();
  const skills = [{ skillId: BILLING, proficiency: null, isActive: false }];
  const put = await client.json('PUT', `${PATH}/${ANA}`, { skills });
  expect(put).toMatchObject({ status: 200, body: { agentId: ANA, skills } });
  expect((await client.get(`${PATH}/${ANA}`)).body).toEqual(put.body);
  expect((await client.get(`${PATH}/1`)).status).toBe(404);
  expect((await client.json('PUT', `${PATH}/${ANA}`, { skills: [{}] })).status).toBe(400);
  const unknown = [{ skillId: 1, proficiency: 1, isActive: true }];
  expect((await client.json('PUT', `${PATH}/${ANA}`, { skills: unknown })).status).toBe(400);
});
