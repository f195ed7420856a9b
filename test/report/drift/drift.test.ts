import { expect, test } from 'vitest';
import { type Drift, type Drifted, driftTotals } from '../../../src/report/drift/drift.ts';
import { driftJson } from '../../../src/report/drift/json.ts';
import { driftMarkdown } from '../../../src/report/drift/markdown.ts';
import { driftText } from '../../../src/report/drift/text.ts';

const one = (more: Partial<Drifted> = {}): Drifted => ({
  ...{ kind: 'skill', id: 'a', name: 'Billing', applied: 90, live: 40, putBack: 0 },
  contested: false,
  place: { file: 'rosters/a.yaml', line: 7, col: 3 },
  ...more,
});
const { live: _live, ...taken } = one({ putBack: 1 });
const { applied: _applied, ...given } = one({ name: 'a|b<img>', kind: 'language' });
const drift = (more: Partial<Drift> = {}): Drift => ({
  ...{ formatVersion: '1.0', org: 'eu', orgId: null, platform: 'admin' },
  at: '2026-11-25T02:00:00Z',
  applied: { commit: '0123456789abcdef', day: '2026-11-24' },
  people: [
    { userId: 'u1', key: 'ana@example.com', name: 'Ana', teams: [], drifted: [one(), taken] },
    {
      ...{ userId: 'u2', key: 'ben@example.com', teams: [] },
      drifted: [given, one({ putBack: 2, contested: true, live: { odd: true } })],
    },
  ],
  ignored: 1,
  pending: { changes: 2, people: 1 },
  held: [
    {
      ...{ key: 'cem@example.com', reason: 'not-found', message: 'Nobody.' },
      place: { file: 'rosters/a.yaml', line: 9, col: 3 },
    },
  ],
  ...more,
});
const PLAIN = { color: false, width: 100 };

test('on a terminal every drifted assignment has a line, and the summary is its last section', () => {
  expect(driftText(drift(), PLAIN)).toMatchInlineSnapshot(`
    "Ana <ana@example.com>
      ~ Billing              90 -> 40  rosters/a.yaml:7
      - Billing              90 ->  rosters/a.yaml:7, put back once before

    ben@example.com
      + a|b<img> (language)  -> 40  rosters/a.yaml:7
      ~ Billing              90 -> {"odd":true}  rosters/a.yaml:7, contested, put back 2 times before

    Held people (1)
      cem@example.com  not-found  rosters/a.yaml:9
        Nobody.

    Drift: 1 added, 2 changed, 1 removed on the platform.
    2 people concerned.
    1 assignment is contested: put back twice already, and changed again.
    1 person or assignment held.
    1 drifted assignment ignored.
    In git and not applied yet, so no drift: 2 changes of 1 person.
    For eu (admin), against commit 0123456789ab as applied on 2026-11-24.
    "
  `);
});

test('as Markdown no name breaks the table', () => {
  expect(driftMarkdown(drift())).toMatchInlineSnapshot(`
    "Drift: 1 added, 2 changed, 1 removed on the platform.

    2 people concerned. 1 assignment is contested: put back twice already, and changed again. 1 person or assignment held. 1 drifted assignment ignored. In git and not applied yet, so no drift: 2 changes of 1 person. For eu (admin), against commit 01234&#8288;56789&#8288;ab as applied on 2026-11-24.

    | Who | On the platform | Applied by |
    | --- | --- | --- |
    | Ana \`ana@example.com\` | ~ Billing 90 → 40 | \`rosters/a.yaml:7\` |
    |  | - Billing 90 → | \`rosters/a.yaml:7\`, put back once before |
    | \`ben@example.com\` | + a&#124;b&#60;img&#62; (language) → 40 | \`rosters/a.yaml:7\` |
    |  | ~ Billing 90 → {"odd":true} | \`rosters/a.yaml:7\`, contested, put back 2 times before |

    ### Held people

    | Who | Why | What to do |
    | --- | --- | --- |
    | \`cem@example.com\` | not-found, \`rosters/a.yaml:9\`: Nobody. |  |
    "
  `);
});

test('without drift it is one line and what is known besides', () => {
  const none = drift({ people: [], held: [], ignored: 0, pending: { changes: 0, people: 0 } });
  expect(driftText(none, PLAIN)).toBe(
    'No drift. Live skills match what was applied.\nEverything in git is applied.\nFor eu (admin), against commit 0123456789ab as applied on 2026-11-24.\n',
  );
  expect(driftText({ ...none, pending: null }, PLAIN)).toContain('cannot be told');
});

test('as JSON it has its totals', () => {
  const expected = { added: 1, changed: 2, removed: 1, people: 2, contested: 1 };
  expect(driftTotals(drift())).toEqual(expected);
  expect(JSON.parse(driftJson(drift()))).toEqual({ ...drift(), totals: expected });
});
