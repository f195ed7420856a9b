/** The preview of an import, for a terminal and as data. */
import { expect, test } from 'vitest';
import type { TableChange, TablePreview } from '../../../src/model/table.ts';
import { previewJson } from '../../../src/report/import/json.ts';
import { previewText } from '../../../src/report/import/text.ts';

const STYLE = { color: false, width: 80 };

const change = (more: Partial<TableChange> = {}): TableChange => ({
  user: 'ana@example.com',
  name: 'Ana Ruiz',
  namedBy: 'key',
  newUser: false,
  kind: 'skill',
  skill: 'Billing',
  newSkill: false,
  before: [{ proficiency: 'expert' }],
  after: [{ proficiency: 60 }],
  through: [],
  entry: [{ proficiency: 60 }],
  place: { file: 'team.csv', line: 2, col: 3 },
  ...more,
});

const preview = (
  changes: readonly TableChange[],
  more: Partial<TablePreview> = {},
): TablePreview => ({
  table: 'team.csv',
  how: 'UTF-8, commas between cells',
  org: 'eu-prod',
  day: '2026-11-25',
  changes,
  unchanged: 0,
  written: changes.map((_, n) => ({ file: 'rosters/emea.yaml', line: 10 + n, col: 7 })),
  findings: [],
  ...more,
});

test('person by person, with where it is written and what it came through', () => {
  const shown = preview(
    [
      change(),
      change({
        skill: 'Chat',
        before: [{ proficiency: 40 }],
        through: ['team emea', 'profile base'],
      }),
      change({
        kind: 'language',
        skill: 'Spanish',
        before: [],
        after: [
          { proficiency: 4, from: '2026-12-01', until: '2027-01-31', thenAbsent: true },
          { proficiency: 2, from: '2027-02-01' },
        ],
      }),
      change({
        user: 'cem',
        namedBy: 'name',
        after: [],
        before: [{ proficiency: 80, until: '2026-12-24' }],
      }),
      change({ user: 'new', newUser: true, newSkill: true, skill: 'Tax', before: [] }),
    ].map(({ name, ...one }) =>
      one.user === 'new' ? one : { ...one, name: one.user === 'cem' ? 'Cem' : name },
    ) as TableChange[],
    {
      unchanged: 2,
      findings: [
        {
          code: 'table-window-dropped',
          severity: 'warning',
          message: 'Something goes.',
          hint: 'See to it.',
          place: { file: 'team.csv', line: 3, col: 2 },
        },
      ],
    },
  );
  expect(
    previewText(shown, STYLE),
  ).toBe(`team.csv (UTF-8, commas between cells) for org eu-prod, as of 2026-11-25

Ana Ruiz <ana@example.com>
  ~ Billing             expert -> 60  rosters/emea.yaml:10
  ~ Chat                40 -> 60
    rosters/emea.yaml:11 through team emea, profile base
  + Spanish (language)  4 from 2026-12-01 until 2027-01-31 then absent, 2 from 2027-02-01
    rosters/emea.yaml:12

Cem <cem>  named by display name
  - Billing             80 until 2026-12-24 -> none  rosters/emea.yaml:13

new
  + Tax                 60  rosters/emea.yaml:14

New in the rosters (1)
  new

Skills that no roster has named (1)
  Tax

warning[table-window-dropped] team.csv:3:2
    docs/findings.md#table-window-dropped
  Something goes.
  hint: See to it.

Import: 2 to add, 2 to change, 1 to remove.
3 people in 1 roster; comments and order are kept.
2 values are in the rosters already.
`);
});

test('nothing to be done is said in a line, and names cannot steer the terminal', () => {
  expect(
    previewText(preview([], { table: 'a\u001b[2Jb.csv', unchanged: 1 }), STYLE),
  ).toBe(`ab.csv (UTF-8, commas between cells) for org eu-prod, as of 2026-11-25

No changes. The rosters say what the table says.
1 value is in the rosters already.
`);
  const text = previewText(
    preview([change({ skill: 'x\u001b]0;y\u0007' })], { written: [] }),
    STYLE,
  );
  expect(text).not.toContain('\u001b');
});

test('as data, with what each change comes to and whether it was written', () => {
  expect(JSON.parse(previewJson(preview([change()]), true))).toMatchObject({
    formatVersion: '1.0',
    saved: true,
    changes: [{ action: 'change', written: { line: 10 } }],
  });
});
