import { expect, test } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import { type Earlier, earlierOf } from '../../src/apply/earlier.ts';
import { memoryJournal } from '../../src/apply/journal-memory.ts';
import type { ApplyOptions } from '../../src/apply/options.ts';
import type { Line } from '../../src/apply/run.ts';
import { PlatformError } from '../../src/model/error.ts';
import type { JournalLine } from '../../src/model/journal.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Result } from '../../src/model/result.ts';
import { list } from '../support/builders.ts';
import { jumpingClock } from '../support/clock.ts';
import { world } from './world.ts';

const PATIENCE_MS = 10_000;

type More = Partial<ApplyOptions> & { readonly provider: Provider };

/** Applies, and tells besides how long it took and what the journal has. */
async function resumed(plan: Plan, more: More) {
  const clock = jumpingClock();
  const began = clock.now();
  const journal = memoryJournal({ now: clock.now });
  const listener = () => undefined;
  const base = { clock, journal, listener, run: { id: 'r1' }, patienceMs: PATIENCE_MS };
  const result = await apply(plan, { ...base, ...more });
  return { result, took: clock.now() - began, lines: journal.lines };
}

const outcomes = ({ users }: Result) => users.map(({ userId, outcome }) => `${userId} ${outcome}`);
const types = (lines: readonly JournalLine[]) => lines.map(({ type }) => type).join(' ');
const ids = (count: number) => Array.from({ length: count }, (_, n) => `u${1000 + n}`);

const BEFORE = list({ a: 10, f: 7 });
const AFTER = list({ a: 60, f: 7 });
const sending = (userId: string, before = BEFORE, after = AFTER): Line => ({
  type: 'sending',
  users: [{ userId, before, after }],
});
const answered = (userId: string, sent: 'accepted' | 'refused' | 'unknown' | 'not-sent'): Line => ({
  type: 'answered',
  userId,
  sent,
});
const decided = (userId: string, outcome: Result['users'][number]['outcome']): Line => ({
  type: 'decided',
  userId,
  outcome,
});
const earlier = (...lines: readonly Line[]): Earlier =>
  earlierOf(lines.map((line) => ({ ...line, at: '2026-11-23T09:00:00.000Z' }) as JournalLine));

/** A platform that counts the lists read and the people written. */
function counted(provider: Provider) {
  const counts = { looks: [] as number[], writes: [] as string[] };
  const counting: Provider = {
    ...provider,
    fetchOwn(userIds) {
      counts.looks.push(userIds.length);
      return provider.fetchOwn(userIds);
    },
    write(batch) {
      counts.writes.push(...batch.map(({ userId }) => userId));
      return provider.write(batch);
    },
  };
  return { counting, counts };
}

test('every line is in its place, with the list the gate read and the complete list that is sent', async () => {
  const { provider, plan } = world(['u1', 'u2'], { batching: () => ({ size: 2, lanes: 1 }) });
  provider.world.set('u1', 'skill', { id: 'g', value: 5 });
  provider.world.set('u2', 'skill', { id: 'a', value: 60 });
  const { lines, result } = await resumed(plan, { provider });
  const at = '2026-11-23T10:00:00.000Z';
  const [before, after] = [list({ a: 10, f: 7, g: 5 }), list({ a: 60, f: 7, g: 5 })];
  expect(lines).toEqual([
    { type: 'begun', run: 'r1', org: 'eu-prod', plan: 'sha256:plan', at },
    { type: 'sending', users: [{ userId: 'u1', before, after }], at },
    { type: 'answered', userId: 'u1', sent: 'accepted', at },
    { type: 'decided', userId: 'u2', outcome: 'unchanged', at },
    { type: 'decided', userId: 'u1', outcome: 'applied', at },
    { type: 'ended', at },
  ]);
  expect(result.run).toBe('r1');
  expect(result.users).toMatchObject([{ before }, { outcome: 'unchanged' }]);
  expect(result.users[1]).not.toHaveProperty('before');
});

test('the pre-image is the list before the first write, however often one is sent', async () => {
  let left = 1;
  const { provider, plan } = world(['u1'], { fault: () => (left-- > 0 ? 'lost' : undefined) });
  let turns = 0;
  const meanwhile: Provider = {
    ...provider,
    async turn() {
      turns += 1;
      if (turns === 2) provider.world.set('u1', 'skill', { id: 'g', value: 5 });
    },
  };
  const { result, lines } = await resumed(plan, { provider: meanwhile });
  expect(outcomes(result)).toEqual(['u1 applied']);
  expect(result.users[0]?.before).toEqual(BEFORE);
  expect(types(lines)).toBe('begun sending answered sending answered decided ended');
  expect(provider.world.listOf('u1')).toEqual(list({ a: 60, f: 7, g: 5 }));
});

test.each([
  ['begun', 1, 'not-tried', 0],
  ['sending', 2, 'not-tried', 0],
  ['answered', 3, 'applied', 1],
  ['decided', 4, 'applied', 1],
])(
  'a journal that is full at %s: nothing is sent without its line',
  async (_line, failAt, first, writes) => {
    const { provider, plan } = world(['u1', 'u2']);
    const { counting, counts } = counted(provider);
    const journal = memoryJournal({ failAt });
    const { result } = await resumed(plan, { provider: counting, journal });
    expect(outcomes(result)).toEqual([`u1 ${first}`, 'u2 not-tried']);
    expect(result.stopped?.code).toBe('journal-unwritable');
    expect(counts.writes).toHaveLength(writes);
    expect(journal.lines).toHaveLength(failAt - 1);
  },
);

test('a journal that is full at the very end is told of, and so is that everybody was reached', async () => {
  const { provider, plan } = world(['u1']);
  const { result } = await resumed(plan, { provider, journal: memoryJournal({ failAt: 5 }) });
  expect(outcomes(result)).toEqual(['u1 applied']);
  expect(result.stopped?.code).toBe('journal-unwritable');
});

test('why a run stopped stands in its last line', async () => {
  const { provider, plan } = world(['u1']);
  const { lines } = await resumed(plan, { provider, signal: AbortSignal.abort() });
  expect(lines).toMatchObject([
    { type: 'begun' },
    { type: 'ended', stopped: { code: 'interrupted' } },
  ]);
});

test('who was brought to the plan is taken over as he is, with his pre-image; nothing is asked or sent', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  provider.world.replace('u1', list({ a: 3 }));
  const { counting, counts } = counted(provider);
  const past = earlier(sending('u1'), decided('u1', 'applied'), decided('u2', 'unchanged'));
  const { result, lines } = await resumed(plan, { provider: counting, earlier: past });
  expect(result.users).toMatchObject([
    { outcome: 'applied', before: BEFORE },
    { outcome: 'unchanged' },
  ]);
  expect(counts).toEqual({ looks: [], writes: [] });
  expect(types(lines)).toBe('begun ended');
});

test('what was sent and is there is applied without waiting, and is not sent again', async () => {
  const { provider, plan } = world(['u1']);
  provider.world.replace('u1', AFTER);
  const { counting, counts } = counted(provider);
  const { result, took } = await resumed(plan, {
    provider: counting,
    earlier: earlier(sending('u1')),
  });
  expect(result.users).toMatchObject([{ outcome: 'applied', before: BEFORE }]);
  expect(counts).toEqual({ looks: [1], writes: [] });
  expect(took).toBe(0);
});

test('what was sent and does not show is waited for, once, and then sent through the gate', async () => {
  const { provider, plan } = world(['u1', 'u2', 'u3']);
  const { counting, counts } = counted(provider);
  const past = earlier(sending('u1'), sending('u2'), sending('u3'));
  const { result, took } = await resumed(plan, { provider: counting, earlier: past });
  expect(outcomes(result)).toEqual(['u1 applied', 'u2 applied', 'u3 applied']);
  expect(counts.writes).toEqual(['u1', 'u2', 'u3']);
  expect(counts.looks.slice(0, 2)).toEqual([3, 3]);
  expect(took).toBe(PATIENCE_MS);
});

test('what shows after a while is applied, and not sent again', async () => {
  const { provider, plan } = world(['u1'], {
    at: ({ call }, of) => {
      if (call === 'fetchOwn') looks += 1;
      if (looks === 2) of.replace('u1', AFTER);
    },
  });
  let looks = 0;
  const { counting, counts } = counted(provider);
  const { result } = await resumed(plan, { provider: counting, earlier: earlier(sending('u1')) });
  expect(outcomes(result)).toEqual(['u1 applied']);
  expect(counts.writes).toEqual([]);
});

test('what was sent and reads as something else is in doubt, and the others go on', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  provider.world.set('u1', 'skill', { id: 'a', value: 33 });
  const { result } = await resumed(plan, { provider, earlier: earlier(sending('u1')) });
  expect(outcomes(result)).toEqual(['u1 in-doubt', 'u2 applied']);
  expect(result.users[0]?.message).toContain('neither as before nor as planned');
});

test('what was sent and reads as before is not called stale when his gate finds it changed', async () => {
  const { provider, plan } = world(['u1'], {
    at: ({ call }, of) => call === 'turn' && of.set('u1', 'skill', { id: 'a', value: 33 }),
  });
  const { result } = await resumed(plan, { provider, earlier: earlier(sending('u1')) });
  expect(outcomes(result)).toEqual(['u1 in-doubt']);
});

test('what a sent write carried along and is missing stops the run, but not again once it has been looked at', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  provider.world.replace('u1', list({ a: 60 }));
  const first = await resumed(plan, { provider, earlier: earlier(sending('u1')) });
  expect(outcomes(first.result)).toEqual(['u1 in-doubt', 'u2 not-tried']);
  expect(first.result.stopped?.code).toBe('carried-lost');
  const past = earlierOf([{ ...sending('u1'), at: '' } as JournalLine, ...first.lines]);
  const second = await resumed(plan, { provider, earlier: past });
  expect(outcomes(second.result)).toEqual(['u1 in-doubt', 'u2 applied']);
});

test('what was carried along by a write that does not show has not been taken away by it', async () => {
  let left = 1;
  const { provider, plan } = world(['u1'], { fault: () => (left-- > 0 ? 'lost' : undefined) });
  let turns = 0;
  const meanwhile: Provider = {
    ...provider,
    async turn() {
      turns += 1;
      if (turns === 2) provider.world.set('u1', 'skill', { id: 'f', value: undefined });
    },
  };
  const { result } = await resumed(plan, { provider: meanwhile });
  expect(outcomes(result)).toEqual(['u1 applied']);
  expect(result).not.toHaveProperty('stopped');
});

test('who was told to have failed, gone stale or not been tried is tried again without waiting', async () => {
  const { provider, plan } = world(['u1', 'u2', 'u3']);
  const past = earlier(
    sending('u1'),
    answered('u1', 'refused'),
    decided('u1', 'failed'),
    decided('u2', 'stale'),
    decided('u3', 'not-tried'),
  );
  const { result, took } = await resumed(plan, { provider, earlier: past });
  expect(outcomes(result)).toEqual(['u1 applied', 'u2 applied', 'u3 applied']);
  expect(took).toBe(0);
});

test('a user in doubt is settled first, also when it is not known what was sent', async () => {
  const { provider, plan } = world(['u1']);
  provider.world.replace('u1', AFTER);
  const { counting, counts } = counted(provider);
  const past = earlier(decided('u1', 'in-doubt'));
  const { result } = await resumed(plan, { provider: counting, earlier: past });
  expect(outcomes(result)).toEqual(['u1 applied']);
  expect(counts.looks).toEqual([1]);
});

test('what cannot be read back is in doubt and is not written; a key that opens nothing stops the run', async () => {
  const blind = (status: number) => {
    const { provider, plan } = world(['u1', 'u2']);
    const error = new PlatformError('x', 'No.', { status, effect: 'none' });
    const shut: Provider = {
      ...provider,
      async fetchOwn(userIds) {
        if (userIds.includes('u1')) throw error;
        return provider.fetchOwn(userIds);
      },
    };
    return resumed(plan, { provider: shut, earlier: earlier(sending('u1')) });
  };
  const down = await blind(500);
  expect(outcomes(down.result)).toEqual(['u1 in-doubt', 'u2 applied']);
  expect(down.result.users[0]?.message).toContain('could not be read back. No.');
  expect(down.took).toBe(PATIENCE_MS);
  const barred = await blind(401);
  expect(outcomes(barred.result)).toEqual(['u1 in-doubt', 'u2 not-tried']);
  expect(barred.took).toBe(0);
});

test('a list whose reading tells nothing is waited for, and in doubt', async () => {
  const { provider, plan } = world(['u1']);
  const silent: Provider = { ...provider, fetchOwn: async () => new Map() };
  const { result } = await resumed(plan, { provider: silent, earlier: earlier(sending('u1')) });
  expect(outcomes(result)).toEqual(['u1 in-doubt']);
});

test('with everything forgotten, everybody is read in batches and the others wait together, once', async () => {
  const { provider, plan } = world(ids(250));
  for (const id of ids(120)) provider.world.replace(id, AFTER);
  const { counting, counts } = counted(provider);
  const { result, took } = await resumed(plan, { provider: counting, possiblySent: 'everybody' });
  expect(result.outcomes.applied).toBe(250);
  expect(counts.looks.slice(0, 5)).toEqual([100, 100, 50, 100, 30]);
  expect(counts.writes).toHaveLength(130);
  expect(took).toBe(PATIENCE_MS);
  expect(result.users[0]).not.toHaveProperty('before');
});

test('whoever reads as before when patience has ended already is not read twice', async () => {
  const { provider, plan } = world(ids(250));
  provider.world.set('u1001', 'skill', { id: 'a', value: 33 });
  const clock = jumpingClock();
  const { counting, counts } = counted(provider);
  const slow: Provider = {
    ...counting,
    async fetchOwn(userIds) {
      await clock.sleep(userIds.length * 200);
      return counting.fetchOwn(userIds);
    },
  };
  const { result } = await resumed(plan, { provider: slow, clock, possiblySent: 'everybody' });
  expect(result.outcomes).toMatchObject({ applied: 249, 'in-doubt': 1 });
  expect(counts.looks.slice(0, 5)).toEqual([100, 100, 50, 100, 1]);
});

test('with everything forgotten, what a write carried along cannot be missed, and what reads as before is untried', async () => {
  const { provider, plan } = world(['u1', 'u2', 'u3']);
  provider.world.replace('u1', list({ a: 60 }));
  provider.world.set('u2', 'skill', { id: 'a', value: 33 });
  const { result } = await resumed(plan, { provider, possiblySent: 'everybody', canary: 2 });
  expect(outcomes(result)).toEqual(['u1 applied', 'u2 in-doubt', 'u3 not-tried']);
});

test('a second cut of a run whose past is forgotten forgets nobody', async () => {
  const { provider, plan } = world(ids(1500));
  const journal = memoryJournal({ failAt: 1503, error: new Error('killed') });
  const lost = resumed(plan, { provider, possiblySent: 'everybody', journal });
  await expect(lost).rejects.toThrow('killed');
  expect(journal.lines[1500]).toMatchObject({ type: 'begun' });
  const past = earlierOf(journal.lines);
  expect(past.possible.size).toBe(1500);
  const [first = ''] = ids(1);
  provider.world.replace(first, AFTER);
  const { result } = await resumed(plan, { provider, earlier: past, canary: 1 });
  expect(result.users[0]).toMatchObject({ outcome: 'applied' });
  expect(result.outcomes.applied).toBe(1500);
}, 60_000);

test('a journal that is full before everybody is named begins nothing', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  const { counting, counts } = counted(provider);
  const journal = memoryJournal({ failAt: 2 });
  const { result } = await resumed(plan, {
    provider: counting,
    journal,
    possiblySent: 'everybody',
  });
  expect(outcomes(result)).toEqual(['u1 in-doubt', 'u2 in-doubt']);
  expect(result.users[0]?.message).toContain('may have been sent');
  expect(counts).toEqual({ looks: [], writes: [] });
});

test('interrupted while it settles, a run writes nobody and leaves in doubt whoever is', async () => {
  const controller = new AbortController();
  const { provider, plan } = world(['u1', 'u2'], { at: () => controller.abort() });
  const { result } = await resumed(plan, {
    provider,
    earlier: earlier(sending('u1')),
    signal: controller.signal,
  });
  expect(outcomes(result)).toEqual(['u1 in-doubt', 'u2 not-tried']);
  expect(result.users[0]?.message).toContain('was sent');
  expect(result.stopped?.code).toBe('interrupted');
});

test('the canaries are written and read back before anybody else', async () => {
  const calls: string[] = [];
  const { provider, plan } = world(['u1', 'u2', 'u3', 'u4'], {
    batching: () => ({ size: 3, lanes: 2 }),
    at: ({ call, userIds }) => void calls.push(`${call} ${userIds.join(',')}`),
  });
  const { result } = await resumed(plan, { provider, canary: 2 });
  expect(result.outcomes.applied).toBe(4);
  const of = (who: string) => ['turn ', `fetchOwn ${who}`, `write ${who}`, `fetchOwn ${who}`];
  expect(calls).toEqual([...of('u1,u2'), ...of('u3,u4')]);
});

test('a canary that does not get there stops the run before anybody else', async () => {
  const { provider, plan } = world(['u1', 'u2', 'u3'], {
    fault: (id) => (id === 'u2' ? 'refuse' : undefined),
  });
  const { result } = await resumed(plan, { provider, canary: 2 });
  expect(outcomes(result)).toEqual(['u1 applied', 'u2 failed', 'u3 not-tried']);
  expect(result.stopped).toMatchObject({
    code: 'canary-failed',
    message: expect.stringContaining('first 2 people'),
    // A run that was stopped has ended: there is nothing to go on with.
    hint: expect.not.stringContaining('resume'),
  });
});

test('canaries that an earlier part has brought to the plan have sung', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  const past = earlier(decided('u1', 'unchanged'));
  const { result } = await resumed(plan, { provider, canary: 1, earlier: past });
  expect(outcomes(result)).toEqual(['u1 unchanged', 'u2 applied']);
});

test('what lines tell: the first list before, the last list sent, and nothing of what did not go out', () => {
  const late = list({ a: 60, f: 7, g: 1 });
  expect(earlier(sending('u1'), sending('u1', AFTER, late)).sent.get('u1')).toEqual({
    before: BEFORE,
    after: late,
  });
  expect(earlier(sending('u1'), answered('u1', 'not-sent')).sent.size).toBe(0);
  const again = [sending('u1', AFTER, late), answered('u1', 'not-sent')];
  const failed = earlier(sending('u1'), decided('u1', 'failed'), ...again);
  expect(failed.sent.get('u1')).toEqual({ before: BEFORE, after: AFTER });
  expect(failed.decided.get('u1')).toBe('failed');
});

test('what lines tell: something sent after an outcome takes the outcome back', () => {
  const { decided: told } = earlier(
    decided('u1', 'failed'),
    sending('u1'),
    answered('u1', 'accepted'),
  );
  expect(told.size).toBe(0);
  const known = earlier(
    answered('u1', 'unknown'),
    answered('u2', 'accepted'),
    decided('u1', 'in-doubt'),
  );
  expect([...known.possible]).toEqual(['u1']);
  expect(earlier(answered('u1', 'unknown'), decided('u1', 'failed')).possible.size).toBe(0);
});
