/** Whether the calls merge is only inferred: each is tried out on one agent before it is relied upon. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHeld, type Value } from '../../../src/model/assignment.ts';
import type { Write } from '../../../src/model/provider.ts';
import { law } from '../../support/laws.ts';
import { active, asleep, rowsOf, sent, stand, tenant, truth, writeOf } from './support.ts';

const NEVER = { bulk: 'never' } as const;

const CASES = [
  ['PUT', { 101: 1 }, 'PUT /agents/{agentId}/skills'],
  ['POST', { 104: 1 }, 'POST /agents/{agentId}/skills'],
  ['DELETE', { 101: undefined }, 'DELETE /agents/{agentId}/skills'],
  ['many', { 101: 1, 104: 1 }, 'POST /agents/skills'],
] as const;

test.each(CASES)(
  'should %s replace, what it took away is put back and the run stops',
  async (call, changes, name) => {
    for (const manner of ['replaces', 'sleeps'] as const) {
      const of = tenant({ manners: { [call]: manner } });
      const { provider } = stand(of, call === 'many' ? {} : NEVER);
      const write = writeOf(of, '7', changes);
      const { reports, error } = await sent(provider, write);
      expect(reports).toMatchObject([{ userId: '7', sent: 'accepted' }]);
      expect(error).toMatchObject({
        code: 'write-replaces',
        message: expect.stringContaining(name),
      });
      expect((error as Error).message).toMatch(
        /took \d rows? of agent 7 away .*; they were put back\.$/,
      );
      const wanted = Object.entries(write.after.skill).map(([id, value]) => [id, rowOf(value)]);
      expect(truth(of, '7')).toEqual(Object.fromEntries(wanted));
      expect(truth(of, '8')).toEqual({ 101: active(1) });
    }
  },
);

function rowOf(value: Value) {
  return typeof value === 'number' ? active(value) : asleep(value.dormant);
}

test('once it has stopped nothing is written any more', async () => {
  const of = tenant({ manners: { PUT: 'replaces' } });
  const { provider, calls } = stand(of, NEVER);
  await sent(provider, writeOf(of, '7', { 101: 1 }));
  const before = calls.length;
  const { reports, error } = await sent(provider, writeOf(of, '8', { 105: 1 }));
  expect(reports).toMatchObject([{ sent: 'not-sent', error: { code: 'write-replaces' } }]);
  expect(error).toMatchObject({ code: 'write-replaces' });
  expect(calls).toHaveLength(before);
});

test('what was still to come of the same agent is not sent, and what was to go is not put back', async () => {
  const of = tenant({ manners: { PUT: 'replaces' } });
  const { provider, asked } = stand(of, NEVER);
  const { reports } = await sent(provider, writeOf(of, '7', { 101: 1, 102: undefined }));
  expect(reports).toMatchObject([{ sent: 'unknown', error: { effect: 'none' } }]);
  expect(asked().filter((call) => call.startsWith('DELETE'))).toEqual([]);
  expect(truth(of, '7')).toEqual({ 101: active(1), 103: asleep(2) });
});

test('what cannot be put back is named', async () => {
  let writes = 0;
  const of = tenant({
    manners: { PUT: 'replaces' },
    intercept: ({ method }) => (method !== 'GET' && ++writes > 1 ? 500 : undefined),
  });
  const { error } = await sent(stand(of, NEVER).provider, writeOf(of, '7', { 101: 1 }));
  expect((error as Error).message).toMatch(/could not be put back: 102, 103\.$/);
});

test('a platform that asks for fewer requests is asked again to take them back', async () => {
  let writes = 0;
  const of = tenant({
    manners: { PUT: 'replaces' },
    intercept: ({ method }) => (method !== 'GET' && ++writes === 2 ? 429 : undefined),
  });
  const { error } = await sent(stand(of, NEVER).provider, writeOf(of, '7', { 101: 1 }));
  expect((error as Error).message).toMatch(/they were put back\.$/);
});

test('whether they were put back may not be known', async () => {
  let reads = 0;
  const of = tenant({
    manners: { PUT: 'replaces' },
    intercept: ({ method }) => (method === 'GET' && ++reads > 1 ? 500 : undefined),
  });
  const { error } = await sent(stand(of, NEVER).provider, writeOf(of, '7', { 101: 1 }));
  expect((error as Error).message).toMatch(/is not known\.$/);
  expect(truth(of, '7')).toMatchObject({ 102: active(9), 103: asleep(2) });
});

test('a call that was proven is read back no more', async () => {
  const of = tenant();
  const { provider, asked } = stand(of, NEVER);
  await sent(provider, writeOf(of, '7', { 101: 1 }));
  await sent(provider, writeOf(of, '7', { 101: 2 }));
  await sent(provider, writeOf(of, '7', { 104: 2 }));
  expect(asked()).toEqual([
    'PUT /agents/7/skills',
    'GET /agents/7/skills',
    'PUT /agents/7/skills',
    'POST /agents/7/skills',
    'GET /agents/7/skills',
  ]);
});

test('an agent who has nothing else has nothing to lose, and proves nothing', async () => {
  const of = tenant();
  const { provider, asked } = stand(of, NEVER);
  await sent(provider, writeOf(of, '9', { 101: 1 }));
  expect(asked()).toEqual(['POST /agents/9/skills']);
  await sent(provider, writeOf(of, '7', { 104: 1 }));
  expect(asked().at(-1)).toBe('GET /agents/7/skills');
});

test('what takes a while to show is waited for; what never shows is no proof', async () => {
  for (const [lag, reads] of [
    [3, 4],
    [99, 6],
  ] as const) {
    let left = lag;
    const old = { totalRecords: 1, agentSkillAssignments: [{ skillId: 101, isActive: true }] };
    const of = tenant({
      intercept: ({ method }) => (method === 'GET' && left-- > 0 ? old : undefined),
      rows: rowsOf({ 7: { 101: active(4), 102: active(9) } }),
    });
    // The old list has lost 102 already, and shows nothing of the call: that is no proof of anything.
    const { provider, asked } = stand(of, NEVER);
    const { error } = await sent(provider, writeOf(of, '7', { 105: 1 }));
    expect(asked().filter((call) => call.startsWith('GET'))).toHaveLength(reads);
    expect(error).toBeUndefined();
  }
});

test('what was taken of a call that failed in part may take a while to show, and shows then that it replaces', async () => {
  const of = tenant({ manners: { POST: 'replaces' }, refused: new Set(['7 104']) });
  const rows = [{ skillId: 101, agentProficiencyValue: 4, isActive: true }];
  const old = { totalRecords: 1, agentSkillAssignments: rows };
  let left = 4;
  of.intercept = ({ method }) => (method === 'GET' && left-- > 0 ? old : undefined);
  const { provider } = stand(of, NEVER);
  const { error } = await sent(provider, writeOf(of, '7', { 104: 1, 105: 2 }));
  expect(error).toMatchObject({ code: 'write-replaces' });
  expect(truth(of, '7')).toMatchObject({ 102: active(9), 105: active(2) });
});

test('an answer that shows less than there is, once, is no proof that anything is gone', async () => {
  let reads = 0;
  const of = tenant({
    intercept({ method }) {
      if (method !== 'GET') return undefined;
      reads += 1;
      if (reads > 1) return undefined;
      const rows = [{ skillId: 101, agentProficiencyValue: 1, isActive: true }];
      return { totalRecords: 1, agentSkillAssignments: rows };
    },
  });
  const { provider, asked } = stand(of, NEVER);
  expect((await sent(provider, writeOf(of, '7', { 101: 1 }))).error).toBeUndefined();
  expect(asked()).toEqual(['PUT /agents/7/skills', ...Array(2).fill('GET /agents/7/skills')]);
});

test('where but some of the rows are gone, somebody else may have taken them: nothing is put back, nothing is proven', async () => {
  const of = tenant({ rows: rowsOf({ 7: { 101: active(4), 102: active(9), 104: active(1) } }) });
  of.intercept = ({ method }) => {
    if (method === 'GET') of.rows.get('7')?.delete('102');
    return undefined;
  };
  const { provider, asked } = stand(of, NEVER);
  expect((await sent(provider, writeOf(of, '7', { 101: 1 }))).error).toBeUndefined();
  expect(truth(of, '7')).toEqual({ 101: active(1), 104: active(1) });
  await sent(provider, writeOf(of, '7', { 101: 2 }));
  expect(asked().at(-1)).toBe('GET /agents/7/skills');
});

test('a list that cannot be read proves nothing, and the next agent is tried out instead', async () => {
  let reads = 0;
  const of = tenant({
    intercept: ({ method }) => (method === 'GET' && ++reads <= 12 ? 429 : undefined),
  });
  const { provider, asked } = stand(of, NEVER);
  expect((await sent(provider, writeOf(of, '7', { 101: 1 }))).error).toBeUndefined();
  await sent(provider, writeOf(of, '7', { 102: 1 }));
  expect(asked().at(-1)).toBe('GET /agents/7/skills');
});

test('whoever has to wait for another’s trial is not sent: his list was read too long ago', async () => {
  const has = { 101: active(4), 102: active(9) };
  const of = tenant({ rows: rowsOf({ 7: has, 8: has }) });
  const { provider } = stand(of, NEVER);
  const both = await Promise.all([
    sent(provider, writeOf(of, '7', { 101: 1 })),
    sent(provider, writeOf(of, '8', { 101: 2 })),
  ]);
  expect(both.map(({ reports }) => reports[0]?.sent)).toEqual(['accepted', 'not-sent']);
  expect(truth(of, '8')).toEqual(has);
});

test('two calls that replace at once are both made good', async () => {
  const has = { 101: active(4), 102: active(9), 103: asleep(2) };
  const of = tenant({
    rows: rowsOf({ 7: has, 8: has }),
    manners: { PUT: 'replaces', POST: 'replaces' },
  });
  const { provider } = stand(of, NEVER);
  const both = await Promise.all([
    sent(provider, writeOf(of, '7', { 101: 1 })),
    sent(provider, writeOf(of, '8', { 104: 2 })),
  ]);
  for (const { error } of both) expect(error).toMatchObject({ code: 'write-replaces' });
  expect(truth(of, '7')).toEqual({ ...has, 101: active(1) });
  expect(truth(of, '8')).toEqual({ ...has, 104: active(2) });
});

test('but who has begun waits and goes on', async () => {
  const of = tenant();
  const { provider } = stand(of, NEVER);
  await sent(provider, writeOf(of, '7', { 105: 1 }));
  const both = await Promise.all([
    sent(provider, writeOf(of, '7', { 101: 1 })),
    sent(provider, writeOf(of, '8', { 101: 2, 104: 3, 105: 1 })),
  ]);
  expect(both.map(({ reports }) => reports[0]?.sent)).toEqual(['accepted', 'accepted']);
  expect(truth(of, '8')).toEqual({ 101: active(2), 104: active(3), 105: active(1) });
});

test('what is to be taken away waits, is looked at again, and stays where somebody has changed it', async () => {
  for (const changed of [false, true]) {
    const has = { 101: active(4), 102: active(9) };
    const of = tenant({ rows: rowsOf({ 7: has, 8: has }) });
    const { provider } = stand(of, NEVER);
    of.intercept = ({ method }) => {
      if (method === 'DELETE' && changed) of.rows.get('8')?.set('101', active(1));
      return undefined;
    };
    const both = await Promise.all([
      sent(provider, writeOf(of, '7', { 101: undefined })),
      sent(provider, writeOf(of, '8', { 101: undefined })),
    ]);
    const second = changed ? 'not-sent' : 'accepted';
    expect(both.map(({ reports }) => reports[0]?.sent)).toEqual(['accepted', second]);
    expect(truth(of, '8')[101]).toEqual(changed ? active(1) : undefined);
  }
});

test('of many the first who has something to lose is written alone', async () => {
  const of = tenant({ manners: { many: 'replaces' } });
  const { provider } = stand(of, { bulk: 'always' });
  const { reports, error } = await sent(
    provider,
    writeOf(of, '9', { 101: 1 }),
    writeOf(of, '7', { 104: 1 }),
    writeOf(of, '8', { 104: 1 }),
  );
  expect(reports.map(({ userId, sent: what }) => `${userId} ${what}`)).toEqual([
    '9 not-sent',
    '7 accepted',
    '8 not-sent',
  ]);
  expect(error).toMatchObject({ code: 'write-replaces' });
  expect(truth(of, '8')).toEqual({ 101: active(1) });
});

const proficiency = fc.integer({ min: 1, max: 20 });
const skill = fc.constantFrom('101', '102', '103', '104', '105');
const rows = fc.dictionary(
  skill,
  fc.tuple(proficiency, fc.boolean()).map(([worth, on]) => (on ? active(worth) : asleep(worth))),
  { maxKeys: 5 },
);
/** Undefined takes a skill away. */
const changes = fc.dictionary(skill, fc.option(proficiency, { nil: undefined }), { maxKeys: 4 });
const manner = fc.constantFrom('merges' as const, 'replaces' as const, 'sleeps' as const);
const worlds = fc.record({
  manners: fc.record({ POST: manner, PUT: manner, DELETE: manner, many: manner }),
  people: fc.array(fc.record({ rows, changes }), { minLength: 1, maxLength: 4 }),
  bulk: fc.constantFrom('auto' as const, 'never' as const, 'always' as const),
  refused: fc.option(skill),
});

/** What the plan makes of somebody: a removal never speaks of what is asleep. */
function planned(of: ReturnType<typeof tenant>, userId: string, wanted: Values) {
  const has = of.rows.get(userId);
  const asked = Object.entries(wanted).filter(
    ([id, to]) => to !== undefined || has?.get(id)?.isActive === true,
  );
  return writeOf(of, userId, Object.fromEntries(asked));
}

type Values = Readonly<Record<string, Value | undefined>>;

/** Held before and after, or asleep before and after: so it has to be now. */
function expectKept(of: ReturnType<typeof tenant>, { userId, before, after }: Write) {
  for (const [id, old] of Object.entries(before.skill)) {
    const next = after.skill[id];
    if (next === undefined || isHeld(old) !== isHeld(next)) continue;
    expect(truth(of, userId)[id]?.isActive, `${userId} ${id}`).toBe(isHeld(old));
  }
}

const seen = { stopped: 0, whole: 0 };

law(
  'whatever the calls of CXone do, nobody ends with less than either list, and nothing asleep wakes',
  fc.asyncProperty(worlds, async ({ manners, people, bulk, refused }) => {
    const of = tenant({
      agents: people.map((_, agentId) => ({ agentId })),
      rows: rowsOf(Object.fromEntries(people.map((one, n) => [n, one.rows]))),
      manners,
      refused: new Set(people.map((_, n) => `${n} ${refused}`)),
    });
    const { provider } = stand(of, { bulk, bulkThreshold: 2 });
    const writes = people.map((one, n) => planned(of, String(n), one.changes));
    let error: unknown;
    for (const batch of bulk === 'always' ? [writes] : writes.map((one) => [one]))
      error ??= (await sent(provider, ...batch)).error;
    seen[error === undefined ? 'whole' : 'stopped'] += 1;
    // A row that the platform refuses cannot be put back, and that is told.
    if (/could not/.test(String(error))) expect(refused).not.toBeNull();
    else for (const write of writes) expectKept(of, write);
  }),
  { after: () => expect(Math.min(seen.stopped, seen.whole)).toBeGreaterThan(100) },
);
