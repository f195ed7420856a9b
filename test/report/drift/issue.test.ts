import { expect, test } from 'vitest';
import type { Drift, Drifted, DriftedPerson } from '../../../src/report/drift/drift.ts';
import { type DriftIssueInput, driftIssue } from '../../../src/report/drift/issue.ts';
import {
  failedLook,
  hoursMissed,
  type Look,
  lookOf,
  looksLine,
  readLooks,
  remembered,
} from '../../../src/report/drift/looks.ts';
import { driftMessage } from '../../../src/report/drift/message.ts';

const one = (more: Partial<Drifted> = {}): Drifted => ({
  ...{ kind: 'skill', id: 'a', name: 'Billing', applied: 90, live: 40, putBack: 0 },
  contested: false,
  place: { file: 'rosters/a.yaml', line: 7, col: 3 },
  ...more,
});
const person = (n: number, drifted: readonly Drifted[], more: Partial<DriftedPerson> = {}) => ({
  ...{ userId: `u${n}`, key: `p${n}@example.com`, name: `Person ${n}`, teams: ['emea'] },
  drifted,
  ...more,
});
const { name: _name, ...nameless } = person(2, [one({ contested: true, putBack: 2 })]);
const drift = (people: readonly DriftedPerson[]): Drift => ({
  ...{ formatVersion: '1.0', org: 'eu', orgId: null, platform: 'admin' },
  ...{ at: '2026-11-25T02:00:00Z', applied: { commit: '0123456789abcdef', day: '2026-11-24' } },
  ...{ people, ignored: 0, pending: { changes: 0, people: 0 }, held: [] },
});
const three = drift([
  person(1, [one(), one({ name: 'a|b<img>', kind: 'language', putBack: 1 })]),
  { ...nameless, teams: [] },
]);
const teams = (n: number, ...names: readonly string[]) => person(n, [one()], { teams: names });
const look = (day: number, found: Look['found'], assignments = 0): Look => ({
  ...{ at: `2026-11-${day}T02:00:00Z`, found, assignments, people: assignments },
});
const input = (more: Partial<DriftIssueInput> = {}): DriftIssueInput => ({
  ...{ org: 'eu', drift: three, naming: 'name', proficiency: true },
  looks: [look(23, 'none'), look(24, 'failed'), lookOf(three)],
  url: 'https://forge.example/run/1',
  ...more,
});

test('it tells what drifted by skill and by team, what is contested, and what the last nights found', () => {
  expect(driftIssue(input()).body).toMatchInlineSnapshot(`
    "<!-- muster:drift eu -->
    <!-- muster:looks [{"at":"2026-11-23T02:00:00Z","found":"none","assignments":0,"people":0},{"at":"2026-11-24T02:00:00Z","found":"failed","assignments":0,"people":0},{"at":"2026-11-25T02:00:00Z","found":"drift","assignments":3,"people":2}] -->

    **Drift: 0 added, 3 changed, 0 removed on the platform.**

    2 people concerned. 1 assignment is contested: put back twice already, and changed again. Everything in git is applied. For eu (admin), against commit 01234&#8288;56789&#8288;ab as applied on 2026-11-24.

    Put it back with \`muster drift --revert\`, or take it over into the rosters with \`muster drift --adopt\`.

    ### Billing (2)

    | Who | Applied, and now | Applied by |
    | --- | --- | --- |
    | Person 1 | ~ 90 → 40 | \`rosters/a.yaml:7\` |
    | p2@&#8288;example.com | ~ 90 → 40 | \`rosters/a.yaml:7\`, ⚠️ contested, put back 2 times before |

    ### a&#124;b&#60;img&#62; (language) (1)

    | Who | Applied, and now | Applied by |
    | --- | --- | --- |
    | Person 1 | ~ 90 → 40 | \`rosters/a.yaml:7\`, put back once before |

    ### By team

    | Team | Drifted |
    | --- | --- |
    | emea | 2 |
    | in no team | 1 |

    ### The last looks

    | When | Found |
    | --- | --- |
    | 2026-11-25T02:00Z | 3 assignments of 2 people |
    | 2026-11-24T02:00Z | could not look |
    | 2026-11-23T02:00Z | no drift |

    [Everything in full](https://forge.example/run/1) is kept with the job.
    "
  `);
});

test('of nobody in particular only counts are told, and values only where they may be', () => {
  const counted = driftIssue(input({ naming: 'count' })).body;
  expect(counted).toContain('### Billing (2)');
  expect(counted).not.toMatch(/Person|p1@|p2@/);
  const ids = driftIssue(input({ naming: 'id', proficiency: false })).body;
  expect(ids).toContain('| `u1` | ~ changed | `rosters/a.yaml:7` |');
  expect(ids).not.toMatch(/Person|p1@|p2@|90|40/);
});

test('what does not fit is counted, and every skill is named', () => {
  const many = Array.from({ length: 3_000 }, (_, n) =>
    person(n, [one(), one({ name: 'Refunds' })]),
  );
  const { body } = driftIssue(input({ drift: drift(many) }));
  expect(body.length).toBeLessThan(60_000);
  expect(body).toMatch(/\nAnd \d+ more\.\n/);
  expect(body).toContain('### Billing (3000)');
  expect(body).toContain('### Refunds (3000)');
});

test('a look that failed is told apart from no drift', () => {
  const failed = driftIssue(
    input({ drift: undefined, looks: [failedLook('2026-11-25T02:00:00Z')] }),
  );
  expect(failed.body).toContain('Looking failed tonight');
  expect(failed.body).toContain('| 2026-11-25T02:00Z | could not look |');
  const { url: _url, ...without } = input({ drift: drift([]) });
  expect(lookOf(drift([])).found).toBe('none');
  const none = driftIssue(without).body;
  expect(none).toContain('No drift. Live skills match what was applied.');
  expect(none).not.toMatch(/By team|in full/);
});

test('teams with as much drift stand in the order of their names', () => {
  const { body } = driftIssue(
    input({ drift: drift([teams(1, 'west', 'east'), teams(2, 'north')]) }),
  );
  expect(body).toContain('| east | 1 |\n| north | 1 |\n| west | 1 |');
});

test('looks are read back from the issue they are hidden in, and from nothing else', () => {
  const looks = [look(23, 'none'), look(24, 'drift', 3)];
  expect(readLooks(driftIssue(input({ looks })).body)).toEqual(looks);
  expect(readLooks(`said by somebody\r\n${looksLine(looks)}\r\n`)).toEqual(looks);
  for (const body of ['', '<!-- muster:looks {} -->', '<!-- muster:looks [1] -->'])
    expect(readLooks(body)).toEqual([]);
  expect(readLooks('<!-- muster:looks no json -->')).toEqual([]);
  const wrong = { ...look(23, 'none'), at: 'long ago' };
  expect(readLooks(looksLine([wrong]))).toEqual([]);
  expect(
    remembered(
      Array.from({ length: 14 }, () => look(20, 'none')),
      look(24, 'none'),
    ),
  ).toHaveLength(14);
});

test('a night that was missed is warned of by the next', () => {
  expect(hoursMissed([look(23, 'none'), look(24, 'none')])).toBeUndefined();
  expect(hoursMissed([look(23, 'none')])).toBeUndefined();
  expect(hoursMissed([])).toBeUndefined();
  const gap = [look(22, 'none'), look(24, 'none')];
  expect(hoursMissed(gap)).toBe(48);
  expect(driftIssue(input({ looks: gap })).body).toContain(
    '48 hours ago: a nightly run was missed',
  );
});

test('a chat is told what is new, without names', () => {
  const said = (looks: readonly Look[], url?: string) => driftMessage('eu', looks, url);
  expect(said([look(23, 'drift', 1)], 'https://x')).toBe(
    'eu: 1 assignment has drifted, of 1 person. https://x',
  );
  expect(said([look(23, 'none'), look(24, 'none')])).toBeUndefined();
  expect(said([])).toBeUndefined();
  expect(said([look(23, 'none')])).toBeUndefined();
  expect(said([look(23, 'drift', 2), look(24, 'none')])).toBe('eu: The drift is gone.');
  expect(said([look(22, 'none'), look(24, 'failed')])).toBe(
    'eu: Looking for drift failed. The look before was 48 hours ago.',
  );
});
