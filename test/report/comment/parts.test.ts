/** The corners of a section: what is shown only sometimes. */
import { expect, test } from 'vitest';
import type { DesiredUser } from '../../../src/model/desired.ts';
import { comment } from '../../../src/report/comment/comment.ts';
import { dayWords } from '../../../src/report/comment/day.ts';
import { fitted } from '../../../src/report/comment/fit.ts';
import type { CommentInput, PlannedOrg } from '../../../src/report/comment/input.ts';
import { splitOf } from '../../../src/report/comment/split.ts';
import { resultLines } from '../../../src/report/comment/state-words.ts';
import { change, finding, held, outcome, place, result, user } from '../builders.ts';
import { input, type OrgWords, org, type UserWords } from './world.ts';

const shown = (one: PlannedOrg, over: Partial<CommentInput> = {}) =>
  comment(input([one], over)).body;
const numbers = (size: number) => Array.from({ length: size }, (_, at) => at);
const people = (size: number, words: (at: number) => UserWords = () => ({})) =>
  Object.fromEntries(numbers(size).map((at) => [`k${at}`, words(at)]));
const chat = (chain: readonly string[] = []) => change({ name: 'Chat', chain });

/** An org in which somebody's own entry is as `over` says, before and after. */
function differing(before: Partial<DesiredUser>, after: Partial<DesiredUser>): PlannedOrg {
  const made = org({
    head: { ana: { skills: { Spanish: 60 } } },
    users: [user('ana', [change()])],
  });
  const side = (state: PlannedOrg['head'], over: Partial<DesiredUser>) => ({
    ...state,
    users: new Map([...state.users].map(([key, one]) => [key, { ...one, ...over }] as const)),
  });
  return { ...made, head: side(made.head, after), base: side(made.head, before) };
}

const source = { ...place(), chain: [] };
const absent = {
  skill: new Map([['Spanish', { state: 'absent', source } as const]]),
  language: new Map(),
};
const none = { skill: new Map(), language: new Map() };

test.each([
  ['the same', {}, {}, 0],
  ['another ownership', {}, { ownership: 'complete' }, 1],
  ['released before', { released: true }, {}, 1],
  ['another state', { wants: absent }, {}, 1],
  ['the same state, which is no value', { wants: absent }, { wants: absent }, 0],
  ['named in neither', { wants: none }, { wants: none }, 0],
] as const)('with %s, the pull request does so many of the changes', (_, before, after, mine) => {
  expect(splitOf(differing(before, after)).others).toHaveLength(mine);
});

test('without files to compare with, everything but drift is the doing of the pull request', () => {
  const made = org({
    head: { ana: {} },
    users: [
      user('ana', [chat(), change({ cause: 'drift' })]),
      user('gone', [chat()], { leaver: true }),
    ],
  });
  const split = splitOf({ ...made, base: undefined });
  expect([split.others.length, split.leavers.length, split.earlier.length]).toEqual([1, 1, 1]);
  expect(shown({ ...made, base: undefined })).toContain('- **ana**: + Chat 60');
  expect(splitOf(made).leavers).toEqual([]);
});

const group = (words: (at: number) => UserWords, size = 10, more: Partial<OrgWords> = {}) =>
  shown(
    org({
      base: {},
      head: people(size, words),
      users: numbers(9).map((at) => user(`k${at}`, [chat(['team a', 'team b'])])),
      ...more,
    }),
  );

test('a team is named only where all of it, but a few, have those changes', () => {
  expect(group(() => ({ teams: ['a'] }))).toContain('9 people of team a**, all but k9: + Chat 60');
  expect(group(() => ({ teams: ['a'] }), 9)).toContain('9 people of team a**: + Chat 60');
  expect(group(() => ({ teams: ['a'] }), 20)).toContain('**9 people**: + Chat 60');
  expect(group((at) => ({ teams: at < 5 ? ['a'] : [] }))).toContain('**9 people**: + Chat 60');
  expect(group(() => ({ teams: ['elsewhere'] }))).toContain('**9 people**: + Chat 60');
  expect(group(() => ({}), 0)).toContain('**9 people**: + Chat 60');
});

test('the largest group stands first, and many who share nothing are a table', () => {
  const users = numbers(30).map((at) =>
    user(`k${at}`, [
      change({ name: at < 3 ? 'A' : at < 7 ? 'B' : at < 10 ? 'C' : `Own ${at}` }),
      chat(),
    ]),
  );
  const text = shown(org({ base: {}, head: people(30), users }));
  expect(text.indexOf('**4 people**: + B')).toBeLessThan(text.indexOf('**3 people**: + A'));
  expect(text.indexOf('**3 people**: + A')).toBeLessThan(text.indexOf('**3 people**: + C'));
  expect(text).toContain('| k10 | + Own 10 60<br>+ Chat 60 |');
});

test('orgs with other changes are told each for itself', () => {
  const one = org({
    base: {},
    head: people(9),
    users: numbers(9).map((at) => user(`k${at}`, [chat()])),
  });
  const other = org({
    base: {},
    head: people(9),
    users: numbers(9).map((at) => user(`k${at}`, [change({ name: at < 5 ? 'Chat' : 'Sales' })])),
    plan: { org: 'us' },
  });
  expect(comment(input([one, other])).body).not.toContain('The same changes');
  const same = { ...one, plan: { ...one.plan, org: 'us' } };
  expect(comment(input([one, same])).body).toContain('The same changes as in `eu-prod`.');
});

test('what only the second of two orgs changes is told there', () => {
  const of = (size: number, name: string) =>
    org({
      base: {},
      head: people(40),
      users: numbers(size).map((at) => user(`k${at}`, [chat()])),
      plan: { org: name },
    });
  const text = comment(input([of(39, 'eu'), of(40, 'us')])).body;
  expect(text).toContain('Only here:\n\n- **k39**: + Chat 60');
});

test('whoever is released keeps what the files had given, by level where it had one', () => {
  const value = { state: 'value', proficiency: 5, level: 'expert', loan: false, source } as const;
  const wants = { skill: new Map([['Spanish', value]]), language: absent.skill };
  const made = differing({ wants }, { released: true, wants: none });
  const one = { ...made, plan: { ...made.plan, released: ['ana'] } };
  expect(shown(one)).toContain('- ana keeps Spanish expert, and whatever else there is');
  expect(shown(one, { proficiency: false })).toContain('- ana keeps Spanish, and whatever');
  expect(shown(one, { naming: 'count' })).toContain('- 1 person');
  const before = { ...one, base: one.head };
  expect(shown(before, { naming: 'count' })).toContain('- 1 person released before');
});

test('what comes next may be in another year, and of several people', () => {
  expect(dayWords('2027-01-01', '2026-12-31')).toBe('Fri 1 Jan 2027');
  const edge = (key: string) => ({
    day: '2027-01-01',
    edge: 'starts' as const,
    user: key,
    kind: 'skill' as const,
    name: 'Chat',
    place: place(),
  });
  const one = org({ head: { ana: {} }, users: [], plan: { upcoming: [edge('ana'), edge('ben')] } });
  expect(shown(one)).toContain('| Fri 1 Jan 2027 | Chat starts | ana and ben |');
  expect(shown(one, { naming: 'count' })).toContain('| 2 people |');
});

test('a finding of the whole, and files without an address, have no link', () => {
  const { place: _place, ...whole } = finding();
  const text = comment({ ...input([], { findings: [whole] }) }).body;
  expect(text).toContain('|  | error `skill-unknown`');
  const {
    links: _links,
    planUrl: _planUrl,
    ...bare
  } = input([org({ base: {}, head: { ana: {} }, users: [user('ana', [chat()])] })]);
  expect(comment(bare).body).toContain('- `rosters/a.yaml:12`: + Chat 60 (1 person)');
  expect(comment(bare).body).not.toContain('full plan');
  const many = org({
    base: {},
    head: {},
    users: numbers(200).map((at) => user(`k${at}`, [chat()])),
  });
  expect(comment({ ...bare, planned: [many], limit: 2000 }).body).toContain(
    '**Not everything is shown: it does not fit.** A part',
  );
});

test('ids that do not fit are cut like names, and counts are never cut', () => {
  const users = numbers(4000).map((at) => user(`key-${at}-of-many-more`, [chat()]));
  const one = org({ base: {}, head: {}, users });
  const cut = comment(input([one], { naming: 'id' }));
  expect(cut.review.truncated).toBe(true);
  expect(cut.body.length).toBeLessThanOrEqual(60_000);
  expect(comment(input([one], { naming: 'count' })).review.truncated).toBe(false);
});

test('what has no room for a single name of a change says how many there are', () => {
  const users = numbers(300).map((at) =>
    user(`k${at}`, [change({ name: `Skill ${at} ${'x'.repeat(300)}` })]),
  );
  const { body, review } = comment(input([org({ base: {}, head: {}, users })], { limit: 9000 }));
  expect(review.truncated).toBe(true);
  expect(body).toMatch(/\d+ changes more\*\* not named here/);
});

test('a part without ways is nothing, and one that cuts to all of it is whole', () => {
  const size = (text: string) => text.length;
  const long = { lines: ['x'.repeat(50)], whole: true };
  const parts = [
    { weight: 1, ways: [] },
    { weight: 2, ways: [() => long, () => long], cut: () => ({ lines: ['x'], whole: true }) },
    { weight: 3, ways: [() => long] },
  ];
  expect(
    fitted(parts, { limit: 60, size, widest: 1 }).map(({ lines }) => lines.join('').length),
  ).toEqual([0, 1, 50]);
});

test('a stopped run without an id, and a person held back, are told', () => {
  const partly = result([outcome('failed', { message: 'No.' })]);
  expect(resultLines(partly, undefined)[0]).toBe(
    '⚠️ **Partly applied.** Incomplete: 0 of 1 person applied, 1 failed.',
  );
});

test('when room is short, what stands beside the changes is told in a word each', () => {
  const users = numbers(200).map((at) => user(`k${at}`, [chat()]));
  const aside = {
    released: ['ben'],
    held: [held({ key: 'cem' })],
    findings: [finding({ severity: 'warning' })],
  };
  const text = shown(org({ base: {}, head: {}, users, plan: aside }), { limit: 2500 });
  expect(text).toContain('Released, no longer managed (1).');
  expect(text).toContain('Held back: 1 not-found.');
  expect(text).toContain('Findings (1): see the annotations.');
});

test('what was taken is told as far as it is known', () => {
  const gone = change({ action: 'remove' });
  expect(shown(org({ base: {}, head: {}, users: [user('ana', [gone])] }))).toContain(
    '**ana**: - Spanish\n',
  );
});

test('where the lowest is best, the direction is told', () => {
  const better = change({ action: 'change', before: 12, after: 3, level: 'expert' });
  const one = org({
    base: {},
    head: {},
    users: [user('ana', [better])],
    plan: { platform: 'cxone' },
  });
  expect(shown(one)).toContain('**ana**: ~ Spanish 12 → 3 (expert, better)');
});
