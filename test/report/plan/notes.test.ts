import { expect, test } from 'vitest';
import { keyed } from '../../../src/model/assignment.ts';
import type { Cause, Plan, RunScope } from '../../../src/model/plan.ts';
import { planNotes } from '../../../src/report/plan/notes.ts';
import { change, held, plan, point, settles, user } from '../builders.ts';

const FIRST = 'There is no base yet: what left the files cannot be told from foreign, and is kept.';
const COUNTS = '0 people to change, 0 held, 0 released, 0 foreign assignments kept.';
const MADE = 'For eu-prod (admin) on 2026-11-23.';

/** The notes that not every plan has. */
function notes(over: Partial<Plan>, ...people: (readonly Cause[])[]): string[] {
  const users = people.map((causes, at) =>
    user(
      `user-${at}`,
      causes.map((cause, index) => change({ cause, name: `skill-${index}` })),
    ),
  );
  return planNotes(plan(users, over)).slice(1, -1);
}

test('counts come first, and where and when the plan is for last', () => {
  expect(planNotes(plan([]))).toEqual([COUNTS, MADE]);
});

test('one is one', () => {
  const { totals } = plan([]);
  const [first] = planNotes(plan([], { totals: { ...totals, people: 1, foreignKept: 1 } }));
  expect(first).toBe('1 person to change, 0 held, 0 released, 1 foreign assignment kept.');
});

test('an incomplete read and the end of the plan are told', () => {
  const live = { complete: false, why: 'The platform hides 3 agents.' };
  expect(planNotes(plan([], { live, validUntil: '2026-11-28' }))).toEqual([
    COUNTS,
    'Not everything live is shown, so nothing is removed. The platform hides 3 agents.',
    'For eu-prod (admin) on 2026-11-23; on 2026-11-28 a window starts or ends: plan again from then on.',
  ]);
});

test('changes are counted by cause where there is more than one, always in the same order', () => {
  expect(notes({}, ['drift', 'git'], ['git', 'git'])).toEqual(['By cause: 3 git, 1 drift.']);
  expect(notes({}, ['schedule', 'both'])).toEqual(['By cause: 1 both, 1 schedule.']);
  expect(notes({}, ['git', 'git'])).toEqual([]);
  expect(notes({})).toEqual([]);
});

test('without any base the plan says what it cannot know', () => {
  expect(notes({}, ['first', 'first'])).toEqual([FIRST]);
  expect(notes({}, ['first', 'git'])).not.toContain(FIRST);
  expect(notes({}, ['first'], ['git'])).not.toContain(FIRST);
});

test('outside git there is no base, whether or not anything changes', () => {
  expect(notes({ head: null })).toEqual(['Not in git: there is no base.']);
  expect(notes({ head: null }, ['first'])).toEqual([
    'Not in git: there is no base. What left the files cannot be told from foreign, and is kept.',
  ]);
});

test('with a ledger it counts the people who are in it for the first time', () => {
  const [, two] = notes({ ledger: 'c0ffee1' }, ['first', 'first'], ['git'], ['git', 'first']);
  expect(two).toBe(
    '2 people have never been verified: what left the files cannot be told from foreign for them, and is kept.',
  );
  expect(notes({ ledger: 'c0ffee1' }, ['first'])[0]).toMatch(/^1 person has never been verified: /);
  expect(notes({ ledger: 'c0ffee1' }, ['git'])).toEqual([]);
});

test.each<[RunScope, string]>([
  [{ changed: true }, 'to changed people'],
  [{ users: ['ana'] }, 'to user ana'],
  [{ users: ['ana', 'ben', 'cem'] }, 'to users ana, ben and cem'],
  [{ users: ['a', 'b', 'c', 'd', 'e'] }, 'to users a, b, c, d and e'],
  [{ users: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 'to users a, b, c, d, e and 2 more'],
  [{ teams: ['emea', 'apac'] }, 'to teams emea and apac'],
  [{ causes: ['schedule'], at: 'base' }, "to cause schedule and to the base's files"],
  [
    { changed: true, users: ['ana'], teams: ['emea'], causes: ['git', 'both'], at: 'base' },
    "to changed people, to user ana, to team emea, to causes git and both and to the base's files",
  ],
])('narrowed by %j', (scope, words) => {
  expect(notes({ scope })).toEqual([`Narrowed ${words}.`]);
});

/** Of files that differ from the commit; `ids` are left open. */
function dirty(ids: readonly string[], over: Partial<Plan> = {}): string[] {
  const left = keyed(ids.map((id) => [id, id]));
  return notes({ settles: settles({ point: point({ tree: '7ree' }), left }), ...over });
}

test('files that differ from the commit leave the people concerned open', () => {
  const stays = 'The files differ from the commit: the';
  expect(dirty(['u1', 'u2'])).toEqual([`${stays} 2 people concerned stay open in the ledger.`]);
  expect(dirty(['u1'])).toEqual([`${stays} 1 person concerned stays open in the ledger.`]);
  expect(dirty([])).toEqual(['The files differ from the commit.']);
});

test('who is held, or not on the platform, is not open because of the files', () => {
  const one = held({ userId: 'u2', reason: 'unread' });
  expect(dirty(['u1', 'u2', 'key:gone'], { held: [one, held()] })[0]).toContain('the 1 person');
});

test('with causes left out, people are left open for those too, and are not counted', () => {
  expect(dirty(['u1'], { scope: { causes: ['git'] } })).toEqual([
    'Narrowed to cause git.',
    'The files differ from the commit: the people concerned stay open in the ledger.',
  ]);
});

test('a plan outside git settles nothing', () => {
  expect(notes({ settles: settles({ point: null }) })).toEqual([]);
});
