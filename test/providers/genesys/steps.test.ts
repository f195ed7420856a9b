/** The law of the steps: whatever the lists are, they lead from one to the other, and never through less than either. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Assignments,
  canonical,
  dormant,
  dormantValue,
  KINDS,
  type Kind,
  keyed,
  type Value,
} from '../../../src/model/assignment.ts';
import { stepsFor } from '../../../src/providers/genesys/steps.ts';

type Step = ReturnType<typeof stepsFor>[number];
type Held = { [K in Kind]: Map<string, Value> };

/** What the platform makes of a call; what a list that replaces does not say is gone, state and all. */
function perform({ use, request }: Step, held: Held): void {
  const last = decodeURIComponent(request.path.split('/').at(-1) ?? '');
  const list = held[use];
  if (request.method === 'DELETE') return void list.delete(last);
  const body = JSON.parse(request.body?.text ?? '');
  if (last !== 'bulk') {
    const { id, proficiency, state } = body;
    return void list.set(id, state === 'inactive' ? dormant(proficiency) : proficiency);
  }
  expect(body.length).toBeLessThanOrEqual(50);
  if (request.method === 'PUT') list.clear();
  for (const { id, proficiency } of body) list.set(id, proficiency);
}

const number = fc.double({ min: 0, max: 5, noNaN: true }).map((value) => value + 0);
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 1, arbitrary: number.map(dormant) },
);
const foreign: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: value },
  { weight: 1, arbitrary: fc.constantFrom<Value>({ state: 'active' }, -1, 7.5) },
);

/** A list before and after: some ids go, some come, some change, the others stay, odd ones among them. */
const pair = fc
  .array(
    fc.record({
      before: fc.option(foreign, { nil: undefined }),
      fate: fc.constantFrom('stay', 'stay', 'change', 'go'),
      next: value,
    }),
    { maxLength: 45 },
  )
  .map((entries) => {
    const [before, after] = [keyed<Value>(), keyed<Value>()];
    for (const [n, { before: old, fate, next }] of entries.entries()) {
      const id = `id/${n}`;
      if (old !== undefined) before[id] = old;
      const isNew = old === undefined && fate !== 'go';
      if (fate === 'change' || isNew) after[id] = dormantValue(next) && isNew ? 3 : next;
      else if (fate === 'stay' && old !== undefined) after[id] = old;
    }
    return { before, after };
  });

const asList = (held: Held): Assignments => ({
  skill: keyed(held.skill),
  language: keyed(held.language),
});

test('they lead from the one to the other, and what both have is there all the way', () => {
  fc.assert(
    fc.property(pair, pair, (skill, language) => {
      const before = { skill: skill.before, language: language.before };
      const after = { skill: skill.after, language: language.after };
      const held: Held = {
        skill: new Map(Object.entries(before.skill)),
        language: new Map(Object.entries(before.language)),
      };
      for (const step of stepsFor({ userId: 'u1', before, after })) {
        perform(step, held);
        for (const kind of KINDS)
          for (const id of Object.keys(before[kind]))
            if (id in after[kind]) expect(held[kind].has(id), `${kind} ${id}`).toBe(true);
      }
      expect(canonical(asList(held))).toBe(canonical(after));
    }),
    { numRuns: 500 },
  );
});
