import { expect, test } from 'vitest';
import type { GlobalFlags } from '../../src/cli/flags.ts';
import type { Io } from '../../src/cli/io.ts';
import { progress } from '../../src/cli/progress.ts';
import type { MusterEvent } from '../../src/model/event.ts';

function told(event: MusterEvent, flags: Partial<GlobalFlags> = {}): string {
  const pieces: string[] = [];
  const io = { stderr: (piece: string) => pieces.push(piece), clock: { now: () => 0 } };
  progress(io as unknown as Io, { color: false, ...flags })(event);
  return pieces.join('');
}

const totals = {
  add: 0,
  change: 0,
  remove: 0,
  people: 0,
  leavers: 0,
  held: 0,
  released: 0,
  foreignKept: 0,
  desired: 0,
};

test.each<[MusterEvent, string, string]>([
  [{ type: 'reading', what: 'users', done: 3, total: 9 }, '', 'Reading users (3 of 9)\n'],
  [{ type: 'reading', what: 'users', done: 3 }, '', 'Reading users (3)\n'],
  [{ type: 'planned', totals }, '', ''],
  [
    { type: 'begins', stage: { phase: 'gate', users: 1 } },
    '',
    'Reading 1 person once more before the write ...\n',
  ],
  [{ type: 'begins', stage: { phase: 'verify', users: 2 } }, '', 'Reading 2 people back ...\n'],
  [{ type: 'begins', stage: { phase: 'load' } }, '', ''],
  [{ type: 'writing', users: 1, by: 'single' }, '', 'Writing 1 person by a single call ...\n'],
  [
    { type: 'retrying', attempt: 1, waitMs: 300, why: 'timeout' },
    '',
    'Try 1 failed (timeout); trying again in 0.3 s.\n',
  ],
  [
    { type: 'throttled', waitMs: 300, kind: 'reads' },
    '',
    "Waiting 300 ms for the platform's rate limit.\n",
  ],
])('%j is told only by --verbose', (event, plain, verbose) => {
  expect(told(event)).toBe(plain);
  expect(told(event, { verbose: true })).toBe(verbose);
});

test.each<[MusterEvent, string]>([
  [{ type: 'writing', users: 7, by: 'bulk' }, 'Writing 7 people in bulk ...\n'],
  [{ type: 'job', jobId: 'j1', status: 'running' }, 'Job j1: running\n'],
  [
    { type: 'job', jobId: 'j1', status: 'running', processed: 2, total: 7 },
    'Job j1: running (2 of 7)\n',
  ],
  [{ type: 'decided', userId: 'u1', outcome: 'stale', done: 1, total: 7 }, '[1/7] u1: stale\n'],
  [
    { type: 'throttled', waitMs: 2500, kind: 'writes' },
    "Waiting 2.5 s for the platform's rate limit.\n",
  ],
  [
    { type: 'retrying', attempt: 2, waitMs: 3000, why: 'timeout' },
    'Try 2 failed (timeout); trying again in 3.0 s.\n',
  ],
  [{ type: 'notice', code: 'c', message: 'Look.' }, 'note: Look.\n'],
  [{ type: 'notice', code: 'c', message: 'Look.', hint: 'There.' }, 'note: Look. There.\n'],
])('%j is told always', (event, text) => {
  expect(told(event)).toBe(text);
  expect(told(event, { verbose: true })).toBe(text);
  expect(told(event, { quiet: true })).toBe('');
});

test('waits that follow each other are told once in ten seconds, and one that is longer at once', () => {
  const pieces: string[] = [];
  const clock = { time: 0, now: () => clock.time };
  const io = { stderr: (piece: string) => pieces.push(piece), clock } as unknown as Io;
  const tell = progress(io, { color: false } as GlobalFlags);
  for (; clock.time < 20_000; clock.time += 500)
    tell({ type: 'throttled', waitMs: 1_000, kind: 'writes' });
  expect(pieces).toHaveLength(3);
  tell({ type: 'throttled', waitMs: 60_000, kind: 'writes' });
  tell({ type: 'throttled', waitMs: 59_000, kind: 'reads' });
  expect(pieces.slice(3)).toEqual(["Waiting 60.0 s for the platform's rate limit.\n"]);
});
