import { expect, test } from 'vitest';
import type { Want } from '../../../src/model/desired.ts';
import type { ExplainedSkill, Explanation } from '../../../src/report/explain/explain.ts';
import { explainJson } from '../../../src/report/explain/json.ts';
import { explainText } from '../../../src/report/explain/text.ts';

const SOURCE = { file: 'rosters/a.yaml', line: 7, col: 3, chain: [] };
const TEAM = { ...SOURCE, line: 3, chain: ['team t', 'profile p'] };

const BASE: Explanation = {
  formatVersion: '1.0',
  org: 'eu',
  platform: 'admin',
  day: '2026-11-23',
  key: 'ana@x.com',
  userId: 'u1',
  place: SOURCE,
  teams: [],
  ownership: 'listed',
  released: false,
  held: [],
  skills: [],
};

function text(more: Partial<Explanation>): string {
  return explainText({ ...BASE, ...more }, { color: false, width: 90 });
}

function skill(
  name: string,
  want: Want | null,
  more: Partial<ExplainedSkill> = {},
): ExplainedSkill {
  return { kind: 'skill', name, id: name, want, entries: [], ...more };
}

const value = { state: 'value', proficiency: 90, loan: false, source: SOURCE } as const;

test('each value stands above everything that speaks of it, the winner marked', () => {
  const entries = [
    { ...SOURCE, part: 'wins', value: 'expert', until: '2026-12-01', reason: 'loan' },
    { ...SOURCE, line: 8, part: 'later', value: 40, from: '2027-01-01' },
    { ...SOURCE, line: 9, part: 'over', value: 10, until: '2026-01-01', thenAbsent: true },
    { ...TEAM, part: 'behind', value: 60 },
  ] as const;
  const change = { action: 'change', before: 40, after: 90, cause: 'git' } as const;
  const want = { ...value, level: 'expert', until: '2026-12-01' };
  const skills = [skill('Billing', want, { entries, live: 40, change })];
  expect(text({ name: 'Ana Ruiz', teams: ['t', 'v'], skills })).toBe(
    [
      'Ana Ruiz <ana@x.com>',
      '  eu (admin) on 2026-11-23; rosters/a.yaml:7; in t and v; ownership listed',
      '',
      'Billing: 90 (expert) until 2026-12-01  live: 40, is changed (git)',
      '  > rosters/a.yaml:7  expert until 2026-12-01 (loan)',
      '    rosters/a.yaml:8  40 from 2027-01-01  not yet',
      '    rosters/a.yaml:9  10 until 2026-01-01 then absent  over',
      '    rosters/a.yaml:3  60  through team t, profile p',
      '',
    ].join('\n'),
  );
});

test('what is wanted and what is live are told in words', () => {
  const change = (action: 'add' | 'remove') => ({ action, cause: 'drift' }) as const;
  const skills = [
    skill('A', { state: 'absent', source: SOURCE }, { live: 5, change: change('remove') }),
    skill(
      'B',
      { state: 'pending', from: '2027-01-01', source: SOURCE },
      { live: null, change: null },
    ),
    skill('C', null, { live: 7, change: null }),
    skill('D', value, { live: null, change: change('add') }),
    skill('E', value),
    { ...skill('F', value), kind: 'language' as const },
  ];
  const lines = text({ skills })
    .split('\n')
    .filter((line) => /^[A-F]/.test(line));
  expect(lines).toEqual([
    'A: absent  live: 5, is removed (drift)',
    'B: nothing before 2027-01-01  live: none',
    'C: named nowhere  live: 7',
    'D: 90  live: none, is added (drift)',
    'E: 90',
    'F (language): 90',
  ]);
});

test('who is held or released, and what was not read, is said', () => {
  const held = [{ reason: 'inactive', message: 'The user is inactive.' }] as const;
  const shown = text({ released: true, held, unread: 'There are no credentials.' });
  expect(shown).toBe(
    [
      'ana@x.com',
      '  eu (admin) on 2026-11-23; rosters/a.yaml:7; released: never written',
      'Held: The user is inactive.',
      '',
      'No file names anything for this person.',
      'What is live was not read. There are no credentials.',
      '',
    ].join('\n'),
  );
  expect(text({ asked: 'Chat' })).toContain(
    'No file names Chat for this person, and nothing of it is live.\n',
  );
});

test('JSON has it as it is', () => {
  expect(JSON.parse(explainJson(BASE))).toEqual(BASE);
});
