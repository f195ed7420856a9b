/**
 * Applies a plan, only through the Provider port: settles what a cut run left, lets the canaries go first, then writes
 * batch by batch. Its invariant: everybody of the plan gets exactly one outcome, and it is true to the platform.
 */
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { runBatch } from './batch.ts';
import type { Stop } from './breaker.ts';
import type { ApplyOptions } from './options.ts';
import { type Line, openRun, type Run } from './run.ts';
import { settle } from './settle.ts';

export type { ApplyOptions } from './options.ts';

export async function apply(plan: Plan, options: ApplyOptions): Promise<Result> {
  const run = openRun(plan, options);
  const stop = () => run.stop(INTERRUPTED);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    if (await begin(plan, run, options)) {
      await settle(run, options);
      await writeEverybody(run, options);
    }
    await run.keep([{ type: 'ended', ...(run.stopped && { stopped: run.stopped }) }]);
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
  return run.result(plan);
}

const INTERRUPTED: Stop = {
  code: 'interrupted',
  message: 'The run was interrupted; what was in flight has been finished.',
  hint: 'Apply again: it goes on with whoever is left.',
};

/** So many lines at a time: a call takes no more arguments than the stack has room for. */
const LINES = 1000;

/**
 * Whoever may have been sent something that this journal does not tell of is named before `begun`: a journal that holds
 * `begun` knows them all, however often the run is cut.
 */
async function begin(plan: Plan, run: Run, options: ApplyOptions): Promise<boolean> {
  const guessed = options.possiblySent === 'everybody' ? run.users : [];
  const lines = guessed
    .filter(({ userId }) => run.sends.unsettled(userId) && !run.sends.written(userId))
    .map(({ userId }): Line => ({ type: 'answered', userId, sent: 'unknown' }));
  for (let at = 0; at < lines.length; at += LINES) {
    if (!(await run.keep(lines.slice(at, at + LINES)))) return false;
  }
  return run.keep([{ type: 'begun', run: options.run.id, org: plan.org, plan: plan.digest }]);
}

async function writeEverybody(run: Run, options: ApplyOptions): Promise<void> {
  const canaries = run.users.slice(0, options.canary ?? 0);
  run.queue.add(canaries.filter((user) => run.outcomeOf(user) === undefined));
  await runBatches(run, options);
  const reached = canaries.every((user) => {
    const outcome = run.outcomeOf(user);
    return outcome === 'applied' || outcome === 'unchanged';
  });
  if (!reached) run.stop(canaryFailed(canaries.length));
  run.queue.add(
    run.users.slice(canaries.length).filter((user) => run.outcomeOf(user) === undefined),
  );
  await runBatches(run, options);
}

function canaryFailed(canaries: number): Stop {
  return {
    code: 'canary-failed',
    message: `Not all of the first ${canaries} people ended as planned, so nobody else was written.`,
    hint: 'Read the reasons below and mend the cause, then plan and apply again.',
  };
}

/** Keeps as many batches under way as the provider allows, until nobody waits or the run is stopped. */
async function runBatches(run: Run, options: ApplyOptions): Promise<void> {
  const active = new Set<Promise<void>>();
  const { queue } = run;
  let lanes = Number.POSITIVE_INFINITY;
  let bug: { error: unknown } | undefined;
  while (queue.waiting > 0 || active.size > 0) {
    while (queue.waiting > 0 && run.stopped === undefined && bug === undefined) {
      const next = options.provider.batching(queue.waiting);
      lanes = active.size === 0 ? next.lanes : Math.min(lanes, next.lanes);
      if (active.size >= lanes) break;
      const batch = runBatch(queue.take(next.size), run, options)
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
