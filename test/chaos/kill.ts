/**
 * One run killed at a random moment and gone on with as somebody would who knows nothing but the remote: from the same
 * clone, or from a fresh one without the folder of the run. The law: it ends as if nobody had killed it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { chainOf } from './books.ts';
import type { Dice } from './dice.ts';
import { lawOfLedger } from './laws.ts';
import { sameList } from './list.ts';
import { runMuster, startMuster } from './victim.ts';
import type { Wire } from './wire.ts';
import { APPLY, openWorld, WIRES, type World } from './world.ts';

/** Where a kill strikes; `too late` is none. */
export const PHASES = [
  'before begin',
  'before the first write',
  'in the middle',
  'after the last write',
  'after the end',
  'too late',
] as const;
export type Phase = (typeof PHASES)[number];

export interface KillStory {
  readonly seed: number;
  readonly platform: Wire['platform'];
  readonly bulk: boolean;
  /** Gone on with from a new clone, the old one deleted. */
  readonly fresh: boolean;
  /** Whom SIGKILL takes along. */
  readonly how: 'alone' | 'tree';
  /** How often it is killed: the run, and then whoever goes on with it. */
  readonly kills: number;
}

export interface KillReport {
  readonly story: KillStory;
  /** Where each kill struck. */
  readonly phases: readonly Phase[];
  readonly edits: number;
  /** How often muster was started after the last kill. */
  readonly rounds: number;
  readonly ms: number;
  readonly wrong: readonly string[];
}

const USUAL_MS = 3_000;
const USUAL_CALLS = { bulk: 75, single: 130, genesys: 220, cxone: 170 };
const SETTLE_MS = 700;
const MOST_ROUNDS = 6;

export async function killAndGoOn(story: KillStory): Promise<KillReport> {
  const began = Date.now();
  const { seed, bulk, platform } = story;
  const world = await openWorld({
    seed,
    wire: WIRES[platform],
    settings: bulk ? ['bulk: auto', 'bulkThreshold: 5', 'bulkChunk: 12'] : ['bulk: never'],
    platform: { latencyMs: 5 + (seed % 16), jobs: { delayMs: 100 + (seed % 200) } },
  });
  let edits = 0;
  const edit = (count: number) => {
    for (const userId of world.dice.some(world.story.people, count)) {
      world.editByHand(userId);
      edits += 1;
    }
  };
  try {
    let clone = world.clone;
    const phases: Phase[] = [];
    const whoIsDecided = watchDecided(world);
    for (let nth = 0; nth < story.kills; nth++) {
      edit(2);
      phases.push(await killOnce(world, { clone, story, decided: whoIsDecided }));
      await delay(SETTLE_MS);
      edit(3);
      if (story.fresh) {
        await world.books.drop(clone);
        clone = await world.books.clone();
      }
    }
    const { rounds, trouble } = await goOn(world, clone);
    await delay(SETTLE_MS);
    const wrong = [
      ...trouble,
      ...world.wrongs(),
      ...lawOfLedger(await chainOf(world.books.remote)),
    ];
    const plan = await runMuster(['plan'], { cwd: clone, env: world.env });
    if (!plan.output.includes('No changes. Live skills match')) wrong.push(`plan: ${plan.output}`);
    edits += whoIsDecided.edits;
    return { story, phases, edits, rounds, ms: Date.now() - began, wrong };
  } finally {
    await world.close();
  }
}

interface Killing {
  readonly clone: string;
  readonly story: KillStory;
  readonly decided: Decided;
}

async function killOnce(world: World, { clone, story, decided }: Killing): Promise<Phase> {
  const args = await nextStep(world);
  const before = new Set((await chainOf(world.books.remote)).map(({ record }) => record?.id));
  const since = world.tap.calls.length;
  world.tap.note({ type: 'process' });
  decided.on = true;
  const victim = startMuster(args, { cwd: clone, env: world.env });
  let gone = false;
  const ended = victim.ended.then(() => {
    gone = true;
  });
  await Promise.race([moment(world, story, () => gone), ended]);
  const struck = victim.kill(story.how);
  decided.on = false;
  await victim.ended;
  await delay(SETTLE_MS);
  return phaseOf(world, { since, before, struck, resumed: args.includes('--resume') });
}

/** Half of the moments are drawn by the clock, half by what has gone over the wire, so that every phase is met. */
async function moment(
  { tap, dice }: World,
  { bulk, platform }: KillStory,
  isGone: () => boolean,
): Promise<void> {
  if (dice.chance(0.4)) return void (await delay(dice.int(0, USUAL_MS)));
  const way = platform === 'admin' ? (bulk ? 'bulk' : 'single') : platform;
  const usual = USUAL_CALLS[way];
  const calls = tap.requests + dice.int(1, usual);
  const late = dice.int(0, 25);
  // Who has ended sends no more; a wait for him would keep this process from ending.
  while (tap.requests < calls && !isGone()) await delay(1);
  await delay(late);
}

/** What somebody types who has read the ledger. */
async function nextStep({ books }: World): Promise<readonly string[]> {
  const [tip] = await chainOf(books.remote);
  return tip?.running ? ['apply', '--resume', tip.running, '--yes'] : APPLY;
}

interface Strike {
  readonly since: number;
  readonly before: ReadonlySet<string | undefined>;
  readonly struck: boolean;
  readonly resumed: boolean;
}

async function phaseOf({ books, tap }: World, strike: Strike): Promise<Phase> {
  if (!strike.struck) return 'too late';
  const [tip] = await chainOf(books.remote);
  const record = tip?.record;
  const news = strike.resumed || !strike.before.has(record?.id);
  if (!record || !news) return 'before begin';
  if (tip?.running === null) return 'after the end';
  const sent = new Set(
    tap.calls
      .slice(strike.resumed ? 0 : strike.since)
      .flatMap((call) => (call.type === 'write' ? [...call.lists.keys()] : [])),
  );
  const planned = Object.keys(record.users);
  const left = planned.filter((id) => !sent.has(id)).length;
  if (left === planned.length) return 'before the first write';
  return left > 0 ? 'in the middle' : 'after the last write';
}

/** Starts muster until it has nothing more to do. */
async function goOn(world: World, clone: string) {
  const trouble: string[] = [];
  for (let rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
    const args = await nextStep(world);
    world.tap.note({ type: 'process' });
    const { code, output } = await runMuster(args, { cwd: clone, env: world.env });
    if (code === 0) return { rounds, trouble };
    // A person in doubt is told, and the next run looks at him; whatever else stops it is trouble.
    if (code !== 4) trouble.push(`muster ${args.join(' ')} ended with ${code}: ${output}`);
    if (rounds === MOST_ROUNDS) trouble.push(`it does not come to its end: ${output}`);
  }
  return { rounds: MOST_ROUNDS, trouble };
}

interface Decided {
  on: boolean;
  edits: number;
}

/** While the run is under way, people who were written and read back are edited by hand now and then. */
function watchDecided(world: World): Decided {
  const state: Decided = { on: false, edits: 0 };
  const sent = new Set<string>();
  const touched = new Set<string>();
  const dice: Dice = world.dice;
  world.tap.onCall = (call) => {
    if (call.type === 'write') for (const userId of call.lists.keys()) sent.add(userId);
    if (call.type !== 'read' || !state.on || !sent.has(call.userId)) return;
    if (touched.has(call.userId) || !dice.chance(0.1)) return;
    if (!sameList(world.story.wanted(call.userId, call.list), call.list)) return;
    touched.add(call.userId);
    setTimeout(() => {
      world.editByHand(call.userId);
      state.edits += 1;
    }, 30);
  };
  return state;
}
