// Plays a run of forty minutes on the terminal it is started on: the real view and the real question, with a clock that
// goes on when a key comes. After each step the title of the terminal tells that it has been drawn.
// Loaded beforehand, so that no screen waits for it.
import '../../../dist/cli/canvas.js';
import '../../../dist/report/progress/screen.js';
import { openView } from '../../../dist/cli/open-view.js';
import { systemIo } from '../../../dist/cli/system.js';

const START = Date.UTC(2026, 10, 23, 14, 0, 0);
let now = START;
let sleepers = [];
const clock = {
  now: () => now,
  sleep: (_ms, signal) =>
    new Promise((wake) => {
      sleepers.push(wake);
      signal?.addEventListener('abort', () => wake(), { once: true });
    }),
};
const io = { ...systemIo(), clock };
const view = openView(io, 'apply', { color: true });
const hear = (event) => view.hear(event, () => ({}));
const begins = (stage) => hear({ type: 'begins', stage });
const ends = (stage) => hear({ type: 'ends', stage });
const decided = (done, outcome = 'applied') =>
  hear({ type: 'decided', userId: `user-${done}`, outcome, done, total: 1_000 });

const settled = () => new Promise((done) => setTimeout(done, 100));
const key = () =>
  new Promise((pressed) => {
    process.stdin.setRawMode(true);
    process.stdin.resume();
    process.stdin.once('data', () => {
      process.stdin.pause();
      pressed();
    });
  });
/** At `seconds` into the run this happens; then it is drawn, and waited for. */
async function step(name, seconds, happens) {
  now = START + seconds * 1_000;
  await happens();
  const woken = sleepers;
  sleepers = [];
  for (const wake of woken) wake();
  await settled();
  process.stderr.write(`\u001b]0;${name}\u0007`);
  await key();
}

const FETCH = { phase: 'fetch' };
const GATE = { phase: 'gate', users: 100 };
const WRITE = { phase: 'write', users: 100 };
const VERIFY = { phase: 'verify', users: 100 };
const totals = { add: 1_800, change: 40, remove: 12, people: 1_000, leavers: 0, held: 2 };

// The view draws from its second sleep on.
await step('begun', 0, () => {
  hear({ type: 'about', command: 'apply', org: 'eu-prod' });
  begins(FETCH);
});
await step('reading', 12, () =>
  hear({ type: 'reading', what: 'users', done: 6_500, total: 10_000 }),
);
await step('asked', 20, async () => {
  ends(FETCH);
  hear({ type: 'planned', totals: { ...totals, released: 0, foreignKept: 0, desired: 10_000 } });
  view.stdout('Plan: 1800 to add, 40 to change, 12 to destroy.\n', io.stdout);
  await view.ask(() => io.ask('\nApply this to eu-prod? Only "yes" is taken for a yes: '));
});
await step('gate', 30, () => begins(GATE));
await step('writing', 95, () => {
  ends(GATE);
  begins(WRITE);
  hear({ type: 'writing', users: 100, by: 'bulk' });
  hear({ type: 'job', jobId: 'job-1', status: 'running', processed: 37, total: 100 });
});
await step('failures', 860, () => {
  ends(WRITE);
  begins(VERIFY);
  for (let done = 1; done <= 408; done += 1) decided(done);
  for (let done = 409; done <= 411; done += 1) decided(done, 'failed');
  decided(412, 'in-doubt');
});
await step('waiting', 900, () => hear({ type: 'throttled', waitMs: 42_000, kind: 'writes' }));
await step('trying', 1_200, () =>
  hear({ type: 'retrying', attempt: 2, waitMs: 8_000, why: 'timeout' }),
);
await step('ended', 2_400, () => {
  ends(VERIFY);
  view.stdout('Applied 996 people: 1790 added, 40 changed, 12 removed.\n', io.stdout);
  view.close();
});
process.exit(0);
