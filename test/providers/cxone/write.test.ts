import { expect, test } from 'vitest';
import { dormant } from '../../../src/model/assignment.ts';
import type { Org } from '../../../src/model/config.ts';
import {
  active,
  asleep,
  type Call,
  rowsOf,
  sent,
  stand,
  tenant,
  truth,
  writeOf,
} from './support.ts';

const NEVER: Partial<Org> = { bulk: 'never' };
const ALWAYS: Partial<Org> = { bulk: 'always' };

const writesOf = (calls: readonly Call[]) =>
  calls
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => [`${method} ${path}`, JSON.parse(body)] as const);

test('what is new is created, what differs changed, what shall go taken away last; every field is said', async () => {
  const { provider, calls, of } = stand(tenant(), NEVER);
  const { reports } = await sent(
    provider,
    writeOf(of, '7', { 101: 2, 102: undefined, 103: 5, 104: 1 }),
  );
  expect(reports).toMatchObject([{ userId: '7', sent: 'accepted' }]);
  expect(writesOf(calls)).toEqual([
    ['POST /agents/7/skills', { skills: [{ skillId: '104', proficiency: 1, isActive: true }] }],
    [
      'PUT /agents/7/skills',
      {
        skills: [
          { skillId: '101', proficiency: 2, isActive: true },
          { skillId: '103', proficiency: 5, isActive: true },
        ],
      },
    ],
    ['DELETE /agents/7/skills', { skills: [{ skillId: '102' }] }],
  ]);
  expect(truth(of, '7')).toEqual({ 101: active(2), 103: active(5), 104: active(1) });
});

test('where one call does for two, it is the one for many', async () => {
  const { provider, calls, of } = stand();
  await sent(provider, writeOf(of, '7', { 101: 2, 104: 1, 102: undefined }));
  expect(writesOf(calls)).toEqual([
    [
      'POST /agents/skills',
      {
        agentAndSkillDetails: [
          {
            agentIds: ['7'],
            skills: [
              { skillIds: ['104'], proficiency: 1, isActive: true },
              { skillIds: ['101'], proficiency: 2, isActive: true },
            ],
          },
        ],
      },
    ],
    ['DELETE /agents/7/skills', { skills: [{ skillId: '102' }] }],
  ]);
});

test('a list that is as it shall be needs no call', async () => {
  const { provider, asked, of } = stand();
  expect((await sent(provider, writeOf(of, '7', {}))).reports).toEqual([
    { userId: '7', sent: 'accepted' },
  ]);
  expect(asked()).toEqual([]);
});

test('what was asleep is put back to sleep, and what is asleep is never spoken of', async () => {
  const { provider, calls, of } = stand(
    tenant({ rows: rowsOf({ 7: { 101: active(4), 102: asleep(9) } }) }),
  );
  await sent(provider, writeOf(of, '7', { 101: dormant(6) }));
  expect(writesOf(calls)).toEqual([
    ['PUT /agents/7/skills', { skills: [{ skillId: '101', proficiency: 6, isActive: false }] }],
  ]);
  expect(truth(of, '7')).toEqual({ 101: asleep(6), 102: asleep(9) });
});

test('what has no number is put back as it was', async () => {
  const { provider, calls, of } = stand(tenant({ rows: new Map() }), NEVER);
  await sent(provider, writeOf(of, '9', { 101: { proficiency: 'odd' }, 102: dormant({}) }));
  expect(writesOf(calls)[0]?.[1].skills).toEqual([
    { skillId: '101', proficiency: 'odd', isActive: true },
    { skillId: '102', proficiency: null, isActive: false },
  ]);
});

test.each<[number | Error, string, string | undefined]>([
  [403, 'refused', 'Skills: User Assignment'],
  [400, 'refused', undefined],
  [401, 'refused', undefined],
  [429, 'not-sent', undefined],
  [503, 'unknown', undefined],
  [new TypeError('reset'), 'unknown', undefined],
])('a first call that meets %s is %s, and nothing follows it', async (reply, what, hint) => {
  const of = tenant({ intercept: ({ method }) => (method === 'GET' ? undefined : reply) });
  const { provider, calls } = stand(of, NEVER);
  const { reports } = await sent(provider, writeOf(of, '7', { 104: 1, 101: undefined }));
  expect(reports).toMatchObject([{ userId: '7', sent: what }]);
  expect(reports[0]?.error?.hint).toContain(hint ?? '.');
  expect(writesOf(calls)).toHaveLength(1);
  expect(truth(of, '7')[101]).toEqual(active(4));
});

test.each([[429], [400], [503]])(
  'a later call that meets %i leaves it unknown: something was done before',
  async (status) => {
    const of = tenant({ intercept: ({ method }) => (method === 'DELETE' ? status : undefined) });
    const { provider } = stand(of, NEVER);
    const { reports } = await sent(provider, writeOf(of, '7', { 104: 1, 101: undefined }));
    expect(reports).toMatchObject([{ sent: 'unknown', error: { status } }]);
    expect(truth(of, '7')).toMatchObject({ 101: active(4), 104: active(1) });
  },
);

test.each([
  [['7 104', '7 105'], 'refused', 'The platform did not take 2 of 2 rows: Skill of 7 is closed.'],
  [['7 104'], 'unknown', 'The platform did not take 1 of 2 rows: Skill of 7 is closed.'],
])(
  'rows that are refused inside a 200 (%j) leave it %s, in the platform’s words, and nothing is taken away',
  async (refused, what, message) => {
    const of = tenant({ refused: new Set(refused) });
    const { provider, calls } = stand(of, NEVER);
    const { reports } = await sent(provider, writeOf(of, '7', { 104: 1, 105: 2, 101: undefined }));
    expect(reports).toMatchObject([{ sent: what, error: { code: 'rows-refused', message } }]);
    expect(writesOf(calls)).toHaveLength(1);
    expect(truth(of, '7')).toMatchObject({ 101: active(4) });
  },
);

test('which rows were refused may not be told: any of them may have been taken', async () => {
  const reply = { resultSet: { errorCount: 1, skillResults: [] } };
  for (const bulk of ['never', 'always'] as const) {
    const of = tenant({ intercept: ({ method }) => (method === 'GET' ? undefined : reply) });
    const { provider } = stand(of, { bulk });
    const { reports } = await sent(provider, writeOf(of, '7', { 104: 1, 105: 2 }));
    const message = 'The platform did not take every row, and does not say which.';
    expect(reports).toMatchObject([{ sent: 'unknown', error: { code: 'rows-refused', message } }]);
  }
});

test('what is done already is no refusal: rows that are there, and rows that are gone', async () => {
  const of = tenant();
  const { provider, asked } = stand(of, NEVER);
  const write = writeOf(of, '7', { 104: 1, 101: undefined });
  await sent(provider, write);
  of.refused.add('7 104').add('7 101');
  const { reports } = await sent(provider, write);
  expect(reports).toMatchObject([{ sent: 'accepted' }]);
  expect(asked().slice(-5)).toEqual([
    'POST /agents/7/skills',
    'GET /agents/7/skills',
    'GET /agents/7/skills',
    'DELETE /agents/7/skills',
    'GET /agents/7/skills',
  ]);
});

test('rows that are there already, beside one that is taken, are no refusal', async () => {
  const of = tenant();
  const { provider } = stand(of, NEVER);
  const write = writeOf(of, '7', { 104: 1, 105: 2 });
  await sent(provider, writeOf(of, '7', { 104: 1 }));
  of.refused.add('7 104');
  const { reports } = await sent(provider, write);
  expect(reports).toMatchObject([{ sent: 'accepted' }]);
});

test.each<[string, object | string, string]>([
  ['a count as text', { resultSet: { errorCount: '1', skillResults: [] } }, 'refused'],
  ['a count alone', { resultSet: { errorCount: 2 } }, 'refused'],
  [
    'a row that failed, whatever the count',
    { resultSet: { errorCount: 0, skillResults: [{ success: false, error: { message: 'No.' } }] } },
    'refused',
  ],
  [
    'a good row for all that was sent, whatever the count',
    { resultSet: { errorCount: 3, skillResults: [{ success: 'true', skillId: '104' }] } },
    'accepted',
  ],
  ['its result outside of any set', { errorCount: '1', skillResults: [] }, 'refused'],
  ['no result', {}, 'accepted'],
  ['nothing', '', 'accepted'],
])('an answer of 200 with %s is %s', async (_what, reply, what) => {
  const of = tenant({
    intercept: ({ method }) =>
      method === 'GET'
        ? undefined
        : typeof reply === 'string'
          ? new Response(reply)
          : Response.json(reply),
  });
  const { provider } = stand(of, NEVER);
  const { reports } = await sent(provider, writeOf(of, '9', { 104: 1 }));
  expect(reports).toMatchObject([{ sent: what }]);
});

test('of many, what is set goes in one call, and what is taken away follows agent by agent', async () => {
  const of = tenant({ rows: rowsOf({ 7: {}, 8: {}, 9: { 101: active(1) } }) });
  const { provider, calls } = stand(of, ALWAYS);
  const { reports } = await sent(
    provider,
    writeOf(of, '7', { 104: 1 }),
    writeOf(of, '8', { 104: 2, 105: 3 }),
    writeOf(of, '9', { 101: undefined }),
  );
  expect(reports.map(({ userId, sent: what }) => `${userId} ${what}`)).toEqual([
    '7 accepted',
    '8 accepted',
    '9 accepted',
  ]);
  expect(writesOf(calls).map(([call]) => call)).toEqual([
    'POST /agents/skills',
    'DELETE /agents/9/skills',
  ]);
  expect(truth(of, '8')).toEqual({ 104: active(2), 105: active(3) });
  expect(truth(of, '9')).toEqual({});
});

test('of many, what is taken away is looked at once more: what somebody has changed meanwhile stays', async () => {
  const before = { 101: active(4), 102: active(9) };
  for (const hand of [active(2), asleep(4), undefined]) {
    const of = tenant({ rows: rowsOf({ 7: before, 8: before, 9: {} }) });
    const writes = [
      writeOf(of, '7', { 101: undefined }),
      writeOf(of, '8', { 101: undefined, 105: 1 }),
      writeOf(of, '9', { 105: 1 }),
    ];
    for (const id of ['7', '8']) {
      if (hand === undefined) of.rows.get(id)?.delete('101');
      else of.rows.get(id)?.set('101', hand);
    }
    const { reports } = await sent(stand(of, ALWAYS).provider, ...writes);
    const changed = hand?.isActive === true;
    expect(reports.map(({ sent: what }) => what)).toEqual(
      changed ? ['not-sent', 'unknown', 'accepted'] : Array(3).fill('accepted'),
    );
    expect(truth(of, '7')[101]).toEqual(changed ? hand : undefined);
    expect(truth(of, '8')[105]).toEqual(active(1));
  }
});

test('of many, what the gate has just read is not looked at once more', async () => {
  const of = tenant({ rows: rowsOf({ 7: { 101: active(1) }, 8: { 101: active(1) } }) });
  const { provider, asked } = stand(of, ALWAYS);
  const writes = ['7', '8'].map((id) => writeOf(of, id, { 101: undefined }));
  await provider.fetchOwn(['7', '8']);
  const before = asked().length;
  await sent(provider, ...writes);
  expect(asked().slice(before)).toEqual(['DELETE /agents/8/skills', 'DELETE /agents/7/skills']);
});

test('of one, what is taken away is looked at again when the calls before it took long', async () => {
  const of = tenant();
  const { provider, clock, asked } = stand(of, NEVER);
  of.intercept = ({ method }) => {
    if (method === 'POST') void clock.sleep(6000);
    return undefined;
  };
  const write = writeOf(of, '7', { 104: 1, 101: undefined });
  const writing = sent(provider, write);
  expect((await writing).reports).toMatchObject([{ sent: 'accepted' }]);
  expect(asked().filter((call) => call.startsWith('GET')).length).toBeGreaterThanOrEqual(2);
});

test('of many, who was refused is told apart, and loses nothing', async () => {
  const of = tenant({
    rows: rowsOf({ 7: {}, 8: { 101: active(1) }, 9: {} }),
    refused: new Set(['8 105']),
  });
  const { provider } = stand(of, ALWAYS);
  const { reports } = await sent(
    provider,
    writeOf(of, '7', { 104: 1 }),
    writeOf(of, '8', { 104: 2, 105: 3, 101: undefined }),
    writeOf(of, '9', { 105: 9 }),
  );
  expect(reports.map(({ sent: what }) => what)).toEqual(['accepted', 'unknown', 'accepted']);
  expect(reports[1]?.error?.message).toMatch(/1 of 2 rows: Skill of 8 is closed/);
  expect(truth(of, '8')).toEqual({ 101: active(1), 104: active(2) });
});

test('no call holds more records than it may, and one agent’s rows stay together', async () => {
  const of = tenant({ rows: new Map() });
  const assumptions = { mostRecords: '3' };
  const { provider, calls } = stand(of, { ...ALWAYS, assumptions });
  const rows = { 101: 1, 102: 1 };
  await sent(
    provider,
    writeOf(of, '7', rows),
    writeOf(of, '8', { 103: 1 }),
    writeOf(of, '9', rows),
  );
  const shares = writesOf(calls).map(([, body]) =>
    body.agentAndSkillDetails.map(({ agentIds }: { agentIds: string[] }) => agentIds[0]),
  );
  expect(shares).toEqual([['7', '8'], ['9']]);
});

test.each<[Partial<Org>, number, object]>([
  [{}, 2, { size: 1, lanes: 8 }],
  [{}, 3, { size: 100, lanes: 1 }],
  [{ bulk: 'never' }, 1000, { size: 1, lanes: 8 }],
  [{ bulk: 'always' }, 2, { size: 100, lanes: 1 }],
])('with %j, %i users go %j once a first write was accepted', async (settings, users, batching) => {
  const { provider, of } = stand(tenant(), settings);
  expect(provider.batching(users)).toEqual({ size: 1, lanes: 1 });
  await sent(provider, writeOf(of, '7', { 104: 1 }));
  expect(provider.batching(users)).toEqual(batching);
});

test('until one was accepted they go one at a time', async () => {
  const of = tenant({ intercept: ({ method }) => (method === 'GET' ? undefined : 400) });
  const { provider } = stand(of);
  await sent(provider, writeOf(of, '7', { 104: 1 }));
  expect(provider.batching(50)).toEqual({ size: 1, lanes: 1 });
});

test('where the call for many is refused, agents are written one by one, which is said once', async () => {
  const of = tenant({ intercept: ({ path, method }) => forbidden(path, method) });
  const { provider, events } = stand(of);
  const first = await sent(provider, writeOf(of, '8', { 104: 1 }), writeOf(of, '9', { 104: 1 }));
  expect(first.reports.map(({ sent: what }) => what)).toEqual(['not-sent', 'not-sent']);
  const again = await sent(provider, writeOf(of, '7', { 101: 1, 104: 1 }));
  expect(again.reports).toMatchObject([{ sent: 'accepted' }]);
  expect(events.filter(({ type }) => type === 'notice')).toMatchObject([
    { code: 'bulk-scope-missing' },
  ]);
  expect(provider.batching(100)).toEqual({ size: 1, lanes: 8 });
});

function forbidden(path: string, method: string) {
  return path === '/agents/skills' && method === 'POST' ? 403 : undefined;
}

test('where nothing else does, a refusal of the call for many is a refusal', async () => {
  const of = tenant({ intercept: ({ path, method }) => forbidden(path, method) });
  for (const settings of [ALWAYS, { assumptions: { putMerges: 'false' } }]) {
    const { provider } = stand(of, settings);
    const { reports } = await sent(provider, writeOf(of, '7', { 101: 1 }));
    expect(reports).toMatchObject([{ sent: 'refused', error: { status: 403 } }]);
  }
});

test('an org that says that PUT replaces is never sent one', async () => {
  const of = tenant({ manners: { PUT: 'replaces' } });
  const { provider, asked } = stand(of, { ...NEVER, assumptions: { putMerges: 'false' } });
  await sent(provider, writeOf(of, '7', { 101: 1, 104: 2 }));
  expect(asked().filter((call) => !call.startsWith('GET'))).toEqual([
    'POST /agents/7/skills',
    'POST /agents/skills',
  ]);
  expect(truth(of, '7')).toMatchObject({ 101: active(1), 102: active(9), 104: active(2) });
});

test.each([
  { putMerges: 'maybe' },
  { pageSize: '0' },
  { mostRecords: 'many' },
  { putMerge: 'true' },
])('%j is no assumption', (assumptions) => {
  expect(() => stand(tenant(), { assumptions })).toThrow(
    expect.objectContaining({ code: 'assumption-unknown' }),
  );
});

test('an API version is written with or without its v', async () => {
  const urls: string[] = [];
  for (const apiVersion of ['v35.0', '35.0']) {
    const { provider, calls } = stand(tenant({ intercept: () => 404 }), { apiVersion });
    await provider.fetch({ keys: [] }).catch(() => undefined);
    urls.push(calls[0]?.path ?? '');
  }
  expect(urls).toEqual(Array(2).fill('/incontactapi/services/v35.0/skills'));
});

test('what is not a platform error is not swallowed', async () => {
  const { provider, of } = stand();
  const broken = { ...writeOf(of, '7', {}), after: undefined as never };
  expect((await sent(provider, broken)).error).toBeInstanceOf(TypeError);
});
