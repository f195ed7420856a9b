/** What is seen while a command works: on a terminal that is looked at by a terminal's own eyes, in logs, and as NDJSON. */
import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { type EventRecord, eventRecord } from '../../src/cli/event-record.ts';
import type { GlobalFlags } from '../../src/cli/flags.ts';
import type { Io } from '../../src/cli/io.ts';
import { openView } from '../../src/cli/open-view.ts';
import type { MusterEvent } from '../../src/model/event.ts';
// Loaded beforehand: the clock of these tests waits for nothing.
import '../../src/cli/canvas.ts';
import '../../src/report/progress/line.ts';
import '../../src/report/progress/screen.ts';
import { virtualClock } from '../http/support.ts';

const AT = Date.UTC(2026, 10, 23, 14, 0, 0);
const FLAGS: GlobalFlags = { color: false };

interface Terminal {
  readonly io: Io;
  /** The lines that a person sees, without the empty ones at the end. */
  screen(): Promise<string[]>;
  readonly out: string[];
  readonly err: string[];
}

function terminal(more: Partial<Io> = {}, isTerminal = true): Terminal {
  const screen = new xterm.Terminal({ cols: 80, rows: 12, allowProposedApi: true });
  const out: string[] = [];
  const err: string[] = [];
  const write = (to: string[]) => (text: string) => {
    to.push(text);
    screen.write(text.replaceAll('\n', '\r\n'));
  };
  const io = {
    stdout: write(out),
    stderr: write(err),
    terminal: { stdin: true, stdout: true, stderr: isTerminal, columns: 80, rows: 12 },
    env: {},
    clock: virtualClock(AT),
    ask: async (question: string) => {
      write(err)(question);
      return 'yes';
    },
    ...more,
  } as Io;
  return {
    ...{ io, out, err },
    async screen() {
      await new Promise<void>((done) => screen.write('', done));
      const { active } = screen.buffer;
      const lines = Array.from(
        { length: active.length },
        (_, y) => active.getLine(y)?.translateToString(true).trimEnd() ?? '',
      );
      while (lines.at(-1) === '') lines.pop();
      return lines;
    },
  };
}

const record = (event: MusterEvent) => (): EventRecord =>
  eventRecord(event, { at: AT, traceId: 't', clean: (text) => text.replace('a@b', '[e-mail]') });
const TOTALS = {
  ...{ add: 0, change: 0, remove: 0, people: 9, leavers: 0, held: 0, released: 0 },
  ...{ foreignKept: 0, desired: 9 },
};
const WRITE = { phase: 'write', users: 9 } as const;
const HALF: readonly MusterEvent[] = [
  { type: 'about', command: 'apply', org: 'eu' },
  { type: 'planned', totals: TOTALS },
  { type: 'begins', stage: WRITE },
  { type: 'writing', users: 9, by: 'bulk' },
  { type: 'decided', userId: 'u1', outcome: 'applied', done: 1, total: 9 },
];
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((done) => setImmediate(done));
};
/** So many that what is loaded late has been. */
const drawn = async (io: Io, ms: number) => {
  const end = io.clock.now() + ms;
  for (let look = 0; look < 2_000 && io.clock.now() < end; look += 1) await turns(5);
};

test('on a terminal progress is drawn in place, what is printed stands above it, and nothing of it stays', async () => {
  const { io, screen } = terminal();
  const view = openView(io, 'apply', FLAGS);
  for (const event of HALF) view.hear(event, record(event));
  await drawn(io, 2_000);
  expect((await screen())[0]).toMatch(/^Writing in bulk, eu {2}█+░+ {2}1\/9 people {2}0:0\d$/);
  view.stdout('The plan.\n', io.stdout);
  const bad: MusterEvent = { type: 'decided', userId: 'u2', outcome: 'failed', done: 2, total: 9 };
  view.hear(bad, record(bad));
  await drawn(io, 2_000);
  const lines = await screen();
  expect(lines.slice(0, 2)).toEqual(['The plan.', '[2/9] u2: failed']);
  expect(lines[2]).toContain('2/9 people');
  expect(lines[3]).toContain('1 failed');
  expect(lines).toHaveLength(4);
  view.close();
  expect(await screen()).toEqual(['The plan.', '[2/9] u2: failed']);
});

test('a line that is not finished is not drawn into, and a question is not moved', async () => {
  const { io, screen } = terminal();
  const view = openView(io, 'apply', FLAGS);
  for (const event of HALF) view.hear(event, record(event));
  await drawn(io, 1_000);
  view.stdout('half', io.stdout);
  await drawn(io, 1_000);
  expect(await screen()).toEqual(['half']);
  view.stdout(' a line\n', io.stdout);
  const answer = view.ask(async () => {
    const given = await io.ask('Apply this? ');
    await drawn(io, 2_000);
    expect(await screen()).toEqual(['half a line', 'Apply this?']);
    return given;
  });
  expect(await answer).toBe('yes');
  io.stderr('\n');
  await drawn(io, 1_000);
  expect((await screen())[2]).toContain('1/9 people');
  view.close();
  expect(await screen()).toEqual(['half a line', 'Apply this?']);
});

test('what is over soon, and what has no stages, is not drawn at all', async () => {
  const soon = terminal();
  const view = openView(soon.io, 'plan', FLAGS);
  view.hear({ type: 'begins', stage: WRITE }, record({ type: 'begins', stage: WRITE }));
  view.close();
  await turns(50);
  expect(soon.err).toEqual([]);
  const idle = terminal();
  const serving = openView(idle.io, 'sandbox', FLAGS);
  serving.stdout('Serving.\n', idle.io.stdout);
  await drawn(idle.io, 5_000);
  expect(await idle.screen()).toEqual(['Serving.']);
  serving.close();
});

test.each<[string, Partial<GlobalFlags>, Partial<Io>, boolean]>([
  ['no terminal', {}, {}, false],
  ['a CI job', {}, { env: { CI: 'true' } }, true],
  ['a terminal that cannot', {}, { env: { TERM: 'dumb' } }, true],
  ['every step', { verbose: true }, {}, true],
])('for %s there are plain lines, and one every ten seconds', async (_what, flags, more, is) => {
  const { io, err } = terminal(more, is);
  const view = openView(io, 'apply', { ...FLAGS, ...flags });
  for (const event of HALF) view.hear(event, record(event));
  expect(err).toContain('Writing 9 people in bulk ...\n');
  expect(err).toContain('[1/9] u1: applied\n');
  const before = err.length;
  await drawn(io, 25_000);
  view.close();
  expect(err.slice(before, before + 2)).toEqual([
    'apply eu 0:10: writing in bulk, 1 of 9 people, 6.0 a minute, 2 min left\n',
    'apply eu 0:20: writing in bulk, 1 of 9 people, 3.0 a minute, 3 min left\n',
  ]);
  expect(err.join('')).not.toContain('\u001b');
  const told = err.length;
  await turns(50);
  expect(err).toHaveLength(told);
});

test('to whoever wants quiet nothing is told', () => {
  const { io, err, out } = terminal();
  const view = openView(io, 'apply', { ...FLAGS, quiet: true });
  for (const event of HALF) view.hear(event, record(event));
  expect([...err, ...out]).toEqual([]);
});

test('as NDJSON each event is a line of standard output, where the command has that', () => {
  const { io, err, out } = terminal();
  const flags = { ...FLAGS, format: 'ndjson' };
  const view = openView(io, 'apply', flags);
  for (const event of HALF) view.hear(event, record(event));
  expect(out.map((line) => JSON.parse(line).type)).toEqual(HALF.map(({ type }) => type));
  expect(err).toEqual([]);
  openView(io, 'status', flags).hear(HALF[0] as MusterEvent, record(HALF[0] as MusterEvent));
  expect(out).toHaveLength(HALF.length);
});

test('as JSON logs all of standard error is JSON, with the ids of the trace', () => {
  const { io, err } = terminal();
  const view = openView(io, 'apply', { ...FLAGS, logFormat: 'json' });
  const event: MusterEvent = { type: 'ends', stage: WRITE };
  view.hear(event, record(event));
  view.stderr('note: look\n\nnote: there\n', io.stderr);
  expect(err.map((line) => JSON.parse(line))).toEqual([
    { at: '2026-11-23T14:00:00.000Z', type: 'ends', phase: 'write', users: 9, trace_id: 't' },
    { at: expect.any(String), type: 'text', text: 'note: look' },
    { at: expect.any(String), type: 'text', text: 'note: there' },
  ]);
});

test('a record has no secret and no address, wherever the words come from', () => {
  const notice: MusterEvent = { type: 'notice', code: 'c', message: 'Ask a@b.' };
  expect(record(notice)()).toMatchObject({ type: 'notice', message: 'Ask [e-mail].' });
});
