/** A whole apply at the platform's pace: as fast as it allows, and never faster. */
import { expect, test } from 'vitest';
import { apply } from '../../../src/apply/apply.ts';
import { memoryJournal } from '../../../src/apply/journal-memory.ts';
import { pacesFor, USUAL_RATE } from '../../../src/providers/genesys/pace.ts';
import { planOf } from '../../apply/world.ts';
import { list, target } from '../../support/builders.ts';
import { type Call, entry, orgAnswering, person, type Reply, range, stand } from './support.ts';

const PEOPLE = 120;
const ids = range(PEOPLE).map((n) => `u${n}`);

/** Everybody has `a: 1` and a foreign `f: 2`; merges are remembered. */
function org(): (call: Call) => Reply {
  const skills = new Map(
    ids.map((id) => [
      id,
      new Map([
        ['a', 1],
        ['f', 2],
      ]),
    ]),
  );
  return (call) => {
    const [, id = ''] = /^\/users\/([^/]+)\/routingskills\/bulk$/.exec(call.path) ?? [];
    for (const { id: skill, proficiency } of call.method === 'PATCH' ? JSON.parse(call.body) : [])
      skills.get(id)?.set(skill, proficiency);
    if (call.method === 'PATCH') return { entities: [] };
    const entries = [...skills].map(([user, held]) => [
      user,
      [...held].map(([s, v]) => entry(s, v)),
    ]);
    const people = ids.map((user) => person({ id: user }));
    return orgAnswering({ people, skills: Object.fromEntries(entries) })(call);
  };
}

test.each([
  [1, USUAL_RATE],
  [4, 600],
])(
  'with %i tokens at %i a minute each, an apply takes its requests and 5 % at most',
  async (tokens, rate) => {
    const pace = pacesFor({ pace: {} }, tokens, rate);
    const { provider, calls, clock } = stand(org(), { tokens }, { pace });
    const plan = planOf(ids.map((id) => [target({ id, skills: { a: 3 } }), list({ a: 1, f: 2 })]));
    const start = clock.now();
    const result = await apply(plan, {
      provider,
      clock,
      journal: memoryJournal(),
      listener: () => undefined,
      run: { id: 'r1' },
    });
    expect(result.outcomes.applied).toBe(PEOPLE);
    expect(calls).toHaveLength(3 * PEOPLE);
    const least = (calls.length / (rate * tokens)) * 60_000;
    const took = clock.now() - start;
    expect(took).toBeLessThan(least * 1.05);
    // Ten may go at once after a rest.
    expect(took).toBeGreaterThan(least - (10 / (rate * tokens)) * 60_000 - 1);
  },
);
