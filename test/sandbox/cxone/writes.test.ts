import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import { ANA, API, BILLING, CHAT, EMAIL, row, startCxone, UNLISTED } from './client.ts';

const OWN = `${API}/agents/${ANA}/skills`;
const NOBODY = 9999;

const BEFORE = [
  { skillId: BILLING, proficiency: 4, isActive: true },
  { skillId: CHAT, proficiency: 20, isActive: false },
];

async function world(options: SandboxOptions = {}) {
  const client = await startCxone(options);
  const write = (method: string, ...skills: object[]) => client.json(method, OWN, { skills });
  const has = () => client.sandbox.cxone.rowsOf(ANA);
  return { client, write, has };
}

test('POST creates; a proficiency left out is the best', async () => {
  const { write, has } = await world();
  const answer = await write('POST', row(UNLISTED, 7, true), row(EMAIL));
  expect(answer.body).toEqual({
    resultSet: {
      errorCount: 0,
      skillResults: [
        { success: true, skillId: UNLISTED },
        { success: true, skillId: EMAIL },
      ],
    },
  });
  expect(has()).toEqual([
    ...BEFORE,
    { skillId: UNLISTED, proficiency: 7, isActive: true },
    { skillId: EMAIL, proficiency: 1, isActive: true },
  ]);
});

test('PUT modifies what it names, and what it leaves out stays', async () => {
  const { write, has } = await world();
  expect((await write('PUT', row(BILLING, 9))).status).toBe(200);
  expect((await write('PUT', row(CHAT, undefined, true))).status).toBe(200);
  expect(has()).toEqual([
    { skillId: BILLING, proficiency: 9, isActive: true },
    { skillId: CHAT, proficiency: 20, isActive: true },
  ]);
});

test('DELETE removes what its body names', async () => {
  const { write, has } = await world();
  expect((await write('DELETE', row(BILLING))).body.resultSet.errorCount).toBe(0);
  expect(has()).toEqual(BEFORE.slice(1));
});

test('a row that fails tells the error alone, in a 200, and the others are done', async () => {
  const { write, has } = await world();
  const create = await write(
    'POST',
    row(BILLING, 2),
    row(EMAIL, 3),
    row(NOBODY, 1),
    row(UNLISTED, 21),
  );
  expect(create.status).toBe(200);
  expect(create.body.resultSet).toEqual({
    errorCount: 3,
    skillResults: [
      { success: false, error: 'The skill is assigned to the agent already' },
      { success: true, skillId: EMAIL },
      { success: false, error: 'The skill was not found' },
      { success: false, error: 'The proficiency must be a whole number from 1 to 20' },
    ],
  });
  expect(has()).toEqual([...BEFORE, { skillId: EMAIL, proficiency: 3, isActive: true }]);
  for (const method of ['PUT', 'DELETE']) {
    const answer = await write(method, row(UNLISTED, 1));
    expect(answer.body.resultSet).toMatchObject({
      errorCount: 1,
      skillResults: [{ error: 'The skill is not assigned to the agent' }],
    });
  }
  const half = await write('PUT', { ...row(BILLING), proficiency: 2.5 });
  expect(half.body.resultSet.errorCount).toBe(1);
});

test('where it is told to, a PUT drops what it does not name, inactive rows too', async () => {
  const { write, has } = await world({ cxone: { putReplaces: true } });
  await write('POST', row(EMAIL, 3));
  expect(has()).toHaveLength(3);
  await write('PUT', row(EMAIL, 5));
  expect(has()).toEqual([{ skillId: EMAIL, proficiency: 5, isActive: true }]);
});

test('a write fails in part where a fault says so', async () => {
  const { client, write, has } = await world();
  client.sandbox.setFaults([{ kind: 'partial', method: 'POST', times: 1, applied: 0.5 }]);
  const answer = await write('POST', row(EMAIL, 3), row(UNLISTED, 3));
  expect(answer.body.resultSet).toEqual({
    errorCount: 1,
    skillResults: [
      { success: true, skillId: EMAIL },
      { success: false, error: 'The row could not be saved' },
    ],
  });
  expect(has()).toHaveLength(3);
});

test('many are added or modified at once; the count is a text and errors have none', async () => {
  const { client, has } = await world();
  const agentAndSkillDetails = [
    {
      agentIds: [String(ANA), '1004', String(NOBODY)],
      skills: [{ skillIds: [String(BILLING), String(EMAIL)], isActive: true, proficiency: 6 }],
    },
  ];
  const { body } = await client.json('POST', `${API}/agents/skills`, { agentAndSkillDetails });
  expect(body.resultSet.errorCount).toBe('2');
  expect(body.resultSet.skillResults).toEqual([
    { success: true, skillId: BILLING, agentId: ANA },
    { success: true, skillId: EMAIL, agentId: ANA },
    { success: true, skillId: BILLING, agentId: 1004 },
    { success: true, skillId: EMAIL, agentId: 1004 },
    { success: false, skillId: BILLING, agentId: NOBODY },
    { success: false, skillId: EMAIL, agentId: NOBODY },
  ]);
  expect(has().map(({ proficiency }) => proficiency)).toEqual([6, 20, 6]);
  expect(client.sandbox.cxone.rowsOf(1004)).toHaveLength(2);
});

test.each([
  ['no list', {}],
  ['an empty list', { skills: [] }],
  ['a number for an id', { skills: [{ skillId: BILLING, proficiency: 1 }] }],
  ['a text for a flag', { skills: [{ ...row(BILLING, 1), isActive: 'yes' }] }],
  ['too many rows', { skills: Array.from({ length: 10_001 }, () => row(BILLING, 1)) }],
])('%s is refused with the text in a header', async (_what, body) => {
  const { client, has } = await world();
  const answer = await client.json('POST', OWN, body);
  expect(answer).toMatchObject({ status: 400, text: '' });
  expect(answer.headers.get('icStatusDescription')).toMatch(/\w+ \w+/);
  expect(has()).toEqual(BEFORE);
});

test('the bulk call wants lists of texts', async () => {
  const { client } = await world();
  const agentAndSkillDetails = [{ agentIds: [ANA], skills: [] }];
  const answer = await client.json('POST', `${API}/agents/skills`, { agentAndSkillDetails });
  expect(answer.status).toBe(400);
});

test('reads may lag behind a write', async () => {
  const { client, write } = await world({ lagMs: 60_000 });
  await write('DELETE', row(BILLING), row(CHAT));
  expect((await client.get(OWN)).body.totalRecords).toBe(2);
});
