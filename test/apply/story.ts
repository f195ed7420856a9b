/** Stories of a run that goes wrong: what becomes of each write, who edits by hand, and where the run is cut. */
import fc from 'fast-check';
import type { World } from '../../src/providers/memory/world.ts';
import type { Cut } from './mortal.ts';
import { world } from './world.ts';

export type Fault = 'refuse' | 'lost' | 'took-effect' | 'not-sent';
export type Script = { readonly faults: readonly Fault[]; readonly ever?: Fault };
/** What somebody did by hand between the plan and the run. */
type Edit = 'none' | 'planned' | 'done' | 'foreign' | 'dropped';

export interface Story {
  readonly people: readonly { readonly script: Script; readonly edit: Edit }[];
  readonly size: number;
  readonly lanes: number;
  readonly lagReads: number;
  readonly canary: number;
  /** After each cut: is the journal still there, and who is given a foreign skill by hand before the run goes on? */
  readonly cuts: readonly (Cut & { readonly forgotten: boolean; readonly gains: number })[];
}

export const cut = fc.record({
  where: fc.constantFrom('line' as const, 'write' as const),
  at: fc.integer({ min: 1, max: 12 }),
  kept: fc.boolean(),
  forgotten: fc.boolean(),
  gains: fc.nat(5),
});

const times = (faults: readonly Fault[], fault: Fault) => faults.filter((f) => f === fault).length;

/** Faults that a run outlives: no more of a kind than it is patient with. */
const passing = fc
  .array(fc.constantFrom<Fault>('lost', 'took-effect', 'not-sent'), { maxLength: 4 })
  .filter((faults) => times(faults, 'lost') <= 2)
  .map((faults): Script => ({ faults }));

const lasting = fc.constantFrom<Script>(
  { faults: [], ever: 'refuse' },
  { faults: [], ever: 'lost' },
  { faults: ['lost'], ever: 'refuse' },
);

export const stories: fc.Arbitrary<Story> = fc.record({
  people: fc.array(
    fc.record({
      script: fc.oneof({ weight: 4, arbitrary: passing }, { weight: 1, arbitrary: lasting }),
      edit: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Edit>('none') },
        { weight: 1, arbitrary: fc.constantFrom<Edit>('planned', 'done', 'foreign', 'dropped') },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  size: fc.integer({ min: 1, max: 3 }),
  lanes: fc.integer({ min: 1, max: 2 }),
  lagReads: fc.nat(1),
  canary: fc.oneof(fc.constant(0), fc.nat(3)),
  cuts: fc.array(cut, { minLength: 1, maxLength: 3 }),
});

export function platform({ people, size, lanes, lagReads }: Story) {
  const ids = people.map((_, n) => `u${n}`);
  const sends = new Map<string, number>();
  /** Whom a write took effect on. */
  const wrote = new Set<string>();
  const made = world(ids, {
    lagReads,
    batching: () => ({ size, lanes }),
    fault: (id) => {
      const script = people[Number(id.slice(1))]?.script;
      const nth = sends.get(id) ?? 0;
      sends.set(id, nth + 1);
      const fault = script?.faults[nth] ?? script?.ever;
      if (fault === undefined || fault === 'took-effect') wrote.add(id);
      return fault;
    },
  });
  for (const [n, { edit }] of people.entries()) edited(made.provider.world, `u${n}`, edit);
  return { ...made, wrote };
}

function edited(platformWorld: World, id: string, edit: Edit): void {
  const set = (skill: string, value: number | undefined) =>
    platformWorld.set(id, 'skill', { id: skill, value });
  if (edit === 'planned') set('a', 11);
  if (edit === 'done') set('a', 60);
  if (edit === 'foreign') set('g', 5);
  if (edit === 'dropped') set('f', undefined);
}

export function gain(platformWorld: World, story: Story, which: number, nth: number): void {
  if (which >= story.people.length) return;
  platformWorld.set(`u${which}`, 'skill', { id: `hand-${nth}`, value: 33 });
}

export const listsOf = (story: Story, of: World) =>
  story.people.map((_, n) => Object.entries(of.listOf(`u${n}`).skill).sort());
