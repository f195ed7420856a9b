/**
 * Applies a plan: gate, write, read back, user by user or chunk by chunk, only through the Provider port.
 * Its invariants: nobody is written whose list is not as the plan saw it; everybody gets exactly one outcome.
 */
import { PlatformError } from '../model/error.ts';
import type { Listener } from '../model/event.ts';
import type { OwnList } from '../model/live.ts';
import type { Plan, PlannedUser } from '../model/plan.ts';
import type { Provider, Write, WriteReport } from '../model/provider.ts';
import type { Result } from '../model/result.ts';
import { stopFor } from './breaker.ts';
import { gate, lost } from './gate.ts';
import { carriedLost, givenUp, judge } from './judge.ts';
import { openRun, type Run } from './run.ts';
import { type Clock, type Seen, type Sent, verify } from './verify.ts';

export interface ApplyOptions {
  readonly provider: Provider;
  readonly clock: Clock;
  readonly listener: Listener;
  /** Aborted: what is in flight is finished, nothing new is begun. */
  readonly signal?: AbortSignal;
  /** How long a write may take to show in the reads, in milliseconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
/** How often a batch that the platform did not take (429) is offered again, and one that got lost is sent again. */
const OFFERS = 10;
const RESENDS = 2;

export async function apply(plan: Plan, options: ApplyOptions): Promise<Result> {
  const run = openRun(plan, options.listener);
  const stop = () => run.stop(INTERRUPTED);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    await runBatches(run, options);
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
  return run.result(plan);
}

const INTERRUPTED = {
  code: 'interrupted',
  message: 'The run was interrupted; what was in flight has been finished.',
  hint: 'Apply again: it goes on with whoever is left.',
};

/** Keeps as many batches under way as the provider allows, until nobody waits or the run is stopped. */
async function runBatches(run: Run, options: ApplyOptions): Promise<void> {
  const active = new Set<Promise<void>>();
  let lanes = Number.POSITIVE_INFINITY;
  let bug: { error: unknown } | undefined;
  while (run.waiting > 0 || active.size > 0) {
    while (run.waiting > 0 && run.stopped === undefined && bug === undefined) {
      const next = options.provider.batching(run.waiting);
      lanes = active.size === 0 ? next.lanes : Math.min(lanes, next.lanes);
      if (active.size >= lanes) break;
      const batch = runBatch(run.take(next.size), run, options)
        .catch((error: unknown) => {
          bug ??= { error };
        })
        .finally(() => active.delete(batch));
      active.add(batch);
    }
    if (active.size === 0) break;
    await Promise.race(active);
  }
  if (bug !== undefined) throw bug.error;
}

async function runBatch(users: readonly PlannedUser[], run: Run, options: ApplyOptions) {
  const { listener, provider } = options;
  await provider.turn(options.signal);
  if (run.stopped !== undefined) return;
  listener({ type: 'gating', users: users.length });
  const lists = await readOwn(users, run, provider);
  if (lists === undefined) return;
  const writes = passGate(users, lists, run);
  if (writes.length === 0) return;
  const reports = await send(writes, run, provider);
  const sent = writes.flatMap(({ user, write }): Sent[] => {
    const report = reports.get(user.userId) ?? { userId: user.userId, sent: 'unknown' };
    if (report.sent === 'not-sent') {
      offerAgain(user, report, run);
      return [];
    }
    run.sent(user, write.after);
    return [{ user, written: write.after, report }];
  });
  if (sent.length === 0) return;
  listener({ type: 'verifying', users: sent.length });
  const seen = await verify(sent, { ...options, patienceMs: options.patienceMs ?? PATIENCE_MS });
  for (const one of sent) conclude(one, seen.get(one.user.userId) ?? NEVER_SEEN, run);
}

async function readOwn(users: readonly PlannedUser[], run: Run, provider: Provider) {
  try {
    return await provider.fetchOwn(users.map((user) => user.userId));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    for (const user of users) run.decide(user, { outcome: 'not-tried', error });
    return undefined;
  }
}

interface Passed {
  readonly user: PlannedUser;
  readonly write: Write;
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
    const passed = gate(user, own);
    if (passed.verdict === 'write') {
      const { before, after } = passed;
      writes.push({ user, write: { userId: user.userId, before, after } });
    } else if (passed.verdict === 'unchanged') {
      run.decide(user, { outcome: run.writtenFor(user) ? 'applied' : 'unchanged' });
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
  const written = run.writtenFor(user);
  if (!own?.proven || written === undefined) return false;
  const missing = lost(user, own.assignments, written);
  if (missing === 0) return false;
  run.decide(user, carriedLost(user, missing));
  run.stop(CARRIED_LOST);
  return true;
}

async function send(passed: readonly Passed[], run: Run, provider: Provider) {
  const reports = new Map<string, WriteReport>();
  try {
    for await (const report of provider.write(passed.map(({ write }) => write))) {
      reports.set(report.userId, report);
    }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    run.stop(stopFor(error));
  }
  return reports;
}

/** Nothing went out for the user: he waits for another turn, or is left untried. */
function offerAgain(user: PlannedUser, { error }: WriteReport, run: Run): void {
  if (error?.status === 429) run.throttled();
  if (run.again(user, 'first', OFFERS)) return;
  run.decide(user, { outcome: 'not-tried', ...(error === undefined ? {} : { error }) });
}

const NEVER_SEEN: Seen = { state: 'unread', why: 'It was never read.' };

function conclude(one: Sent, seen: Seen, run: Run): void {
  const judgement = judge(one, seen);
  if (judgement === 'retry') {
    if (!run.again(one.user, 'last', RESENDS)) run.decide(one.user, givenUp(one));
    return;
  }
  run.decide(one.user, judgement);
  if (seen.state === 'lost') run.stop(CARRIED_LOST);
}

const CARRIED_LOST = {
  code: 'carried-lost',
  message: 'Assignments that a write carried along are missing afterwards, so the run was stopped.',
  hint: 'Somebody else may be writing too, or the platform does not do what it says; look before going on.',
};
