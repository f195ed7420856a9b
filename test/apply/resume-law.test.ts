import fc from 'fast-check';
import { expect } from 'vitest';
import type { JournalLine } from '../../src/model/journal.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Result } from '../../src/model/result.ts';
import type { World } from '../../src/providers/memory/world.ts';
import { law, RUNS } from '../support/laws.ts';
import { live, memoryOf } from './mortal.ts';
import { gain, listsOf, platform, type Story, stories } from './story.ts';

interface Lived {
  readonly result: Result;
  readonly plan: Plan;
  readonly world: World;
  readonly wrote: ReadonlySet<string>;
  readonly kills: number;
  /** Whom each life sent something, beside whom its past had called done. */
  readonly again: readonly string[];
}

/** Lives until it is over: killed as told, and resumed each time. */
async function liveOn(story: Story): Promise<Lived> {
  const { provider, plan, wrote } = platform(story);
  let past: readonly JournalLine[] | undefined = [];
  let kills = 0;
  const again: string[] = [];
  for (const each of [...story.cuts, undefined]) {
    const listener = () => undefined;
    const given = { provider, canary: story.canary, cut: each, past, listener };
    const { result, lines } = await live(plan, given);
    const done = new Set(
      (past ?? []).flatMap((line) =>
        line.type === 'decided' && /applied|unchanged/.test(line.outcome) ? line.userId : [],
      ),
    );
    const sent = lines.flatMap((line) => (line.type === 'sending' ? line.users : []));
    again.push(...sent.map(({ userId }) => userId).filter((id) => done.has(id)));
    if (result !== undefined) {
      return { result, plan, world: provider.world, wrote, kills, again };
    }
    gain(provider.world, story, each?.gains ?? 0, kills);
    kills += 1;
    past = memoryOf(each?.forgotten === true ? [] : [...(past ?? []), ...lines]);
  }
  throw new Error('The last life has no cut.');
}

/** The same story without a cut, and the same gifts by hand after it. */
async function uninterrupted(story: Story, kills: number) {
  const { provider, plan } = platform(story);
  const listener = () => undefined;
  const given = { provider, canary: story.canary, cut: undefined, past: [], listener };
  const { result } = await live(plan, given);
  for (const [nth, { gains }] of story.cuts.slice(0, kills).entries())
    gain(provider.world, story, gains, nth);
  return { result, world: provider.world };
}

/** What each edit leaves of the planned skill before the run. */
const FIRST = { none: 10, planned: 11, done: 60, foreign: 10, dropped: 10 };

function expectTrue({ result, plan, world: platformWorld, wrote }: Lived, story: Story): void {
  expect(result.users.map(({ userId }) => userId)).toEqual(Object.keys(plan.users).sort());
  for (const { userId, outcome, before } of result.users) {
    const edit = story.people[Number(userId.slice(1))]?.edit ?? 'none';
    const now = platformWorld.listOf(userId).skill.a;
    const who = `${userId} ${outcome}`;
    if (wrote.has(userId)) expect(outcome, who).toBe('applied');
    const reached = outcome === 'applied' || outcome === 'unchanged';
    if (outcome !== 'in-doubt') expect(now, who).toBe(reached ? 60 : FIRST[edit]);
    if (before === undefined) continue;
    expect(before.skill.a, `pre-image of ${who}`).toBe(10);
    expect(before.skill.f, `pre-image of ${who}`).toBe(edit === 'dropped' ? undefined : 7);
  }
}

let kills = 0;

law(
  'a run that is cut anywhere and resumed ends as one that was not',
  fc.asyncProperty(stories, async (story) => {
    const lived = await liveOn(story);
    kills += lived.kills;
    const whole = await uninterrupted(story, lived.kills);
    expect(listsOf(story, lived.world)).toEqual(listsOf(story, whole.world));
    expect(lived.result.stopped?.code).toBe(whole.result?.stopped?.code);
    expect(lived.again).toEqual([]);
    expectTrue(lived, story);
  }),
  {
    after: () => {
      expect(kills).toBeGreaterThan(RUNS / 2);
      process.stdout.write(`resumed after ${kills} cuts\n`);
    },
  },
);
