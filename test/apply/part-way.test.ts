/** Writes that take several calls, and were cut between them. */
import { expect, test } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import { earlierOf } from '../../src/apply/earlier.ts';
import { memoryJournal } from '../../src/apply/journal-memory.ts';
import type { ApplyOptions } from '../../src/apply/options.ts';
import { canonical } from '../../src/model/assignment.ts';
import { PlatformError } from '../../src/model/error.ts';
import type { JournalLine } from '../../src/model/journal.ts';
import type { Provider, WriteReport } from '../../src/model/provider.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { list, target } from '../support/builders.ts';
import { jumpingClock } from '../support/clock.ts';
import { planOf } from './world.ts';

const BEFORE = list({ a: 10, gone: 5, f: 7 });
const PLANNED = list({ a: 60, f: 7 });

const WANTED = target({ id: 'u1', skills: { a: 60, gone: 'absent' } });
const PLAN = planOf([[WANTED, BEFORE]]);

/** The first writes set `a` and break off before `gone` goes; `report` is what they tell. */
function breaking(times: number, report: Omit<WriteReport, 'userId'>) {
  const provider = createMemory({ users: [{ person: WANTED.person, assignments: BEFORE }] });
  let left = times;
  let writes = 0;
  const cut: Provider = {
    ...provider,
    async *write(batch) {
      writes += 1;
      left -= 1;
      if (left < 0) {
        yield* provider.write(batch);
        return;
      }
      provider.world.set('u1', 'skill', { id: 'a', value: 60 });
      yield { userId: 'u1', ...report };
    },
  };
  return { provider: cut, world: provider.world, count: () => writes };
}

const LOST = { sent: 'unknown' } as const;
const error = new PlatformError('bad-request', 'The platform refused one of two.', {
  effect: 'none',
  status: 400,
});

async function applied(provider: Provider, more: Partial<ApplyOptions> = {}) {
  const { users } = await apply(PLAN, {
    provider,
    run: { id: 'r1' },
    journal: memoryJournal(),
    clock: jumpingClock(),
    listener: () => undefined,
    patienceMs: 5_000,
    ...more,
  });
  return users[0];
}

test('a write that was cut between its calls is sent once more, and the pre-image is the first', async () => {
  const { provider, world, count } = breaking(1, LOST);
  expect(await applied(provider)).toMatchObject({ outcome: 'applied', before: BEFORE });
  expect(world.listOf('u1')).toEqual(PLANNED);
  expect(count()).toBe(2);
});

test('what is cut every time is in doubt, after as many tries as any other', async () => {
  const { provider, count } = breaking(99, LOST);
  expect(await applied(provider)).toMatchObject({ outcome: 'in-doubt' });
  expect(count()).toBe(3);
});

test.each([
  [
    'refused',
    { sent: 'refused', error } as const,
    /refused one of two\. Some of the list is as planned/,
  ],
  ['accepted', { sent: 'accepted' } as const, /was sent\. Some of the list is as planned/],
])(
  'a write of which a part was %s is in doubt, and not sent again',
  async (_what, report, words) => {
    const { provider, count } = breaking(99, report);
    const result = await applied(provider);
    expect(result).toMatchObject({ outcome: 'in-doubt', message: expect.stringMatching(words) });
    expect(count()).toBe(1);
  },
);

test('a run that was killed between the calls goes on where it was', async () => {
  const { provider, world } = breaking(0, LOST);
  world.set('u1', 'skill', { id: 'a', value: 60 });
  const at = '2026-11-23T10:00:00.000Z';
  const lines: JournalLine[] = [
    { type: 'begun', run: 'r1', org: 'eu-prod', plan: 'sha256:plan', at },
    { type: 'sending', users: [{ userId: 'u1', before: BEFORE, after: PLANNED }], at },
  ];
  const result = await applied(provider, { earlier: earlierOf(lines) });
  expect(result).toMatchObject({ outcome: 'applied', before: BEFORE });
  expect(world.listOf('u1')).toEqual(PLANNED);
});

test('a part that somebody else has done is stale: this run has sent nothing', async () => {
  const { provider, world, count } = breaking(0, LOST);
  world.set('u1', 'skill', { id: 'a', value: 60 });
  expect(await applied(provider)).toMatchObject({ outcome: 'stale' });
  expect(count()).toBe(0);
});

test('a run gone on with elsewhere, that knows not what it sent, has the list before it as its pre-image', async () => {
  const { provider, world } = breaking(0, LOST);
  world.set('u1', 'skill', { id: 'a', value: 60 });
  world.set('u1', 'skill', { id: 'new', value: 3 });
  const journal = memoryJournal();
  const result = await applied(provider, { possiblySent: 'everybody', journal });
  const before = list({ a: 10, gone: 5, f: 7, new: 3 });
  expect(result?.outcome).toBe('applied');
  expect(canonical(result?.before)).toBe(canonical(before));
  const sending = journal.lines.find((line) => line.type === 'sending');
  expect(canonical(sending?.users[0]?.before)).toBe(canonical(before));
});

test('what a part of a write carried along and lost stops the run, though the rest is still to come', async () => {
  const { provider, world, count } = breaking(99, { sent: 'unknown', error });
  const losing: Provider = {
    ...provider,
    async *write(batch) {
      yield* provider.write(batch);
      world.set('u1', 'skill', { id: 'f', value: undefined });
    },
  };
  const result = await apply(PLAN, {
    provider: losing,
    run: { id: 'r1' },
    journal: memoryJournal(),
    clock: jumpingClock(),
    listener: () => undefined,
    patienceMs: 5_000,
  });
  expect(result.stopped?.code).toBe('carried-lost');
  expect(result.users[0]?.outcome).toBe('in-doubt');
  expect(count()).toBe(1);
});

test('nobody waits for more of a write that was cut for certain', async () => {
  const clock = jumpingClock();
  const began = clock.now();
  const { provider } = breaking(1, { sent: 'unknown', error });
  expect(await applied(provider, { clock })).toMatchObject({ outcome: 'applied' });
  expect(clock.now()).toBe(began);
});

test('a key of another tenant ends the run at once', async () => {
  const { provider } = breaking(0, LOST);
  const told = new PlatformError('org-mismatch', 'Another tenant.', { effect: 'none' });
  const foreign = { ...provider, fetchOwn: () => Promise.reject(told) };
  const { stopped } = await apply(PLAN, {
    provider: foreign,
    run: { id: 'r1' },
    journal: memoryJournal(),
    clock: jumpingClock(),
    listener: () => undefined,
  });
  expect(stopped?.code).toBe('org-mismatch');
});
