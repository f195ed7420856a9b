/** Runs as text: a line each, and person by person. */
import { expect, test } from 'vitest';
import type { RunDetail, RunLine } from '../../../src/report/history/history.ts';
import { historyJson } from '../../../src/report/history/json.ts';
import { historyText, runText } from '../../../src/report/history/text.ts';
import { countsText } from '../../../src/report/history/words.ts';
import { PLAIN } from '../builders.ts';
import { line } from './line.ts';

const WIDE = { ...PLAIN, width: 120 };
const all = (runs: readonly RunLine[], more = false) =>
  historyText({ formatVersion: '1.0', org: 'eu-prod', runs, more }, WIDE);

test('one line a run, newest first, and below it what was overridden', () => {
  const runs = [
    line({
      id: '20261123-110000-bbbbbb',
      kind: 'rollback',
      undoes: '20261123-100000-aaaaaa',
      by: 'ci',
      overrides: [{ guard: 'removals', reason: 'site closed' }],
    }),
    line({ end: 'not-ended', ended: null, outcomes: {} }),
    line({ end: 'taken-over', outcomes: { applied: 1 } }),
    line({ stopped: { code: 'interrupted', message: 'Somebody said so.' } }),
  ];
  expect(all(runs, true)).toBe(`\
20261123-110000-bbbbbb  rollback  2026-11-23T10:00Z  ci        finished  2 applied
    undoes 20261123-100000-aaaaaa
    allowed removals: site closed
20261123-100000-aaaaaa  apply     2026-11-23T10:00Z  ana@host  NOT ENDED  2 people not known of
20261123-100000-aaaaaa  apply     2026-11-23T10:00Z  ana@host  taken over  1 applied, 1 person not known of
20261123-100000-aaaaaa  apply     2026-11-23T10:00Z  ana@host  stopped (interrupted)  2 applied
    stopped: Somebody said so.

There are older ones: --limit N shows more.
`);
});

test('no runs yet, and a run that had nobody to write', () => {
  expect(all([])).toBe('The ledger of eu-prod has no runs yet.\n');
  expect(countsText({ people: 0, outcomes: {} })).toBe('nobody to write');
});

const detail = (over: Partial<RunDetail['run']> = {}): RunDetail => ({
  formatVersion: '1.0',
  org: 'eu-prod',
  run: { ...line(), point: { commit: 'a'.repeat(40), day: '2026-11-23' }, scope: null, ...over },
  users: [
    {
      userId: 'u1',
      key: 'ana@example.com',
      outcome: 'applied',
      changes: [
        { kind: 'skill', id: 's1', name: 'Billing', action: 'change', before: 60, after: 90 },
        { kind: 'language', id: 'l1', name: 'French', action: 'add', after: { level: null } },
        { kind: 'skill', id: 's2', name: 'Chat\u001b[31m', action: 'remove', before: 20 },
      ],
    },
    { userId: 'u2', key: 'ben@example.com', outcome: 'unchanged', changes: [] },
    { userId: 'u3', key: 'cem@example.com', outcome: null, changes: [] },
  ],
});

test('one run is told person by person', () => {
  expect(runText(detail(), PLAIN)).toBe(`\
apply 20261123-100000-aaaaaa: finished, 2 applied
Begun 2026-11-23T10:00Z by ana@host, ended 2026-11-23T10:02Z.
Files of aaaaaaaaaaaa on 2026-11-23.

ana@example.com  applied
  ~ Billing            60 -> 90
  + French (language)  none -> {"level":null}
  - Chat               20 -> none

ben@example.com  unchanged

cem@example.com  not known
`);
});

test('a run that has not ended, of files that were not committed', () => {
  const point = { commit: 'a'.repeat(40), day: '2026-11-23', tree: 'b'.repeat(40) };
  const text = runText(detail({ point, ended: null, end: 'not-ended' }), PLAIN);
  expect(text).toContain('by ana@host.\n');
  expect(text).toContain('on 2026-11-23, with uncommitted changes.');
});

test('what one run overrode is told with it', () => {
  const overrides = [{ guard: 'skill', reason: 'retired' }] as const;
  expect(runText(detail({ overrides }), PLAIN)).toContain('\nallowed skill: retired\n');
});

test('as JSON it is the value itself', () => {
  expect(JSON.parse(historyJson(detail()))).toEqual(detail());
});
