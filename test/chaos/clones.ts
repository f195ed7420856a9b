/**
 * Two applies of one org, started together on two clones with one remote. The law: one runs; the other refuses before
 * its first write or, where it came after the end of the first, finds nothing to do; nobody is written twice.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { chainOf, git } from './books.ts';
import { lawOfLedger } from './laws.ts';
import { type Ended, runMuster } from './victim.ts';
import { APPLY, openWorld, type World } from './world.ts';

export const MEETINGS = ['ledger-moved', 'run-begun', 'nothing to do'] as const;
type Meeting = (typeof MEETINGS)[number];

export interface CloneReport {
  readonly seed: number;
  /** What the second of the two met. */
  readonly met: Meeting | 'something else';
  readonly wrong: readonly string[];
}

export async function twoClones(seed: number): Promise<CloneReport> {
  const bulk = seed % 2 === 0;
  const world = await openWorld({
    seed,
    size: [15, 30],
    settings: bulk ? ['bulkThreshold: 5', 'bulkChunk: 12'] : ['bulk: never'],
    platform: { latencyMs: 5 + (seed % 16), jobs: { delayMs: 150 } },
  });
  try {
    const other = await world.books.clone();
    const before = (await chainOf(world.books.remote)).length;
    // Nearly together: at the same instant, or the second a moment later.
    const late = world.dice.chance(0.5) ? 0 : world.dice.int(0, 1500);
    const [one, two] = await Promise.all([
      runMuster(APPLY, { cwd: world.clone, env: world.env }),
      delay(late).then(() => runMuster(APPLY, { cwd: other, env: world.env })),
    ]);
    const met = meetingOf(one, two);
    const wrong = [
      ...(met === 'something else' ? [`${tale(one)}\n${tale(two)}`] : []),
      ...(await wrongsAfter(world, before)),
    ];
    return { seed, met, wrong };
  } finally {
    await world.close();
  }
}

function meetingOf(one: Ended, two: Ended): CloneReport['met'] {
  const [winner, loser] = one.code === 0 ? [one, two] : [two, one];
  if (winner.code !== 0) return 'something else';
  if (loser.code === 0) {
    const idle = [winner, loser].filter(({ output }) => output.includes('No changes.'));
    return idle.length === 1 ? 'nothing to do' : 'something else';
  }
  const refusal = MEETINGS.find((code) => loser.output.includes(`error[${code}]`));
  return loser.code === 1 && refusal !== undefined ? refusal : 'something else';
}

function tale({ code, output }: Ended): string {
  return `ended with ${code}: ${output}`;
}

async function wrongsAfter(world: World, before: number): Promise<string[]> {
  const chain = await chainOf(world.books.remote);
  const wrong = [...world.wrongs(), ...lawOfLedger(chain)];
  const runs = new Set(chain.slice(0, chain.length - before).map(({ record }) => record?.id));
  if (runs.size !== 1) wrong.push(`${runs.size} runs are in the ledger where one was due`);
  const written = world.tap.calls.flatMap((call) =>
    call.type === 'write' ? [...call.lists.keys()] : [],
  );
  // Those of the first apply are counted too: what the files changed is written a second time at most.
  const most = new Map<string, number>();
  for (const id of written) most.set(id, (most.get(id) ?? 0) + 1);
  const often = [...most].filter(([, times]) => times > 2);
  if (often.length > 0) wrong.push(`written too often: ${often.map(([id]) => id).join(' ')}`);
  await git(world.books.remote, 'fsck', '--strict', '--no-dangling').catch((error) =>
    wrong.push(`the remote is damaged: ${error}`),
  );
  return wrong;
}
