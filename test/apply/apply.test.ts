import { expect, test } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import { memoryJournal } from '../../src/apply/journal-memory.ts';
import { dormant } from '../../src/model/assignment.ts';
import { PlatformError } from '../../src/model/error.ts';
import type { MusterEvent } from '../../src/model/event.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Result } from '../../src/model/result.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { list, target } from '../support/builders.ts';
import { jumpingClock } from '../support/clock.ts';
import { planOf, world } from './world.ts';

const PATIENCE_MS = 10_000;

async function applied(plan: Plan, provider: Provider, signal?: AbortSignal) {
  const events: MusterEvent[] = [];
  const result = await apply(plan, {
    provider,
    run: { id: 'r1' },
    journal: memoryJournal(),
    clock: jumpingClock(),
    listener: (event) => events.push(event),
    patienceMs: PATIENCE_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  return { result, events };
}

const outcomes = (result: Result) =>
  result.users.map(({ userId, outcome }) => `${userId} ${outcome}`);
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => `u${String(n).padStart(3, '0')}`);

test('what is planned is written, what is foreign is carried, and everybody is read back', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  const { result, events } = await applied(plan, provider);
  expect(outcomes(result)).toEqual(['u1 applied', 'u2 applied']);
  expect(provider.world.listOf('u1')).toEqual(list({ a: 60, f: 7 }));
  expect(result.outcomes.applied).toBe(2);
  expect(events.filter(({ type }) => type === 'decided')).toHaveLength(2);
  expect(result).not.toHaveProperty('stopped');
});

test('an edit by hand to something else, after the plan, is carried', async () => {
  const { provider, plan } = world(['u1']);
  provider.world.set('u1', 'skill', { id: 'new', value: 33 });
  provider.world.set('u1', 'skill', { id: 'f', value: undefined });
  expect(outcomes((await applied(plan, provider)).result)).toEqual(['u1 applied']);
  expect(provider.world.listOf('u1')).toEqual(list({ a: 60, new: 33 }));
});

test('an edit by hand to what the plan changes is stale, and nothing is written', async () => {
  const { provider, plan } = world(['u1']);
  provider.world.set('u1', 'skill', { id: 'a', value: 11 });
  const { result } = await applied(plan, provider);
  expect(result.users).toMatchObject([
    { outcome: 'stale', hint: expect.stringContaining('Plan again') },
  ]);
  expect(provider.world.listOf('u1')).toEqual(list({ a: 11, f: 7 }));
});

test('what is dormant is carried, and counts as none where the plan wants none', async () => {
  const wanted = target({ id: 'u1', skills: { a: 60, gone: 'absent', other: 'absent' } });
  const before = list({ gone: 5, f: dormant(7) });
  const provider = createMemory({ users: [{ person: wanted.person, assignments: before }] });
  provider.world.set('u1', 'skill', { id: 'other', value: dormant(3) });
  const { result } = await applied(planOf([[wanted, before]]), provider);
  expect(outcomes(result)).toEqual(['u1 applied']);
  expect(provider.world.listOf('u1')).toEqual(list({ f: dormant(7), other: dormant(3), a: 60 }));
});

test('a removal that leaves its value dormant is a removal', async () => {
  const wanted = target({ id: 'u1', skills: { gone: 'absent' } });
  const before = list({ gone: 5, f: 7 });
  const provider = createMemory({ users: [{ person: wanted.person, assignments: before }] });
  const asleep: Provider = {
    ...provider,
    async *write(batch) {
      yield* provider.write(batch);
      provider.world.set('u1', 'skill', { id: 'gone', value: dormant(5) });
    },
  };
  const plan = planOf([[wanted, before]]);
  expect(outcomes((await applied(plan, asleep)).result)).toEqual(['u1 applied']);
  expect(outcomes((await applied(plan, asleep)).result)).toEqual(['u1 unchanged']);
});

test('a write that switches off what it carried has lost it', async () => {
  const { provider, plan } = world(['u1']);
  const dulling: Provider = {
    ...provider,
    async *write(batch) {
      yield* provider.write(batch);
      provider.world.set('u1', 'skill', { id: 'f', value: dormant(7) });
    },
  };
  const { result } = await applied(plan, dulling);
  expect(outcomes(result)).toEqual(['u1 in-doubt']);
  expect(result.stopped?.code).toBe('carried-lost');
});

test('an edit to what the files name but the plan leaves alone is stale too', async () => {
  const wanted = target({ id: 'u1', skills: { a: 60, b: 5 } });
  const before = list({ a: 10, b: 5 });
  const provider = createMemory({ users: [{ person: wanted.person, assignments: before }] });
  provider.world.set('u1', 'skill', { id: 'b', value: 6 });
  const { result } = await applied(planOf([[wanted, before]]), provider);
  expect(outcomes(result)).toEqual(['u1 stale']);
});

test('what is already so is unchanged, and nothing is sent', async () => {
  let writes = 0;
  const { provider, plan } = world(['u1'], {
    at: ({ call }) => {
      if (call === 'write') writes += 1;
    },
  });
  provider.world.set('u1', 'skill', { id: 'a', value: 60 });
  expect(outcomes((await applied(plan, provider)).result)).toEqual(['u1 unchanged']);
  expect(writes).toBe(0);
});

test('a list that cannot be trusted just before the write is stale', async () => {
  const wanted = target({ id: 'u1', skills: { a: 60 } });
  const plan = planOf([[wanted, list()]]);
  const unreadable = createMemory({ users: [{ person: wanted.person, unreadable: 'no answer' }] });
  expect((await applied(plan, unreadable)).result.users).toMatchObject([
    { outcome: 'stale', message: expect.stringContaining('no answer') },
  ]);
  const silent: Provider = { ...createMemory({ users: [] }), fetchOwn: async () => new Map() };
  expect(outcomes((await applied(plan, silent)).result)).toEqual(['u1 stale']);
});

test('a refusal is failed and the others go on', async () => {
  const { provider, plan } = world(['u1', 'u2'], {
    fault: (id) => (id === 'u1' ? 'refuse' : undefined),
  });
  const { result } = await applied(plan, provider);
  expect(outcomes(result)).toEqual(['u1 failed', 'u2 applied']);
  expect(result.users[0]?.message).toContain('refused');
});

test('a write whose answer is lost but which took effect is applied', async () => {
  const { provider, plan } = world(['u1'], { fault: () => 'took-effect' });
  expect(outcomes((await applied(plan, provider)).result)).toEqual(['u1 applied']);
});

test('a lost write is read back, gated and sent again; for good lost it is in doubt', async () => {
  let left = 1;
  const once = world(['u1'], { fault: () => (left-- > 0 ? 'lost' : undefined) });
  expect(outcomes((await applied(once.plan, once.provider)).result)).toEqual(['u1 applied']);
  let sends = 0;
  const never = world(['u1'], {
    fault: () => {
      sends += 1;
      return 'lost';
    },
  });
  const { result } = await applied(never.plan, never.provider);
  expect(outcomes(result)).toEqual(['u1 in-doubt']);
  expect(sends).toBe(3);
});

test('what shows late, after it was given up and is gated again, is applied by this run', async () => {
  const { provider, plan } = world(['u1'], { fault: () => 'lost' });
  let turns = 0;
  const late: Provider = {
    ...provider,
    async turn() {
      turns += 1;
      if (turns === 2) provider.world.set('u1', 'skill', { id: 'a', value: 60 });
    },
  };
  expect(outcomes((await applied(plan, late)).result)).toEqual(['u1 applied']);
});

test('what may still be at work on the platform is not sent again', async () => {
  const { provider, plan } = world(['u1']);
  let sends = 0;
  const hanging: Provider = {
    ...provider,
    async *write(batch) {
      sends += 1;
      for (const { userId } of batch) yield { userId, sent: 'unknown', mayStillRun: true };
    },
  };
  const { result } = await applied(plan, hanging);
  expect(outcomes(result)).toEqual(['u1 in-doubt']);
  expect(sends).toBe(1);
});

test('reads that lag behind the write are waited for', async () => {
  const { provider, plan } = world(['u1'], { lagReads: 4 });
  expect(outcomes((await applied(plan, provider)).result)).toEqual(['u1 applied']);
});

test("the platform's yes is no proof: accepted, and nothing shows, is in doubt", async () => {
  const { provider, plan } = world(['u1']);
  const liar: Provider = {
    ...provider,
    async *write(batch) {
      for (const { userId } of batch) yield { userId, sent: 'accepted', requestId: 'r-1' };
    },
  };
  const { result } = await applied(plan, liar);
  expect(result.users).toMatchObject([{ outcome: 'in-doubt', requestId: 'r-1' }]);
});

test('a write that turns into something else is in doubt', async () => {
  const { provider, plan } = world(['u1']);
  const meddling: Provider = {
    ...provider,
    async *write(batch) {
      provider.world.set('u1', 'skill', { id: 'a', value: 99 });
      for (const { userId } of batch) yield { userId, sent: 'accepted' };
    },
  };
  expect((await applied(plan, meddling)).result.users).toMatchObject([
    { outcome: 'in-doubt', message: expect.stringContaining('neither as before nor as planned') },
  ]);
});

test('a carried assignment that is missing afterwards stops the run', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  const wiping: Provider = {
    ...provider,
    async *write(batch) {
      for (const { userId } of batch) {
        provider.world.replace(userId, list({ a: 60 }));
        yield { userId, sent: 'accepted' };
      }
    },
  };
  const { result } = await applied(plan, wiping);
  expect(outcomes(result)).toEqual(['u1 in-doubt', 'u2 not-tried']);
  expect(result.stopped?.code).toBe('carried-lost');
});

test('a throttled write waits for another turn and another gate; for good throttled it is not tried', async () => {
  let left = 3;
  const calls: string[] = [];
  const once = world(['u1'], {
    fault: () => (left-- > 0 ? 'not-sent' : undefined),
    at: ({ call }) => void calls.push(call),
  });
  expect(outcomes((await applied(once.plan, once.provider)).result)).toEqual(['u1 applied']);
  expect(calls.join(' ')).toBe(`${'turn fetchOwn write '.repeat(4)}fetchOwn`);
  const never = world(['u1'], { fault: () => 'not-sent' });
  const { result } = await applied(never.plan, never.provider);
  expect(result.users).toMatchObject([
    { outcome: 'not-tried', message: expect.stringContaining('fewer') },
  ]);
});

test('a chunk is gated after the one before it has ended', async () => {
  const calls: string[] = [];
  const { provider, plan } = world(many(4), {
    batching: () => ({ size: 2, lanes: 1 }),
    at: ({ call, userIds }) => void calls.push(`${call} ${userIds.length}`),
  });
  await applied(plan, provider);
  const chunk = ['turn 0', 'fetchOwn 2', 'write 2', 'fetchOwn 2'];
  expect(calls).toEqual([...chunk, ...chunk]);
});

test('no more batches are under way than the stricter of the ways in use allows', async () => {
  let under = 0;
  let most = 0;
  const { provider, plan } = world(many(20));
  const counted: Provider = {
    ...provider,
    batching: (waiting) => ({ size: 1, lanes: waiting > 15 ? 1 : 3 }),
    async *write(batch) {
      under += 1;
      most = Math.max(most, under);
      await new Promise((done) => setTimeout(done, 1));
      yield* provider.write(batch);
      under -= 1;
    },
  };
  expect((await applied(plan, counted)).result.outcomes.applied).toBe(20);
  expect(most).toBe(3);
});

test('the breaker stops after ten failures out of few, and leaves the rest untried', async () => {
  const { provider, plan } = world(many(60), { fault: () => 'refuse' });
  const { result } = await applied(plan, provider);
  expect(result.outcomes).toMatchObject({ failed: 10, 'not-tried': 50 });
  expect(result.stopped?.code).toBe('too-many-failures');
});

test('one in five may fail', async () => {
  const { provider, plan } = world(many(100), {
    fault: (id) => (Number(id.slice(1)) % 5 === 4 ? 'refuse' : undefined),
  });
  const { result } = await applied(plan, provider);
  expect(result.outcomes).toMatchObject({ failed: 20, applied: 80 });
});

test.each([401, 403])('a %s on a write stops the run at once', async (status) => {
  const { provider, plan } = world(['u1', 'u2']);
  const error = new PlatformError('forbidden', 'No.', {
    status,
    effect: 'none',
    hint: 'Ask for it.',
  });
  const shut: Provider = {
    ...provider,
    async *write([first]) {
      if (first) yield { userId: first.userId, sent: 'refused', error };
    },
  };
  const { result } = await applied(plan, shut);
  expect(outcomes(result)).toEqual(['u1 failed', 'u2 not-tried']);
  expect(result.stopped).toEqual({ code: 'forbidden', message: 'No.', hint: 'Ask for it.' });
});

test('a read that fails leaves its user untried and the others go on; a 401 on it stops the run', async () => {
  const failing = (status: number, provider: ReturnType<typeof createMemory>): Provider => ({
    ...provider,
    async fetchOwn(ids) {
      if (ids.includes('u1')) throw new PlatformError('x', 'No.', { status, effect: 'none' });
      return provider.fetchOwn(ids);
    },
  });
  const one = world(['u1', 'u2']);
  const passing = await applied(one.plan, failing(500, one.provider));
  expect(outcomes(passing.result)).toEqual(['u1 not-tried', 'u2 applied']);
  const two = world(['u1', 'u2']);
  const { result } = await applied(two.plan, failing(401, two.provider));
  expect(outcomes(result)).toEqual(['u1 not-tried', 'u2 not-tried']);
  expect(result.stopped).toEqual({ code: 'x', message: 'No.' });
});

test('a read-back that fails is tried again, and in doubt when it never works', async () => {
  const { provider, plan } = world(['u1']);
  let reads = 0;
  const blind: Provider = {
    ...provider,
    async fetchOwn(ids) {
      reads += 1;
      if (reads > 1) throw new PlatformError('timeout', 'No.', { effect: 'none' });
      return provider.fetchOwn(ids);
    },
  };
  expect(outcomes((await applied(plan, blind)).result)).toEqual(['u1 in-doubt']);
  expect(reads).toBeGreaterThan(3);
});

test('a batch whose sending breaks off is read back; what does not show is in doubt', async () => {
  const { provider, plan } = world(many(3), { batching: () => ({ size: 3, lanes: 1 }) });
  const broken: Provider = {
    ...provider,
    async *write(batch) {
      for await (const report of provider.write(batch.slice(0, 1))) yield report;
      throw new PlatformError('connection-failed', 'Lost.', { effect: 'unknown' });
    },
  };
  const { result } = await applied(plan, broken);
  expect(outcomes(result)).toEqual(['u000 applied', 'u001 in-doubt', 'u002 in-doubt']);
  expect(result.stopped?.code).toBe('connection-failed');
});

test('an interruption finishes what is in flight and leaves the rest', async () => {
  const controller = new AbortController();
  const { provider, plan } = world(['u1', 'u2', 'u3'], {
    at: ({ call, userIds }) => {
      if (call === 'write' && userIds[0] === 'u1') controller.abort();
    },
  });
  const { result } = await applied(plan, provider, controller.signal);
  expect(outcomes(result)).toEqual(['u1 applied', 'u2 not-tried', 'u3 not-tried']);
  expect(result.stopped?.code).toBe('interrupted');
});

test('interrupted before it began, or while waiting for its turn, nothing is read or written', async () => {
  const before = world(['u1']);
  const ended = await applied(before.plan, before.provider, AbortSignal.abort());
  expect(outcomes(ended.result)).toEqual(['u1 not-tried']);
  const controller = new AbortController();
  const waiting = world(['u1'], { at: ({ call }) => call === 'turn' && controller.abort() });
  const { result } = await applied(waiting.plan, waiting.provider, controller.signal);
  expect(outcomes(result)).toEqual(['u1 not-tried']);
});

test.each(['fetchOwn', 'write'] as const)(
  'a fault of the program in %s is not swallowed',
  async (call) => {
    const { provider, plan } = world(['u1']);
    const buggy: Provider = {
      ...provider,
      ...(call === 'fetchOwn'
        ? { fetchOwn: () => Promise.reject(new TypeError('bug')) }
        : {
            // biome-ignore lint/correctness/useYield: it fails before it could
            async *write() {
              throw new TypeError('bug');
            },
          }),
    };
    await expect(applied(plan, buggy)).rejects.toThrow('bug');
  },
);

test('an empty plan is an empty result', async () => {
  const { provider } = world(['u1']);
  expect((await applied(planOf([]), provider)).result.users).toEqual([]);
});

test('a resent write that lost what it carried stops the run, although the gate finds it as planned', async () => {
  const { provider, plan } = world(['u1', 'u2'], {
    fault: (id) => (id === 'u1' ? 'lost' : undefined),
  });
  let gates = 0;
  const late: Provider = {
    ...provider,
    async turn() {
      gates += 1;
      // The first write takes effect after it was given up, and not whole.
      if (gates === 3) provider.world.replace('u1', list({ a: 60 }));
    },
  };
  const { result } = await applied(plan, late);
  expect(outcomes(result)).toEqual(['u1 in-doubt', 'u2 applied']);
  expect(result.stopped?.code).toBe('carried-lost');
});

test('a platform that answers 429 to every write is not asked for hours', async () => {
  let writes = 0;
  const { provider, plan } = world(many(300), {
    fault: () => {
      writes += 1;
      return 'not-sent';
    },
  });
  const { result } = await applied(plan, provider);
  expect(result.stopped?.code).toBe('throttled');
  expect(result.outcomes['not-tried']).toBe(300);
  expect(writes).toBeLessThanOrEqual(30);
});

test('a throttled user is the next to be offered, not the last', async () => {
  let left = 1;
  const { provider, plan } = world(['u1', 'u2'], {
    fault: () => (left-- > 0 ? 'not-sent' : undefined),
  });
  const { events } = await applied(plan, provider);
  const decided = events.flatMap((event) => (event.type === 'decided' ? event.userId : []));
  expect(decided).toEqual(['u1', 'u2']);
});

test('a platform that dies after the plan is not taken for stale people, and the breaker trips', async () => {
  const { provider, plan } = world(many(60));
  const error = new PlatformError('server-error', 'The platform answered 500.', {
    status: 500,
    effect: 'none',
  });
  const dead: Provider = {
    ...provider,
    fetchOwn: async (ids) =>
      new Map(ids.map((id) => [id, { proven: false, why: 'No answer.', error }])),
  };
  const { result } = await applied(plan, dead);
  expect(result.outcomes['not-tried']).toBe(60);
  expect(result.stopped?.code).toBe('too-many-failures');
  expect(result.users[0]?.message).toContain('500');
});

test("a job's word that a user failed is hearsay: reads that lag are waited for", async () => {
  const { provider, plan } = world(['u1'], { lagReads: 4 });
  const hearsay = new PlatformError('job-failed', 'The job did not update the user.', {
    effect: 'none',
  });
  const lying: Provider = {
    ...provider,
    async *write(batch) {
      for await (const { userId } of provider.write(batch))
        yield { userId, sent: 'refused', error: hearsay };
    },
  };
  expect(outcomes((await applied(plan, lying)).result)).toEqual(['u1 applied']);
  const honest: Provider = {
    ...world(['u1']).provider,
    async *write(batch) {
      for (const { userId } of batch) yield { userId, sent: 'refused', error: hearsay };
    },
  };
  expect((await applied(plan, honest)).result.users).toMatchObject([
    { outcome: 'failed', message: 'The job did not update the user.' },
  ]);
});

test('a list that cannot be read back is said to be so; a 401 on it stops the run', async () => {
  const { provider, plan } = world(['u1', 'u2']);
  const error = new PlatformError('unauthorized', 'The platform answered 401.', {
    status: 401,
    effect: 'none',
  });
  let reads = 0;
  const expired: Provider = {
    ...provider,
    async fetchOwn(ids) {
      reads += 1;
      if (reads > 1) throw error;
      return provider.fetchOwn(ids);
    },
  };
  const { result } = await applied(plan, expired);
  expect(outcomes(result)).toEqual(['u1 in-doubt', 'u2 not-tried']);
  expect(result.users[0]?.message).toMatch(/could not be read back.*401/);
  expect(result.stopped?.code).toBe('unauthorized');
});
