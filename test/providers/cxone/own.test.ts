import { expect, test } from 'vitest';
import { canonical } from '../../../src/model/assignment.ts';
import { active, rowsOf, stand, tenant } from './support.ts';

async function own(of: ReturnType<typeof tenant>, ...ids: string[]) {
  const stood = stand(of);
  const lists = await stood.provider.fetchOwn(ids);
  return { ...stood, of: (id: string) => JSON.parse(canonical(lists.get(id))) };
}

test('one page is one request, and an empty list is a list', async () => {
  for (const silent of [true, false]) {
    const { of, asked } = await own(tenant({ silent }), '7', '9');
    expect(of('7')).toMatchObject({
      proven: true,
      assignments: { skill: { 101: 4, 102: 9, 103: { dormant: 2 } } },
    });
    expect(of('9')).toMatchObject({ proven: true, assignments: { skill: {} } });
    expect(asked()).toHaveLength(2);
  }
});

test('clamped pages are followed', async () => {
  const rows = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [200 + n, active(1)]));
  const { of, asked } = await own(tenant({ rows: rowsOf({ 7: rows }), clamp: 25 }), '7');
  expect(Object.keys(of('7').assignments.skill)).toHaveLength(60);
  expect(asked()).toHaveLength(3);
});

test.each<[string, unknown, RegExp]>([
  [
    "another agent's rows",
    { totalRecords: 1, agentSkillAssignments: [{ agentId: 8, skillId: 1, isActive: true }] },
    /another agent's rows/,
  ],
  [
    'a number that does not fit',
    new Response(
      '{"totalRecords":1,"agentSkillAssignments":[{"skillId":1,"isActive":true,"agentProficiencyValue":1e999}]}',
    ),
    /cannot be carried/,
  ],
  [
    'fewer rows than it says',
    { totalRecords: 3, agentSkillAssignments: [] },
    /tells 3 but shows 0/,
  ],
  ['no list', { totalRecords: 3 }, /holds no list/],
  ['a server that fails', 500, /500/],
])('%s: unknown, never empty', async (_what, reply, why) => {
  const clone = () => (reply instanceof Response ? reply.clone() : reply);
  const { of } = await own(
    tenant({ intercept: ({ path }) => (path === '/agents/7/skills' ? clone() : undefined) }),
    '7',
    '8',
  );
  expect(of('7')).toMatchObject({ proven: false, why: expect.stringMatching(why) });
  expect(of('8').proven).toBe(true);
});

test('whom the platform does not know is gone; an id without an address is unknown', async () => {
  const { of } = await own(tenant(), 'nobody', '..', '7');
  expect(of('nobody')).toMatchObject({ proven: false, gone: true });
  expect(of('..')).toMatchObject({ proven: false });
});

test('a permission that is missing for everybody is told as that', async () => {
  const { provider } = stand(tenant({ intercept: () => 403 }));
  await expect(provider.fetchOwn(['7', '8'])).rejects.toMatchObject({
    status: 403,
    hint: expect.stringMatching(/Skills: View/),
  });
});

test('what concerns everybody ends it', async () => {
  const { provider } = stand(tenant({ intercept: () => 401 }));
  await expect(provider.fetchOwn(['7', '8'])).rejects.toMatchObject({ code: 'unauthorized' });
});
