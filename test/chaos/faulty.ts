/**
 * A whole apply under a schedule of faults, in this process and against a real sandbox, its waiting sped up. The laws:
 * no write that stale knowledge made, every outcome true to the platform, and a run without faults converges.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { muster } from '../support/shell.ts';
import { chainOf } from './books.ts';
import { lawOfLedger, lawOfWrites, longestWindow, overtaken } from './laws.ts';
import { sameList } from './list.ts';
import { type OutcomeTold, outcomeLies } from './outcomes.ts';
import type { HandEdit, Schedule } from './schedule.ts';
import type { Mischief } from './tap.ts';
import { APPLY, openWorld, WIRES, type World } from './world.ts';

export interface FaultyReport {
  readonly schedule: Schedule;
  /** Exit code of the apply under faults. */
  readonly code: number;
  /** How often each kind struck. */
  readonly faults: Readonly<Record<string, number>>;
  readonly outcomes: readonly string[];
  readonly edits: number;
  /** People edited between a gate and the effect of its write: the window that no replacing call can close. */
  readonly overtaken: number;
  /** The longest time from a gate's read to its write, in milliseconds. */
  readonly windowMs: number;
  readonly wrong: readonly string[];
}

/** Patience of 30 s is over in 0.6: enough for lags and jobs, which go by the real clock. */
const SPEED = 50;
const MOST_RUNS = 6;

export async function applyUnderFaults(schedule: Schedule): Promise<FaultyReport> {
  const { platform, seed, bulk, format, chunk, lagMs, job } = schedule;
  const ways = [`bulk: ${bulk}`, `bulkFormat: ${format}`, `bulkChunk: ${chunk}`];
  const world = await openWorld({
    seed,
    wire: WIRES[platform],
    size: [12, 30],
    settings: [...ways, 'bulkThreshold: 4', 'ledger: { remote: null }'],
    platform: { lagMs, jobs: job },
  });
  try {
    const effectMs = job.delayMs + 50;
    const told = await rehearse(world, schedule);
    await delay(effectMs + lagMs + 100);
    const faults = { ...world.sandbox.counters.byFault };
    const window = overtaken(world.calls(), effectMs);
    const lies = outcomeLies(world, told);
    const wrong = [
      ...lies,
      ...(await converges(world)),
      ...lawOfWrites(world.story, world.calls()),
    ];
    for (const [id, why] of world.wrongLists()) if (isWrong(world, id, window)) wrong.push(why);
    const edits = world.calls().filter(({ type }) => type === 'edit').length;
    const outcomes = [...told.outcomes.values()].map(String);
    const windowMs = longestWindow(world.calls());
    return {
      schedule,
      code: told.code,
      faults,
      outcomes,
      edits,
      overtaken: window.size,
      windowMs,
      wrong,
    };
  } finally {
    await world.close();
  }
}

/** The apply, with everything that goes wrong, and what the ledger says it did. */
async function rehearse(world: World, schedule: Schedule): Promise<OutcomeTold> {
  const { sandbox, tap, clone, env } = world;
  const [before] = await chainOf(clone);
  sandbox.clearRequests();
  sandbox.setFaults(schedule.faults);
  tap.onRequest = mischief(world, schedule, tap.requests);
  const { code, stdout, stderr } = await muster(APPLY, { cwd: clone, env, speed: SPEED });
  sandbox.setFaults([]);
  tap.onRequest = () => undefined;
  const [tip] = await chainOf(clone);
  const told = tip?.commit === before?.commit ? {} : (tip?.record?.users ?? {});
  const outcomes = new Map(Object.entries(told).map(([id, { outcome }]) => [id, outcome]));
  return { code, outcomes, output: stdout + stderr };
}

function mischief(world: World, { edits, hang, tokenEnds }: Schedule, before: number) {
  return (count: number): Mischief | undefined => {
    const nth = count - before;
    for (const edit of edits) if (edit.nth === nth) editSomebody(world, edit);
    if (nth === hang?.nth) return hang.when;
    return tokenEnds !== null && nth >= tokenEnds ? 'token-ended' : undefined;
  };
}

function editSomebody(world: World, { who, what }: HandEdit): void {
  const { people, namedNow } = world.story;
  const userId = people[Math.floor(who * people.length)] ?? '';
  const named = namedNow(userId);
  if (what === 'foreign') world.editByHand(userId);
  else if (named.length > 0) world.editByHand(userId, named);
}

/** Applies until all is done, which takes one run where the platform refuses nobody by chance; then nothing is planned. */
async function converges(world: World): Promise<string[]> {
  const { clone, env, tap } = world;
  const wrong: string[] = [];
  let runs = 0;
  for (let code = -1; code !== 0 && runs < MOST_RUNS; runs++) {
    tap.note({ type: 'process' });
    const ran = await muster(APPLY, { cwd: clone, env, speed: SPEED });
    code = ran.code;
    if (code !== 0 && code !== 4)
      wrong.push(`a run without faults ended with ${code}: ${ran.stderr}`);
    if (code === 4 && runs + 1 === MOST_RUNS) wrong.push(`it does not converge: ${ran.stdout}`);
  }
  const plan = await muster(['plan'], { cwd: clone, env, speed: SPEED });
  if (!plan.stdout.startsWith('No changes.')) wrong.push(`plan: ${plan.stdout}${plan.stderr}`);
  return [...wrong, ...lawOfLedger(await chainOf(clone))];
}

/** Of somebody edited in the window of a write only what the files decide is certain. */
function isWrong({ story, list }: World, userId: string, window: ReadonlySet<string>): boolean {
  const has = list(userId);
  return !window.has(userId) || !sameList(story.wanted(userId, has) ?? has, has);
}
