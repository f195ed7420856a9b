import fc from 'fast-check';
import { expect } from 'vitest';
import type { MusterEvent } from '../../src/model/event.ts';
import type { JournalLine } from '../../src/model/journal.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Result } from '../../src/model/result.ts';
import type { World } from '../../src/providers/memory/world.ts';
import { law, RUNS } from '../support/laws.ts';
import { live, memoryOf } from './mortal.ts';
import { cut, type Fault, platform, type Script, type Story } from './story.ts';

/** Somebody's hand at the n-th reading of somebody's list, just before it. */
interface Hand {
  readonly at: number;
  readonly skill: 'a' | 'f' | 'h';
  readonly value: number | undefined;
}

const hands = fc.array(
  fc.record({
    at: fc.nat(12),
    skill: fc.constantFrom('a' as const, 'f' as const, 'h' as const),
    value: fc.constantFrom(undefined, 10, 21, 60),
  }),
  { maxLength: 4 },
);

const anything = fc
  .array(fc.constantFrom<Fault>('lost', 'took-effect', 'not-sent', 'refuse'), { maxLength: 5 })
  .map((faults): Script => ({ faults }));

const wild = fc.record({
  people: fc.array(fc.record({ script: anything, edit: fc.constant('none' as const) }), {
    minLength: 1,
    maxLength: 6,
  }),
  size: fc.integer({ min: 1, max: 3 }),
  lanes: fc.constant(1),
  lagReads: fc.constant(0),
  canary: fc.nat(2),
  cuts: fc.array(cut, { minLength: 1, maxLength: 3 }),
});

let kills = 0;

law(
  'whatever goes wrong and whoever edits by hand: every outcome is true when it is told, and nothing foreign is lost',
  fc.asyncProperty(wild, hands, async (story, edits) => {
    kills += await liveWildly(story, edits);
  }),
  { after: () => expect(kills).toBeGreaterThan(RUNS / 3) },
);

/** The foreign skills as people left them: muster must not have touched one. */
type Foreign = ReadonlyMap<string, Map<string, number>>;

function handled(provider: Provider & { readonly world: World }, edits: readonly Hand[]) {
  const foreign: Foreign = new Map(
    [...provider.world.people.keys()].map((id) => [id, new Map([['f', 7]])]),
  );
  let reads = 0;
  const edited: Provider = {
    ...provider,
    async fetchOwn(ids) {
      for (const { at, skill, value } of edits.filter((edit) => edit.at === reads)) {
        const userId = ids[at % ids.length] ?? '';
        provider.world.set(userId, 'skill', { id: skill, value });
        if (skill === 'a') continue;
        if (value === undefined) foreign.get(userId)?.delete(skill);
        else foreign.get(userId)?.set(skill, value);
      }
      reads += 1;
      return provider.fetchOwn(ids);
    },
  };
  return { edited, foreign };
}

function expectForeign(of: World, foreign: Foreign): void {
  for (const [id, skills] of foreign) {
    const { a: _planned, ...rest } = of.listOf(id).skill;
    expect(rest).toEqual(Object.fromEntries(skills));
  }
}

function expectTold(of: World, event: MusterEvent): void {
  if (event.type !== 'decided') return;
  const now = of.listOf(event.userId).skill.a;
  if (event.outcome === 'applied' || event.outcome === 'unchanged') expect(now).toBe(60);
  if (event.outcome === 'failed') expect(now).toBe(10);
}

/** Stale and not-tried say that nothing was written. A refusal settles what came before it, so it may hide a write. */
function expectNoDenial(result: Result, story: Story, wrote: ReadonlySet<string>): void {
  const { users } = result;
  for (const { userId } of users.filter(({ outcome }) => /stale|not-tried/.test(outcome))) {
    const { faults } = story.people[Number(userId.slice(1))]?.script ?? { faults: [] };
    expect(wrote.has(userId) && !faults.includes('refuse')).toBe(false);
  }
}

async function liveWildly(story: Story, edits: readonly Hand[]): Promise<number> {
  const { provider, plan, wrote } = platform(story);
  const { edited, foreign } = handled(provider, edits);
  const listener = (event: MusterEvent) => expectTold(provider.world, event);
  let past: readonly JournalLine[] | undefined = [];
  let remembered = true;
  let kills = 0;
  for (const each of [...story.cuts, undefined]) {
    const given = { provider: edited, canary: story.canary, cut: each, past, listener };
    const { result, lines } = await live(plan, given);
    expectForeign(provider.world, foreign);
    if (result !== undefined) {
      expect(result.users).toHaveLength(story.people.length);
      if (result.stopped === undefined) expect(result.outcomes['not-tried']).toBe(0);
      if (remembered) expectNoDenial(result, story, wrote);
      break;
    }
    kills += 1;
    past = memoryOf(each?.forgotten === true ? [] : [...(past ?? []), ...lines]);
    remembered &&= past !== undefined;
  }
  return kills;
}
