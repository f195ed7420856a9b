import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dormant } from '../../../src/model/assignment.ts';
import { columns } from '../../../src/report/columns.ts';
import { planText } from '../../../src/report/plan/text.ts';
import { change, fullPlan, held, PLAIN, place, plan, user, verdict } from '../builders.ts';

test('every part of a plan, at 80 columns', () => {
  expect(planText(fullPlan(), PLAIN)).toMatchInlineSnapshot(`
    "Ana Ruiz <ana@example.com>
      ~ Billing             40 -> 90 (expert)         git       rosters/a.yaml:12
          through team emea-billing, profile billing-l2
      - Chat                20                        drift     rosters/a.yaml:12
      + Spanish             60                        git       rosters/a.yaml:12
      + Spanish (language)  4                         schedule  rosters/a.yaml:12

    cem@example.com
      ~ Retention           {"proficiency":null} -> 60
          both rosters/a.yaml:12

    Left the files (1): what the files had given them is taken back

    bob@example.com
      - Refunds             60                        git       rosters/old.yaml:4
          through team emea-billing

    Held people (1)
      ben@example.com  not-found  rosters/a.yaml:3
        Nobody on the platform has this key.
        hint: correct the key, or remove the entry.

    Held assignments (1)
      ana@example.com: French (language)  loan-no-return  rosters/a.yaml:3
        The entry would end on a live value that no file declares.
        hint: correct the key, or remove the entry.

    Released (2): no longer managed, they keep what they have
      dan@example.com, eva@example.com

    Starts or ends within 14 days
      2026-11-28  ends    Refunds  ana@example.com  rosters/a.yaml:20

    Findings (1)
      warning[name-renamed] rosters/a.yaml:12:7  docs/findings.md#name-renamed
        The skill was renamed.

    Refused by guards
      removals: 12 of 20 assignments would go.
        hint: If this is meant: --allow removals --reason "..."

    Plan: 2 to add, 2 to change, 2 to destroy.
    3 people to change, 2 held, 2 released, 0 foreign assignments kept.
    By cause: 3 git, 1 drift, 1 both, 1 schedule.
    For eu-prod (admin) on 2026-11-23; on 2026-11-28 a window starts or ends: plan
    again from then on.
    "
  `);
});

test('on a scale whose best is its lowest, better and worse are said; what is dormant is called so', () => {
  const changes = [
    change({ name: 'Billing', action: 'change', before: 12, after: 3, level: 'expert' }),
    change({ name: 'Chat', action: 'change', before: 3, after: 4 }),
    change({ name: 'Refunds', action: 'change', before: { proficiency: null }, after: 1 }),
    change({ name: 'Spanish', before: dormant(4), after: 2 }),
    change({ name: 'VIP', action: 'remove', before: 2, after: dormant({ proficiency: null }) }),
  ];
  const text = planText(plan([user('ana', changes)], { platform: 'cxone' }), PLAIN);
  expect(text.split('\n').filter((line) => /^ {2}[-+~]/.test(line))).toEqual([
    '  ~ Billing  12 -> 3 (expert, better)',
    '  ~ Chat     3 -> 4 (worse)',
    '  ~ Refunds  {"proficiency":null} -> 1',
    '  + Spanish  4 (dormant) -> 2',
    '  - VIP      2 -> {"proficiency":null} (dormant)',
  ]);
});

test('with room, the chain stands beside the place', () => {
  const chain = ['team emea'];
  const text = planText(plan([user('ana', [change({ chain })])]), { color: false, width: 100 });
  expect(text).toContain('  + Spanish  60  git  rosters/a.yaml:12 through team emea\n');
});

test('a chain that fits under the place stands there, and a longer one under the name', () => {
  const lines = (...chain: string[]) =>
    planText(plan([user('ana', [change({ chain })])]), PLAIN)
      .split('\n')
      .slice(1, 3);
  expect(lines('team emea-billing', 'profile billing-l2')).toEqual([
    '  + Spanish  60  git  rosters/a.yaml:12',
    '                      through team emea-billing, profile billing-l2',
  ]);
  expect(lines('team emea-billing', 'profile billing-l2', 'profile base')[1]).toBe(
    '      through team emea-billing, profile billing-l2, profile base',
  );
});

test('when one place of a person has no room at the right, all of that person stand below', () => {
  const far = { ...place(`rosters/${'x'.repeat(50)}.yaml`), chain: ['team a'] };
  const text = planText(
    plan([user('ana', [change(), change({ name: 'Chat', source: far })]), user('ben', [change()])]),
    PLAIN,
  );
  expect(text.split('\n').slice(0, 9)).toEqual([
    'ana',
    '  + Spanish  60',
    '      git rosters/a.yaml:12',
    '  + Chat     60',
    `      git rosters/${'x'.repeat(50)}.yaml:12`,
    '      through team a',
    '',
    'ben',
    '  + Spanish  60  git  rosters/a.yaml:12',
  ]);
});

test('people stand by key, and by id where two share one', () => {
  const people = ['c', 'a', 'b'].map((id) =>
    user(id === 'c' ? 'a' : 'z', [change()], { userId: id, name: id }),
  );
  const headers = planText(plan(people), PLAIN).match(/^\w <.*$/gm);
  expect(headers).toEqual(['c <a>', 'a <z>', 'b <z>']);
});

test('people who left the files stand after all others, in columns with them', () => {
  const leaver = (key: string) =>
    user(key, [change({ name: 'A', action: 'remove', before: 1 })], { leaver: true });
  const text = planText(plan([leaver('b'), user('z', [change()]), leaver('a')]), PLAIN);
  expect(text.split('\n').slice(0, 9)).toEqual([
    'z',
    '  + Spanish  60  git  rosters/a.yaml:12',
    '',
    'Left the files (2): what the files had given them is taken back',
    '',
    'a',
    '  - A        1   git  rosters/a.yaml:12',
    '',
    'b',
  ]);
});

test('colour changes nothing but the colour, and leaves the first line of the summary alone', () => {
  const painted = planText(fullPlan(), { color: true, width: 80 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is looked for
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(planText(fullPlan(), PLAIN));
  expect(painted).toContain('\n\nPlan: 2 to add, 2 to change, 2 to destroy.\n');
  expect(painted).toContain('\u001b[32m+\u001b[39m Spanish');
});

test('a plan of nothing says so and names the org', () => {
  expect(planText(plan([]), PLAIN)).toBe(
    [
      'No changes. Live skills match the files.',
      '0 people to change, 0 held, 0 released, 0 foreign assignments kept.',
      'For eu-prod (admin) on 2026-11-23.',
      '',
    ].join('\n'),
  );
});

test('a place without room at the right stands below', () => {
  const far = `rosters/${'x'.repeat(60)}.yaml`;
  const text = planText(plan([], { held: [held({ place: place(far, 3) })] }), PLAIN);
  expect(text).toContain(`  ben@example.com  not-found\n    ${far}:3\n    Nobody`);
});

test('passed guards are not mentioned', () => {
  const guards = [verdict('removals', { passed: true })];
  expect(planText(plan([], { guards }), PLAIN)).not.toContain('guard');
});

test('no name, place or message reaches the terminal as more than text', () => {
  const evil = fc.constantFrom(
    '\u001b[2J',
    '\u009b2J',
    '\u202e',
    '\r',
    '\n+ Admin   100',
    '\u0007',
  );
  fc.assert(
    fc.property(evil, fc.string({ unit: 'binary' }), (bad, other) => {
      const name = `a${bad}${other}`;
      const left = user(`${name}2`, [change({ name })], { name, leaver: true });
      const ana = user(name, [change({ name, id: 'i', chain: [name], level: name })], { name });
      const text = planText(
        plan([ana, left], {
          scope: { users: [name], teams: [name] },
          held: [held({ key: name, message: name, place: place(name) })],
          released: [name],
          findings: [{ code: name, severity: 'warning', message: name, hint: name }],
          guards: [verdict(name, { message: name, hint: name })],
        }),
        PLAIN,
      );
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(text).not.toMatch(/^\+/m);
    }),
  );
});

test('with ordinary names no line is wider than the page', () => {
  for (const width of [80, 100]) {
    for (const line of planText(fullPlan(), { color: false, width }).split('\n')) {
      expect(columns(line)).toBeLessThanOrEqual(width);
    }
  }
});
