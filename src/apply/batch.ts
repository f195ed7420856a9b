/**
 * One batch: gate, write, read back. Its invariants: nobody is written whose list is not as the plan saw it, and
 * nothing is sent before the journal has it on the disk.
 */
import type { Assignments } from '../model/assignment.ts';
import { PlatformError } from '../model/error.ts';
import { staged } from '../model/event.ts';
import type { OwnList } from '../model/live.ts';
import type { PlannedUser } from '../model/plan.ts';
import type { Provider, Write, WriteReport } from '../model/provider.ts';
import { type Stop, stopFor } from './breaker.ts';
import { gate, isPartWay, lost, matches } from './gate.ts';
import { carriedLost, givenUp, judge } from './judge.ts';
import { type ApplyOptions, patienceOf } from './options.ts';
import { readOwnLists } from './own.ts';
import type { Line, Run } from './run.ts';
import { type Seen, type Sent, verify } from './verify.ts';

export const CARRIED_LOST: Stop = {
  code: 'carried-lost',
  message: 'Assignments that a write carried along are missing afterwards, so the run was stopped.',
  hint: 'Somebody else may be writing too, or the platform does not do what it says; look before going on.',
};

export async function runBatch(users: readonly PlannedUser[], run: Run, options: ApplyOptions) {
  await options.provider.turn(options.signal);
  if (run.stopped !== undefined) return;
  await gateWriteVerify(users, run, options);
  await run.keepDecided();
}

async function gateWriteVerify(users: readonly PlannedUser[], run: Run, options: ApplyOptions) {
  const { listener, provider } = options;
  const passed = await staged(listener, { phase: 'gate', users: users.length }, async () => {
    const lists = await readOwn(users, run, provider);
    return lists === undefined ? [] : passGate(users, lists, run);
  });
  if (passed.length === 0) return;
  const writes = passed.map(({ write }) => write);
  const kept = passed.map(({ write, image }) => ({ ...write, before: image }));
  if (!(await run.keep([{ type: 'sending', users: kept }]))) return;
  const sent = await staged(listener, { phase: 'write', users: writes.length }, async () => {
    const reports = await send(writes, run, provider);
    await run.keep([...reports.values()].map(answeredLine));
    return passed.flatMap((one) => noteSent(one, reports.get(one.user.userId), run));
  });
  if (sent.length === 0) return;
  await staged(listener, { phase: 'verify', users: sent.length }, async () => {
    const seen = await verify(sent, { ...options, patienceMs: patienceOf(options) });
    for (const one of sent) conclude(one, seen.get(one.user.userId) ?? NEVER_SEEN, run);
  });
}

async function readOwn(users: readonly PlannedUser[], run: Run, provider: Provider) {
  try {
    return await readOwnLists(provider, users);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    for (const user of users) run.decide(user, { outcome: 'not-tried', error });
    return undefined;
  }
}

interface Passed {
  readonly user: PlannedUser;
  readonly write: Write;
  /** The list as it was before this run wrote any of it. */
  readonly image: Assignments;
}

function passGate(
  users: readonly PlannedUser[],
  lists: ReadonlyMap<string, OwnList>,
  run: Run,
): Passed[] {
  const writes: Passed[] = [];
  for (const user of users) {
    const own = lists.get(user.userId);
    if (tellUnfit(user, own, run)) continue;
    const ours = run.sends.mayBeOurs(user.userId);
    const passed = gate(user, own, ours);
    if (passed.verdict === 'write') {
      const { before, after, image } = passed;
      writes.push({ user, write: { userId: user.userId, before, after }, image });
    } else if (passed.verdict === 'unchanged') {
      run.decide(user, { outcome: ours ? 'applied' : 'unchanged' });
    } else {
      const hint = 'Plan again to see what it would do now.';
      run.decide(user, { outcome: 'stale', message: passed.message, hint });
    }
  }
  return writes;
}

/** Whether the user is decided before his gate: his list cannot be read, or lost what this run had carried along. */
function tellUnfit(user: PlannedUser, own: OwnList | undefined, run: Run): boolean {
  if (own?.proven === false && own.error !== undefined) {
    run.decide(user, { outcome: 'not-tried', error: own.error });
    return true;
  }
  const written = run.sends.written(user.userId);
  if (!own?.proven || written === undefined) return false;
  // A write of which nothing shows has taken nothing away.
  if (matches(user, own.assignments, user.before)) return false;
  if (!isPartWay(user, own.assignments)) return false;
  const missing = lost(user, own.assignments, written);
  if (missing === 0) return false;
  run.decide(user, carriedLost(user, missing));
  run.stop(CARRIED_LOST);
  return true;
}

async function send(writes: readonly Write[], run: Run, provider: Provider) {
  const reports = new Map<string, WriteReport>();
  try {
    for await (const report of provider.write(writes)) reports.set(report.userId, report);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    run.stop(stopFor(error));
  }
  return reports;
}

function answeredLine({ userId, sent, error, requestId = error?.requestId }: WriteReport): Line {
  return {
    type: 'answered',
    userId,
    sent,
    ...(error === undefined ? {} : { code: error.code }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Whoever nothing went out for waits for another turn, or is left untried; the others are to be read back. */
function noteSent(passed: Passed, reported: WriteReport | undefined, run: Run): Sent[] {
  const { user, write, image } = passed;
  const report = reported ?? { userId: user.userId, sent: 'unknown' };
  if (report.sent !== 'not-sent') {
    run.sends.note({ ...write, before: image });
    run.offered('taken');
    return [{ user, written: write.after, report }];
  }
  const { error } = report;
  if (error?.status === 429) run.offered('refused');
  if (!run.queue.again(user, 'offer')) {
    run.decide(user, { outcome: 'not-tried', ...(error === undefined ? {} : { error }) });
  }
  return [];
}

const NEVER_SEEN: Seen = { state: 'unread', why: 'It was never read.' };

function conclude(one: Sent, seen: Seen, run: Run): void {
  const judgement = judge(one, seen);
  if (judgement === 'retry') {
    if (!run.queue.again(one.user, 'resend')) run.decide(one.user, givenUp(one));
    return;
  }
  run.decide(one.user, judgement);
  if (seen.state === 'lost') run.stop(CARRIED_LOST);
}
