import fc from 'fast-check';
import { expect } from 'vitest';
import { type Assignments, isHeld } from '../../../src/model/assignment.ts';
import { type GuardInput, judge } from '../../../src/plan/guards/judge.ts';
import { law } from '../../support/laws.ts';
import { anyGuards, anyInput, idsOf, NOON } from './world.ts';

const failing = (input: GuardInput) =>
  judge(input)
    .filter(({ passed }) => !passed)
    .map(({ guard }) => guard);

const passes = (input: GuardInput, guard: string) =>
  judge(input).find((verdict) => verdict.guard === guard)?.passed ?? true;

/** The skills somebody truly has: nobody holds what is dormant. */
const skillsOf = (list: Assignments) =>
  Object.fromEntries(Object.entries(list.skill).filter(([, value]) => isHeld(value)));

/** The same input with one guard's limits, and every number that counts, worked out the long way. */
function numbersOf({ diffs, live, desired }: GuardInput) {
  const known = [...live.users.values()].filter(({ list }) => list.proven);
  const changes = diffs.flatMap((diff) => diff.changes);
  const removed = changes.filter(({ action }) => action === 'remove');
  const assigned = known.reduce(
    (sum, { list }) => sum + (list.proven ? Object.keys(skillsOf(list.assignments)).length : 0),
    0,
  );
  const holders = (id: string) =>
    known.filter(
      ({ person, list }) => person.active && list.proven && id in skillsOf(list.assignments),
    ).length;
  const leavers = diffs.filter(({ leaver }) => leaver).length;
  const lost = ['a', 'a2', 'b', 'c'].map(
    (id) => [removed.filter((change) => change.id === id).length, holders(id)] as const,
  );
  return { removed: removed.length, assigned, leavers, lost, people: desired + leavers };
}

const above = (part: number, whole: number, limit: { percent: number; count: number }) =>
  part > limit.count && part / whole > limit.percent / 100 + 1e-9;

law(
  'no guard that counts passes above its limits, and none refuses below them',
  fc.property(anyInput, (input) => {
    const { removed, assigned, leavers, lost, people } = numbersOf(input);
    for (const { removals, users, leavers: left, skill } of input.guards.slice(0, 1)) {
      const one = { ...input, guards: input.guards.slice(0, 1) };
      const whole = !input.narrowed;
      const over = {
        removals:
          removed > removals.max ||
          (whole ? above(removed, assigned, removals) : removed > removals.count),
        users: whole ? above(input.diffs.length, people, users) : input.diffs.length > users.count,
        leavers: leavers > left.count || (input.desired === 0 && leavers > 0),
        skill: lost.some(([part, all]) => (whole ? above(part, all, skill) : part > skill.count)),
      };
      for (const [guard, exceeded] of Object.entries(over))
        expect([guard, passes(one, guard)]).toEqual([guard, !exceeded]);
    }
  }),
);

law(
  'no plan that passes takes a covered skill below what is needed, or makes a shortage worse',
  fc.property(anyInput, (input) => {
    fc.pre(passes(input, 'coverage'));
    const after = new Map(input.diffs.map((diff) => [diff.userId, diff.after]));
    for (const { skill, users, atLeast } of input.guards.flatMap(({ coverage }) => coverage)) {
      const sign = input.better === 'high' ? 1 : -1;
      const least = atLeast ? atLeast.proficiency * sign : Number.NEGATIVE_INFINITY;
      const holding = (planned: boolean) =>
        [...input.live.users].filter(([id, { person, list }]) => {
          if (!person.active || !list.proven) return false;
          const held = skillsOf((planned && after.get(id)) || list.assignments);
          return idsOf(skill).some((each) => each in held && Number(held[each]) * sign >= least);
        }).length;
      expect(holding(true)).toBeGreaterThanOrEqual(Math.min(users, holding(false)));
    }
  }),
);

law(
  'no plan that passes touches what is protected, makes anybody break a rule, or ignores a doubt',
  fc.property(anyInput, (input) => {
    const changes = input.diffs.flatMap((diff) => diff.changes);
    const all = input.guards;
    const users = all.flatMap((guards) => guards.protected.users);
    const skills = all.flatMap((guards) => guards.protected.skills);
    const touched =
      input.diffs.some(({ key }) => users.includes(key)) ||
      changes.some(({ name }) => skills.includes(name));
    expect(passes(input, 'protected')).toBe(!touched);
    expect(passes(input, 'base')).toBe(input.doubts.length === 0);
    const frozen = all
      .flatMap(({ freeze }) => freeze)
      .some(({ from, until }) => from <= NOON && NOON < until);
    expect(passes(input, 'freeze')).toBe(!frozen || input.diffs.length === 0);
    const has = (list: object, name: string) => idsOf(name).some((id) => id in list);
    const kept = all
      .flatMap(({ rules }) => rules)
      .every(({ holds, must, mustNot }) => {
        const breaks = (list: object) =>
          has(list, holds) &&
          ((must !== undefined && !has(list, must)) ||
            (mustNot !== undefined && has(list, mustNot)));
        return input.diffs.every(
          (diff) => breaks(skillsOf(diff.before)) || !breaks(skillsOf(diff.after)),
        );
      });
    expect(passes(input, 'rules')).toBe(kept);
  }),
);

law(
  'the stricter of two is never looser than either',
  fc.property(anyInput, anyGuards, anyGuards, (input, a, b) => {
    const both = new Set(failing({ ...input, guards: [a, b] }));
    for (const one of [a, b])
      for (const guard of failing({ ...input, guards: [one] })) expect(both).toContain(guard);
  }),
);

law(
  'a narrowed plan is never judged more mildly by counts than a whole one',
  fc.property(anyInput, (input) => {
    const whole = failing({ ...input, narrowed: false });
    const narrowed = failing({ ...input, narrowed: true });
    expect(narrowed).toEqual(expect.arrayContaining(whole));
  }),
);

law(
  'the order of what is handed in does not matter',
  fc.property(anyInput, (input) => {
    const flipped: GuardInput = {
      ...input,
      guards: input.guards.toReversed().map((guards) => ({
        ...guards,
        coverage: guards.coverage.toReversed(),
        freeze: guards.freeze.toReversed(),
        rules: guards.rules.toReversed(),
        protected: {
          users: guards.protected.users.toReversed(),
          skills: guards.protected.skills.toReversed(),
        },
      })),
      diffs: input.diffs
        .toReversed()
        .map((diff) => ({ ...diff, changes: diff.changes.toReversed() })),
      live: { ...input.live, users: new Map([...input.live.users].toReversed()) },
      looked: new Set([...input.looked].toReversed()),
      doubts: input.doubts.toReversed(),
      idsOf: (name) => input.idsOf(name).toReversed(),
    };
    expect(judge(flipped)).toEqual(judge(input));
  }),
);
