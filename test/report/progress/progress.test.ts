/** Progress as a line and as a screen, out of the events that a command tells. */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { MusterEvent, Stage } from '../../../src/model/event.ts';
import { progressLine } from '../../../src/report/progress/line.ts';
import { progressScreen, type ScreenStyle } from '../../../src/report/progress/screen.ts';
import {
  advance,
  isAtWork,
  type Progress,
  startProgress,
} from '../../../src/report/progress/state.ts';

const SECOND = 1_000;
const clock = (at: number) => new Date(at).toISOString().slice(11, 19);
const TOTALS = {
  ...{ add: 0, change: 0, remove: 0, leavers: 0, held: 0, released: 0, foreignKept: 0 },
  desired: 1_000,
};

/** Events as they come, each with the second it comes at. */
function after(...told: readonly (readonly [number, MusterEvent])[]): Progress {
  return told.reduce(
    (progress, [second, event]) => advance(progress, event, second * SECOND),
    startProgress(0),
  );
}
const begins = (stage: Stage): MusterEvent => ({ type: 'begins', stage });
const ends = (stage: Stage): MusterEvent => ({ type: 'ends', stage });
const planned = (people: number): MusterEvent => ({
  type: 'planned',
  totals: { ...TOTALS, people },
});
const decided = (
  done: number,
  outcome: 'applied' | 'failed' | 'in-doubt' = 'applied',
): MusterEvent => ({ type: 'decided', userId: 'u', outcome, done, total: 1_000 });

const line = (progress: Progress, second: number) => progressLine(progress, second * SECOND, clock);
const screen = (progress: Progress, second: number, style: Partial<ScreenStyle> = {}) =>
  progressScreen(progress, second * SECOND, {
    ...{ color: false, width: 80, blocks: true, clock },
    ...style,
  });

const GATE = { phase: 'gate', users: 1 } as const;
const WRITE = { phase: 'write', users: 1 } as const;
const VERIFY = { phase: 'verify', users: 1 } as const;
const COMMAND: MusterEvent = begins({ phase: 'command' });
const ABOUT: MusterEvent = { type: 'about', command: 'apply', org: 'eu-prod' };
const BULK: MusterEvent = { type: 'writing', users: 100, by: 'bulk' };

test('nothing is at work before a stage begins, nor once everybody is done', () => {
  expect(isAtWork(after([0, COMMAND]))).toBe(false);
  expect(isAtWork(after([0, COMMAND], [0, begins({ phase: 'load' })]))).toBe(true);
  const loaded = after([0, begins({ phase: 'load' })], [1, ends({ phase: 'load' })]);
  expect(isAtWork(loaded)).toBe(false);
  expect(isAtWork(after([0, planned(1_000)]))).toBe(true);
  expect(isAtWork(after([0, planned(1_000)], [1, decided(1_000)]))).toBe(false);
});

test.each<[string, Progress]>([
  ['Working', after()],
  ['Reading the files', after([0, begins({ phase: 'load' })])],
  ['Reading the files', after([0, begins({ phase: 'validate' })])],
  ['Reading the platform', after([0, begins({ phase: 'fetch' })])],
  ['Planning', after([0, begins({ phase: 'diff' })])],
  ['Planning', after([0, begins({ phase: 'guards' })])],
  ['Planning', after([0, begins({ phase: 'plan' })])],
  ['Waiting for a turn', after([0, planned(9)])],
  ['Reading once more', after([0, planned(9)], [0, begins(GATE)])],
  ['Writing in bulk', after([0, planned(9)], [0, BULK], [0, begins(WRITE)])],
  ['Reading back', after([0, planned(9)], [0, BULK], [0, begins(VERIFY)])],
  [
    'Writing one by one',
    after([0, planned(9)], [0, { type: 'writing', users: 1, by: 'single' }], [0, begins(GATE)]),
  ],
  [
    'Writing one by one',
    after([0, planned(9)], [0, { type: 'writing', users: 1, by: 'single' }], [0, begins(WRITE)]),
  ],
  [
    'Reading back',
    after([0, planned(9)], [0, { type: 'writing', users: 1, by: 'single' }], [0, begins(VERIFY)]),
  ],
])('it says %s', (words, progress) => {
  expect(screen(progress, 1)[0]).toContain(words);
});

test('several stages of a kind are at work until the last of them ends', () => {
  const two = [
    [0, planned(9)],
    [0, begins(WRITE)],
    [0, begins(WRITE)],
    [1, ends(WRITE)],
  ] as const;
  expect(screen(after(...two), 1)[0]).toContain('Writing in bulk');
  expect(screen(after(...two, [1, ends(WRITE)]), 1)[0]).toContain('Waiting for a turn');
  // An end without its beginning is of a stage that began before anybody listened.
  expect(screen(after([0, ends(WRITE)]), 1)[0]).toContain('Working');
});

test('what is read is counted, as far as its total is known', () => {
  const reading = (total?: number): MusterEvent => ({
    ...{ type: 'reading', what: 'users', done: 500 },
    ...(total === undefined ? {} : { total }),
  });
  const fetch = begins({ phase: 'fetch' });
  expect(line(after([0, ABOUT], [0, fetch], [2, reading(2_000)]), 2)).toBe(
    'apply eu-prod 0:02: reading users, 500 of 2000 users',
  );
  expect(line(after([0, fetch], [2, reading()]), 2)).toBe('muster 0:02: reading users');
  expect(screen(after([0, fetch], [2, reading(0)]), 2, { width: 60 })).toEqual([
    'Reading users  █████████████████████████  500/0 users  0:02',
  ]);
});

const halfway = after(
  [0, COMMAND],
  [0, ABOUT],
  [10, planned(1_000)],
  [20, begins(GATE)],
  [21, begins(GATE)],
  [30, ends(GATE)],
  [30, BULK],
  [30, begins(WRITE)],
  [90, decided(397)],
  [100, decided(398, 'failed')],
  [110, decided(399, 'failed')],
  [120, decided(400, 'in-doubt')],
  [140, { type: 'job', jobId: 'j', status: 'running', processed: 12, total: 100 }],
);

test('an apply tells how many are done, how fast, how long still, and what went wrong', () => {
  expect(line(halfway, 150)).toBe(
    'apply eu-prod 2:30: writing in bulk, 412 of 1000 people, 190 a minute, 4 min left, 2 failed, 1 in-doubt',
  );
  expect(screen(halfway, 150)).toEqual([
    'Writing in bulk, eu-prod  ████████████░░░░░░░░░░░░░░░░░░  412/1000 people  2:30',
    '  190 a minute, 4 min left, 2 failed, 1 in-doubt',
  ]);
});

test('once the job has ended, its people are counted by what became of them', () => {
  expect(line(advance(halfway, ends(WRITE), 141 * SECOND), 150)).toContain('400 of 1000 people');
});

test.each([
  [3_700, '1:01:40', '1 h 28 min left'],
  [150, '2:30', '4 min left'],
  [21, '0:21', '2 s left'],
])('after %i s it says %s and %s', (second, time, left) => {
  const words = line(halfway, second);
  expect(words).toContain(` ${time}: `);
  expect(words).toContain(left);
});

test('a slow rate is told with its fraction, and none before there is one', () => {
  const slow = after([0, planned(1_000)], [0, begins(GATE)], [60, decided(2)]);
  expect(line(slow, 60)).toContain('2.0 a minute, 8 h 19 min left');
  expect(line(after([0, planned(1_000)], [5, begins(GATE)]), 60)).not.toContain('minute');
  expect(line(after([0, decided(3)]), 0)).toBe('muster 0:00: waiting for a turn, 3 of 1000 people');
  const done = after([0, planned(1_000)], [60, decided(1_000)]);
  expect(line(done, 60)).not.toContain('left');
});

test('whoever waits is told why and until when', () => {
  const throttled = after([0, { type: 'throttled', waitMs: 42_000, kind: 'writes' }]);
  expect(screen(throttled, 10)[1]).toBe('  Rate limit of writes: waiting 32 s, until 00:00:42');
  expect(line(throttled, 10)).toContain(', rate limit of writes: waiting 32 s, until 00:00:42');
  expect(screen(throttled, 43)).toHaveLength(1);
  const retrying = after([0, { type: 'retrying', attempt: 1, waitMs: 5_000, why: 'timeout' }]);
  expect(screen(retrying, 1)[1]).toBe('  After timeout: waiting 4 s, until 00:00:05');
  expect(screen(retrying, 5)).toHaveLength(1);
});

test('another command of the same run begins anew', () => {
  const again = advance(advance(halfway, planned(7), 160 * SECOND), ends(WRITE), 160 * SECOND);
  expect(line(again, 160)).toContain('0 of 7 people');
  expect(line(again, 160)).not.toContain('failed');
});

test.each([20, 40, 60, 80, 100, 160])('on %i columns no line is wider', (width) => {
  const waits: MusterEvent = { type: 'throttled', waitMs: 42_000, kind: 'writes' };
  const lines = screen(advance(halfway, waits, 150 * SECOND), 150, { width });
  expect(lines).toHaveLength(3);
  for (const text of lines) expect(text.length).toBeLessThan(Math.max(width, 1));
  expect(lines[0]?.includes('█')).toBe(width >= 60);
});

test('without block characters the bar is made of others, and colours only paint', () => {
  const [bare = ''] = screen(halfway, 150, { blocks: false, width: 100 });
  expect(bare).toMatch(/ #+-+ /);
  const [painted = ''] = screen(halfway, 150, { color: true, width: 100 });
  expect(painted).toContain('\u001b[36m');
  expect(stripVTControlCharacters(painted)).toBe(screen(halfway, 150, { width: 100 })[0]);
});

test('what is told besides changes nothing', () => {
  expect(advance(halfway, { type: 'exits', code: 0 }, 0)).toBe(halfway);
  expect(advance(halfway, { type: 'about', head: 'c' }, 0)).toEqual(halfway);
});
