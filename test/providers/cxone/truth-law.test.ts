/**
 * Whole applies on a tenant that fails, lags, lies low and turns out to replace, while people edit by hand: what was told
 * is true, nobody has less than either list at any moment, and nothing that no plan names is changed by anybody but people.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { apply } from '../../../src/apply/apply.ts';
import { memoryJournal } from '../../../src/apply/journal-memory.ts';
import { fits, isHeld, type Value } from '../../../src/model/assignment.ts';
import type { MusterEvent } from '../../../src/model/event.ts';
import type { Plan, PlannedUser } from '../../../src/model/plan.ts';
import type { Result } from '../../../src/model/result.ts';
import { list, planOf, target } from '../../support/builders.ts';
import { law } from '../../support/laws.ts';
import {
  active,
  asleep,
  type Call,
  type Row,
  rowsOf,
  stand,
  type Tenant,
  tenant,
  truth,
} from './support.ts';

const PLANNED = ['101', '102', '103'];
const FOREIGN = ['104', '105'];
const PEOPLE = ['7', '8', '9', '10', '11'];

const proficiency = fc.integer({ min: 1, max: 20 });
const row: fc.Arbitrary<Row> = fc.oneof(
  { weight: 3, arbitrary: proficiency.map(active) },
  { weight: 1, arbitrary: proficiency.map(asleep) },
);
const rows = (ids: readonly string[]) => fc.dictionary(fc.constantFrom(...ids), row);
const person = fc.record({
  planned: rows(PLANNED),
  foreign: rows(FOREIGN),
  wants: fc.dictionary(
    fc.constantFrom(...PLANNED),
    fc.oneof(proficiency, fc.constant('absent' as const)),
  ),
});

/** What becomes of the n-th request. `late`: done all the same. */
const trouble = fc.record({
  nth: fc.nat(40),
  kind: fc.constantFrom('status', 'late', 'reset', 'reset-late', 'partial' as const),
  status: fc.constantFrom(400, 429, 500, 503),
});
/** Somebody's hand before the n-th request. */
const hand = fc.record({
  nth: fc.nat(40),
  who: fc.nat(PEOPLE.length - 1),
  id: fc.constantFrom(...FOREIGN),
  to: fc.option(row, { nil: undefined }),
});

const worlds = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: PEOPLE.length }),
  bulk: fc.constantFrom('auto' as const, 'never' as const, 'always' as const),
  troubles: fc.array(trouble, { maxLength: 6 }),
  hands: fc.array(hand, { maxLength: 6 }),
  replaces: fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    fc.record({
      POST: fc.constantFrom('merges' as const, 'replaces' as const),
      PUT: fc.constantFrom('replaces' as const, 'sleeps' as const),
    }),
  ),
});
type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;
type Hand = World['hands'][number];

function valueIn(row: Row | undefined): Value | undefined {
  if (row === undefined) return undefined;
  return row.isActive ? Number(row.proficiency) : { dormant: Number(row.proficiency) };
}

const values = (of: Tenant, id: string) =>
  Object.fromEntries(Object.entries(truth(of, id)).map(([skill, has]) => [skill, valueIn(has)]));

function planFor({ people }: World, of: Tenant): Plan {
  return planOf(
    people.map(({ wants }, n) => {
      const id = PEOPLE[n] as string;
      return [
        target({ id, skills: wants }),
        list(values(of, id) as Record<string, Value>),
      ] as const;
    }),
  );
}

/** What a foreign row has been, the oldest first. */
type Past = Record<string, (Row | undefined)[]>;

/** Somebody changes, adds or takes away a row that no file names. */
function edit(of: Tenant, byHand: ReadonlyMap<string, Past>, { who, id, to }: Hand): void {
  const agentId = PEOPLE[who] as string;
  const past = byHand.get(agentId);
  if (past === undefined) return;
  if (to === undefined) of.rows.get(agentId)?.delete(id);
  else of.rows.get(agentId)?.set(id, to);
  past[id]?.push(to);
}

/** A tenant to whom all of that happens, and what people have made of the foreign rows. */
function troubled({ people, troubles, hands, replaces }: World) {
  const lists = people.map(({ planned, foreign }, n) => [PEOPLE[n], { ...planned, ...foreign }]);
  const of = tenant({
    agents: PEOPLE.map((id) => ({ agentId: Number(id), isActive: true })),
    rows: rowsOf(Object.fromEntries(lists)),
    manners: replaces,
  });
  const byHand = new Map(
    people.map(({ foreign }, n) => {
      const past: Past = Object.fromEntries(FOREIGN.map((id) => [id, [foreign[id]]]));
      return [PEOPLE[n] as string, past];
    }),
  );
  let nth = -1;
  // What is made good after a call that replaces must not look like somebody's doing, nor fail.
  let calm = Object.keys(replaces).length > 0;
  of.intercept = (call) => {
    nth += 1;
    if (calm) return undefined;
    for (const one of hands) if (one.nth === nth) edit(of, byHand, one);
    return struck(
      troubles.find((one) => one.nth === nth),
      call,
      of,
    );
  };
  return { of, byHand, calm: () => (calm = true) };
}

function struck(one: { kind: string; status: number } | undefined, call: Call, of: Tenant) {
  if (one === undefined) return undefined;
  const { kind, status } = one;
  if (kind === 'status') return status;
  if (kind === 'reset') return new TypeError('reset');
  if (kind === 'partial' || call.method === 'GET') {
    of.refused.clear();
    if (kind === 'partial') for (const id of PEOPLE) of.refused.add(`${id} 101`);
    return undefined;
  }
  return { late: kind === 'late' ? status : new TypeError('reset') };
}

function expectTold(plan: Plan, of: Tenant, event: MusterEvent): void {
  if (event.type !== 'decided') return;
  const user = plan.users[event.userId] as PlannedUser;
  const now = values(of, event.userId);
  const reads = (wanted: Readonly<Record<string, Value>>) =>
    user.changes.every(({ id }) => fits(now[id], wanted[id]));
  const who = `${event.userId} ${event.outcome}`;
  if (event.outcome === 'applied' || event.outcome === 'unchanged')
    expect(reads(user.after.skill), who).toBe(true);
  if (event.outcome === 'failed') expect(reads(user.before.skill), who).toBe(true);
}

/** Whoever holds a skill before and after holds it all the time. */
function expectHeld(plan: Plan, of: Tenant): void {
  for (const { userId, before, after } of Object.values(plan.users)) {
    const now = values(of, userId);
    for (const [id, old] of Object.entries(before.skill)) {
      if (isHeld(old) && isHeld(after.skill[id]) && PLANNED.includes(id))
        expect(isHeld(now[id]), `${userId} ${id}`).toBe(true);
    }
  }
}

/**
 * Foreign rows are as people left them. What somebody takes from the very agent a call is tried out on is taken for that
 * call's doing, and put back: then the run has stopped, if not for another loss before.
 */
function expectForeign(of: Tenant, byHand: ReadonlyMap<string, Past>, { stopped }: Result): void {
  const restored = /write-replaces|carried-lost/.test(stopped?.code ?? '');
  for (const [id, past] of byHand) {
    const now = truth(of, id);
    for (const [skill, rows] of Object.entries(past))
      expect(restored ? rows : rows.slice(-1), `${id} ${skill}`).toContainEqual(now[skill]);
  }
}

async function applied(plan: Plan, stood: ReturnType<typeof stand>): Promise<Result> {
  return apply(plan, {
    provider: stood.provider,
    clock: stood.clock,
    run: { id: 'r' },
    journal: memoryJournal(),
    listener: (event) => expectTold(plan, stood.of, event),
    patienceMs: 5_000,
  });
}

const seen = { stopped: 0, applied: 0, other: 0 };

law(
  'whatever goes wrong on CXone, what is told is true, nobody is short of anything, and nothing foreign is touched',
  fc.asyncProperty(worlds, async (world) => {
    const { of, byHand, calm } = troubled(world);
    const replaces = Object.keys(world.replaces).length > 0;
    const plan = planFor(world, of);
    const settings = { bulk: world.bulk, bulkThreshold: 2, bulkChunk: 3 };
    const stood = stand(of, settings, (call) => {
      // A call that replaces is made good only after it was seen to.
      if (!replaces && call.method !== 'GET') expectHeld(plan, of);
    });
    const result = await applied(plan, stood);
    expectForeign(of, byHand, result);
    expectHeld(plan, of);
    if (result.stopped?.code === 'write-replaces') seen.stopped += 1;
    else if (result.outcomes.applied === plan.totals.people) seen.applied += 1;
    else seen.other += 1;
    if (replaces) return;
    calm();
    of.refused.clear();
    const again = planFor(world, of);
    const second = await applied(again, stand(of, settings));
    expect(second.outcomes.applied).toBe(again.totals.people);
    expect(planFor(world, of).users).toEqual({});
  }),
  { after: () => expect(Math.min(...Object.values(seen))).toBeGreaterThan(50) },
);
