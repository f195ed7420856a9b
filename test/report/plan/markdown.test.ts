import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planMarkdown } from '../../../src/report/plan/markdown.ts';
import { change, finding, fullPlan, held, place, plan, user, verdict } from '../builders.ts';

test('every part of a plan', () => {
  expect(planMarkdown(fullPlan())).toMatchInlineSnapshot(`
    "Plan: 2 to add, 2 to change, 2 to destroy.

    3 people to change, 2 held, 2 released, 0 foreign assignments kept. By cause: 3 git, 1 drift, 1 both, 1 schedule. For eu-prod (admin) on 2026-11-23; on 2026-11-28 a window starts or ends: plan again from then on.

    | Who | Change | Why |
    | --- | --- | --- |
    | Ana Ruiz \`ana@example.com\` | ~ Billing 40 → 90 (expert) | git, \`rosters/a.yaml:12\`, through team emea-billing, profile billing-l2 |
    |  | - Chat 20 | drift, \`rosters/a.yaml:12\` |
    |  | + Spanish 60 | git, \`rosters/a.yaml:12\` |
    |  | + Spanish (language) 4 | schedule, \`rosters/a.yaml:12\` |
    | \`cem@example.com\` | ~ Retention {"proficiency":null} → 60 | both, \`rosters/a.yaml:12\` |

    ### Left the files (1): what the files had given them is taken back

    | Who | Change | Why |
    | --- | --- | --- |
    | \`bob@example.com\` | - Refunds 60 | git, \`rosters/old.yaml:4\`, through team emea-billing |

    ### Held people

    | Who | Why | What to do |
    | --- | --- | --- |
    | \`ben@example.com\` | not-found, \`rosters/a.yaml:3\`: Nobody on the platform has this key. | correct the key, or remove the entry. |

    ### Held assignments

    | What | Why | What to do |
    | --- | --- | --- |
    | \`ana@example.com\`: French (language) | loan-no-return, \`rosters/a.yaml:3\`: The entry would end on a live value that no file declares. | correct the key, or remove the entry. |

    ### Released

    No longer managed, and keeping what they have: \`dan@example.com\`, \`eva@example.com\`

    ### Starts or ends within 14 days

    | Day | Who | What |
    | --- | --- | --- |
    | 2026-11-28 | \`ana@example.com\` | Refunds ends, \`rosters/a.yaml:20\` |

    ### Findings

    | Finding | Where | What to do |
    | --- | --- | --- |
    | warning \`name-renamed\`: The skill was renamed. | \`rosters/a.yaml:12\` |  |

    ### Refused by guards

    | Guard | Why | What to do |
    | --- | --- | --- |
    | \`removals\` | 12 of 20 assignments would go. | If this is meant: --allow removals --reason "..." |
    "
  `);
});

test('people who left the files have a table of their own, and no other where nobody stays', () => {
  const text = planMarkdown(plan([user('ana', [change({ cause: 'drift' })], { leaver: true })]));
  expect(text).toMatch(/^### Left the files \(1\): what the files had given them is taken back$/m);
  expect(text.split('| Who |')).toHaveLength(2);
});

test('a guard without advice has an empty cell for it', () => {
  const { hint: _, ...silent } = verdict('freeze');
  expect(planMarkdown(plan([], { guards: [silent] }))).toMatch(/would go\. \| {2}\|$/m);
});

test('a finding without place and with a hint', () => {
  const { place: _, ...nowhere } = finding({ hint: 'Pin an id.' });
  expect(planMarkdown(plan([], { findings: [nowhere] }))).toContain('|  | Pin an id. |');
});

const nasty = fc.constantFrom(
  'a|b<script>',
  '```',
  '@team',
  '<img src=x onerror=1>',
  '[x](javascript:1)',
  '#1',
  '\n| a | b | c |',
  '\u202e',
  '👍',
  '\\',
  '\u001b[2J',
  '-->',
);
const name = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

/** A plan that has the names `a` and `b` wherever a plan can have any. */
function named(a: string, b: string): string {
  const changes = [change({ name: b, chain: [a] }), change({ level: a, source: source(b) })];
  return planMarkdown(
    plan(
      [user(a, changes, { name: b }), user(`left ${b}`, [change()], { name: a, leaver: true })],
      {
        scope: { users: [a], teams: [b] },
        held: [
          held({ key: a, message: b, hint: a, place: place(b) }),
          held({ key: b, assignment: { kind: 'skill', id: 'i', name: a } }),
        ],
        released: [a, b],
        findings: [finding({ message: a, hint: b, place: place(a) })],
        guards: [verdict(a, { message: b, hint: a })],
        upcoming: [
          { day: '2026-11-28', edge: 'ends', user: a, kind: 'skill', name: b, place: place(a) },
        ],
      },
    ),
  );
}

function source(file: string) {
  return { ...place(file), chain: [] };
}

/** How many cells each line has. */
function shape(text: string): number[] {
  return text.split('\n').map((line) => line.split('|').length);
}

test('no name can break a table, mention, link or carry HTML', () => {
  const expected = shape(named('ana', 'Billing'));
  expect(Math.max(...expected)).toBe(3 + 2);
  fc.assert(
    fc.property(name, name, (a, b) => {
      const text = named(a, b);
      expect(shape(text)).toEqual(expected);
      expect(text.replaceAll('\n', '')).not.toMatch(/[<\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(text.replace(/`[\w.+@/:-]+`/g, '')).not.toMatch(/@\w|(?<!&)#\d|`|[[\]]|:\/\//);
      expect(text).not.toMatch(/`@/);
    }),
  );
});
