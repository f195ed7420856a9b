import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CAUSES, type Plan } from '../../src/model/plan.ts';
import type { Result } from '../../src/model/result.ts';
import { anchor } from '../../src/report/html.ts';
import { planHtml } from '../../src/report/plan/html.ts';
import { planNotes } from '../../src/report/plan/notes.ts';
import { resultHtml } from '../../src/report/result/html.ts';
import { nextSteps, resultNotes, resultSummary } from '../../src/report/result/outcome.ts';
import { planSummary } from '../../src/report/summary.ts';
import {
  change,
  finding,
  fullPlan,
  held,
  outcome,
  place,
  plan,
  result,
  user,
  verdict,
} from './builders.ts';

/** What a reader sees: a line a block, without head and tags. */
function seen(page: string): string {
  return page
    .replace(/^.*?<body>/s, '')
    .replace(/<\/(td|th|dt)>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number)))
    .replace(/[ |]*\n+/g, '\n')
    .trim();
}

test('every part of a plan', () => {
  expect(
    seen(planHtml({ ...fullPlan(), orgId: 'tenant-1', ledger: 'c0ffee1' })),
  ).toMatchInlineSnapshot(`
    "muster plan: eu-prod, 2026-11-23
    Plan: 2 to add, 2 to change, 2 to destroy.
    3 people to change, 2 held, 2 released, 0 foreign assignments kept.
    By cause: 3 git, 1 drift, 1 both, 1 schedule.
    For eu-prod (admin) on 2026-11-23; on 2026-11-28 a window starts or ends: plan again from then on.
    Refused by guards 1
    People with removals 2
    People to change 2
    Left the files 1
    Held people 1
    Held assignments 1
    Released 2
    Starts or ends within 14 days 1
    Findings 1
    Refused by guards (1)
    Guard | Why | What to do
    removals | 12 of 20 assignments would go. | If this is meant: --allow removals --reason "..."
    People with removals (2)
    Ana Ruiz ana@example.com: Chat
    bob@example.com: Refunds
    People to change (2)
    Ana Ruiz ana@example.com 2 foreign assignments kept
    Action | Skill | Proficiency | Cause and source
    ~ | Billing | 40 → 90 (expert) | git rosters/a.yaml:12 through team emea-billing, profile billing-l2
    - | Chat | 20 | drift rosters/a.yaml:12
    + | Spanish | 60 | git rosters/a.yaml:12
    + | Spanish (language) | 4 | schedule rosters/a.yaml:12
    cem@example.com
    Action | Skill | Proficiency | Cause and source
    ~ | Retention | {"proficiency":null} → 60 | both rosters/a.yaml:12
    Left the files (1)
    What the files had given them is taken back.
    bob@example.com
    Action | Skill | Proficiency | Cause and source
    - | Refunds | 60 | git rosters/old.yaml:4 through team emea-billing
    Held people (1)
    Who | Why | What to do
    ben@example.com | not-found Nobody on the platform has this key. rosters/a.yaml:3 | correct the key, or remove the entry.
    Held assignments (1)
    What | Why | What to do
    ana@example.com: French (language) | loan-no-return The entry would end on a live value that no file declares. rosters/a.yaml:3 | correct the key, or remove the entry.
    Released (2)
    No longer managed, and keeping what they have: dan@example.com, eva@example.com
    Starts or ends within 14 days (1)
    Day | Who | What
    2026-11-28 | ana@example.com | Refunds ends rosters/a.yaml:20
    Findings (1)
    Finding | Why | What to do
    warning name-renamed | The skill was renamed. rosters/a.yaml:12
    How to read this page
    + ~ - | added, changed to another value, removed
    git | the files changed since they were last applied
    drift | the platform changed since then
    both | the files changed, and so did the platform, or a window began or ended
    schedule | a window began or ended
    first | the person was never verified: there is no base to compare with
    Digest | sha256:0000000000000000000000000000000000000000000000000000000000000000
    Review digest | sha256:0000000000000000000000000000000000000000000000000000000000000000
    Commit | 5ab9261
    Ledger | c0ffee1
    Tenant | tenant-1
    Made | 2026-11-23T21:00:00.000Z by muster 0.1.0"
  `);
});

test('every part of a result, the most pressing first', () => {
  const users = [
    outcome('applied', { name: 'Ana Ruiz' }),
    outcome('unchanged'),
    outcome('failed', { message: 'Refused.', hint: 'Mend it.', requestId: 'r-1' }),
    outcome('stale'),
    outcome('in-doubt', { message: 'No answer came.' }),
    outcome('not-tried', { key: 'x@example.com', message: 'The run stopped.' }),
    outcome('not-tried', { key: 'y@example.com', message: 'The run stopped.' }),
  ];
  const stopped = { code: 'forbidden', message: 'A scope is missing.', hint: 'Add it.' };
  const whole = result(users, { held: [held()], stopped });
  expect(seen(resultHtml(whole))).toMatchInlineSnapshot(`
    "muster result: eu-prod, 2026-11-23
    Incomplete: 1 of 7 people applied, 1 unchanged, 1 failed, 1 stale, 1 in doubt, 2 not tried.
    Of them 1 was already as planned: nothing was sent.
    For eu-prod (admin) on 2026-11-23.
    In doubt 1
    Stale 1
    Failed 1
    Not tried 2
    Applied 1
    Unchanged 1
    Held people 1
    Stopped
    forbidden A scope is missing. Add it.
    What to do next
    In doubt: their lists may or may not have been written. Look at muster status, then plan again: the plan reads them, and shows what is missing.
    Stale: somebody changed their lists after the plan was made. Plan again, and review it.
    Failed: mend what the reason names, then plan and apply again.
    Not tried: nothing was sent for them. Plan and apply again.
    In doubt (1)
    No answer came.
    in-doubt@example.com
    Stale (1)
    No reason was given.
    stale@example.com
    Failed (1)
    Refused. Mend it.
    failed@example.com request r-1
    Not tried (2)
    The run stopped.
    x@example.com
    y@example.com
    Applied (1)
    Ana Ruiz applied@example.com
    Unchanged (1)
    unchanged@example.com
    Held people (1)
    Who | Why | What to do
    ben@example.com | not-found Nobody on the platform has this key. rosters/a.yaml:3 | correct the key, or remove the entry.
    Plan | sha256:0000000000000000000000000000000000000000000000000000000000000000"
  `);
});

test('the words are those of the other formats', () => {
  const full = { ...fullPlan(), live: { complete: false } };
  for (const words of [planSummary(full.totals), ...planNotes(full)]) {
    expect(seen(planHtml(full))).toContain(words);
  }
  const done = result([outcome('applied'), outcome('stale')]);
  for (const words of [resultSummary(done), ...resultNotes(done), ...nextSteps(done)]) {
    expect(seen(resultHtml(done))).toContain(words);
  }
});

test('what the causes mean stands in the manual in the same words', () => {
  const manual = readFileSync('docs/plan.md', 'utf8');
  const [, reading = ''] = seen(planHtml(fullPlan())).split('How to read this page\n');
  const causes = reading.split('\n').slice(1, 6);
  expect(causes.map((line) => line.split(' | ')[0])).toEqual(CAUSES);
  for (const line of causes) {
    const [cause, meaning = ''] = line.split(' | ');
    expect(manual).toMatch(new RegExp(`^\\| \`${cause}\` +\\| ${meaning} +\\|$`, 'm'));
  }
});

test('nothing to do, and all went well: a page with the first lines and the marks alone', () => {
  const nothing = planHtml(plan([]));
  expect(nothing).toContain('<title>muster plan: eu-prod, 2026-11-23</title>');
  expect(seen(nothing).split('\n')[1]).toBe('No changes. Live skills match the files.');
  expect(nothing).not.toMatch(/<(section|nav)/);
  const empty = resultHtml(result([]));
  expect(empty).toContain('<title>muster result: eu-prod, 2026-11-23</title>');
  expect(seen(empty).split('\n')[1]).toBe('Nothing to apply.');
  expect(empty).not.toMatch(/<(section|nav)/);
});

test('the page loads, runs and reveals nothing', () => {
  for (const page of [planHtml(fullPlan()), resultHtml(result([outcome('applied')]))]) {
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    );
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|\bon\w+=|url\(|@import|https?:/);
    expect(page.endsWith('</html>\n')).toBe(true);
  }
});

test('a link leads to the person, by an anchor that is the same on every page', () => {
  const page = planHtml(fullPlan());
  const to = 'user-id-ana_40_example_2e_com';
  expect(anchor('id-ana@example.com')).toBe(to);
  expect(page.split(`href="#${to}"`).length).toBe(2);
  expect(page.split(`id="${to}"`).length).toBe(2);
  const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(id);
});

test('no two ids share an anchor, and none needs quoting', () => {
  const id = fc.string({ unit: 'binary', maxLength: 8 });
  fc.assert(
    fc.property(id, id, (a, b) => {
      expect(anchor(a)).toMatch(/^[\w-]+$/);
      expect(anchor(a) === anchor(b)).toBe(a === b);
    }),
  );
});

const nasty = fc.constantFrom(
  '<script>alert(1)</script>',
  '<img src=x onerror=1>',
  '" onmouseover="x',
  "'><b>",
  '</title></style>',
  '--><!--',
  '&lt;b&gt;',
  '&#60;b>',
  '`',
  '$&',
  '\u202e',
  '\u001b[2J',
  '\u0000',
  '\ud800',
  '\n',
  '👍',
);
const name = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

/** A plan that has the names `a` and `b` wherever a plan can have any. */
function planOf(a: string, b: string): Plan {
  const changes = [
    change({ name: b, id: b, chain: [a, b] }),
    change({ level: a, source: { ...place(b), chain: [] } }),
    change({ action: 'remove', kind: 'language', name: a, before: { [a]: b } }),
  ];
  const left = user(b, [change({ name: a })], { name: a, userId: `left-${b}`, leaver: true });
  return plan([user(a, changes, { name: b, userId: a }), left], {
    org: a,
    scope: { users: [a], teams: [b] },
    orgId: b,
    head: a,
    ledger: b,
    digest: a,
    reviewDigest: b,
    held: [
      held({ key: a, message: b, hint: a, place: place(b) }),
      held({ key: b, assignment: { kind: 'skill', id: 'i', name: a } }),
    ],
    released: [a, b],
    findings: [finding({ code: a, message: a, hint: b, place: place(a) })],
    guards: [verdict(a, { message: b, hint: a }), { ...verdict(b, { message: a }), passed: true }],
    upcoming: [
      { day: '2026-11-28', edge: 'ends', user: a, kind: 'skill', name: b, place: place(a) },
    ],
    made: { at: a, by: b },
  });
}

/** The same of a result. */
function resultOf(a: string, b: string): Result {
  const users = [
    outcome('applied', { key: a, name: b, userId: a }),
    outcome('failed', { key: b, message: a, hint: b, requestId: a }),
  ];
  const stopped = { code: a, message: b, hint: a };
  return result(users, { org: b, run: a, plan: a, held: [held({ key: a, message: b })], stopped });
}

/** The tags, with their attributes, but for the anchors that are made of ids. */
function tags(page: string): string[] {
  return (page.match(/<[^>]*>?/g) ?? []).map((tag) => tag.replace(/"#?user-[\w-]*"/, '""'));
}

test('no name can bring a tag, an attribute or a control character onto the page', () => {
  const expected = {
    plan: tags(planHtml(planOf('a', 'b'))),
    result: tags(resultHtml(resultOf('a', 'b'))),
  };
  expect(expected.plan.length).toBeGreaterThan(100);
  fc.assert(
    fc.property(name, name, (a, b) => {
      const pages = { plan: planHtml(planOf(a, b)), result: resultHtml(resultOf(a, b)) };
      expect({ plan: tags(pages.plan), result: tags(pages.result) }).toEqual(expected);
      for (const page of Object.values(pages)) {
        expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(page.replace(/&#\d+;/g, '')).not.toContain('&');
      }
    }),
  );
});

test('data that was read cannot pass for markup', () => {
  for (const forged of ['{"text":"<script>"}', '[{"text":"<script>"}]', '["<script>"]']) {
    const guards = [verdict('removals', { message: JSON.parse(forged) })];
    expect(planHtml(plan([], { guards }))).not.toContain('<script>');
  }
});

test('names are shown as they are', () => {
  const shown = seen(
    planHtml(plan([user('o@example.com', [change()], { name: `O'Neill <b> & "co"` })])),
  );
  expect(shown).toContain(`O'Neill <b> & "co" o@example.com`);
});

test('guards that passed stand last, with their numbers and without advice', () => {
  const guards = [verdict('users', { passed: true, message: '1 of 9.' }), verdict('removals')];
  const shown = seen(planHtml(plan([], { guards })));
  expect(shown).toContain('Passed guards (1)\nGuard | Why\nusers | 1 of 9.');
  expect(shown).toContain('removals | 12 of 20 assignments would go. | If this is meant: --allow');
});

test('a finding about no place in particular, and advice', () => {
  const { place: _, ...nowhere } = finding({ hint: 'Pin an id.' });
  expect(seen(planHtml(plan([], { findings: [nowhere] })))).toContain(
    'error skill-unknown | The catalogue has no skill `Billng`. | Pin an id.\n',
  );
});

test('5,000 people with changes are a page with a section each', () => {
  const changes = [
    change({ chain: ['team emea-billing', 'profile billing-l2'] }),
    change({ name: 'Chat', action: 'remove', before: 20 }),
    change({ name: 'Müller & Söhne', action: 'change', before: 1 }),
  ];
  const many = Array.from({ length: 5000 }, (_, at) =>
    user(`agent-${at}@example.com`, changes, { name: `Zoë ${at}` }),
  );
  const whole = plan(many);
  const page = planHtml(whole);
  expect(page.split('<section class="person"').length).toBe(5001);
});
