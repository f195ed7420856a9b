import { expect, test } from 'vitest';
import { MusterError, PlatformError } from '../../src/model/error.ts';
import { failureOf, type Listener, type MusterEvent, staged } from '../../src/model/event.ts';

const LOAD = { phase: 'load' } as const;

test('a stage is told at its beginning and its end, and gives what its work gives', async () => {
  const told: MusterEvent[] = [];
  const listener = (event: MusterEvent) => void told.push(event);
  expect(await staged(listener, LOAD, async () => 7)).toBe(7);
  expect(told).toEqual([
    { type: 'begins', stage: LOAD },
    { type: 'ends', stage: LOAD },
  ]);
});

test('a stage whose work fails ends with the failure, and throws it', async () => {
  const told: MusterEvent[] = [];
  const error = new MusterError('file-unreadable', 'It cannot be read.');
  const work = async () => Promise.reject(error);
  await expect(staged((event) => void told.push(event), LOAD, work)).rejects.toBe(error);
  const failure = { code: 'file-unreadable', message: 'It cannot be read.' };
  expect(told.at(-1)).toEqual({ type: 'ends', stage: LOAD, failure });
});

test('a listener that wants to know what is part of a stage runs its work', async () => {
  const told: string[] = [];
  const listener: Listener = Object.assign((event: MusterEvent) => void told.push(event.type), {
    around: async <T>(_stage: unknown, work: () => Promise<T>) => {
      told.push('in');
      const result = await work();
      told.push('out');
      return result;
    },
  });
  await staged(listener, LOAD, async () => void told.push('work'));
  expect(told).toEqual(['begins', 'in', 'work', 'out', 'ends']);
});

test.each([
  [new Error('with a secret'), { code: 'internal', message: 'This is a fault in muster itself.' }],
  [
    new PlatformError('forbidden', 'No.', {
      ...{ status: 403, platformCode: 'missing.permissions', requestId: 'r1' },
      effect: 'none',
    }),
    {
      ...{ code: 'forbidden', message: 'No.', status: 403 },
      ...{ platformCode: 'missing.permissions', requestId: 'r1' },
    },
  ],
  [
    new PlatformError('timeout', 'Late.', { effect: 'unknown' }),
    { code: 'timeout', message: 'Late.' },
  ],
])('of %s only what may be told everywhere is told', (error, failure) => {
  expect(failureOf(error)).toEqual(failure);
});
