import { expect, test } from 'vitest';
import type { CoverageReport, CoveredSkill } from '../../../src/report/coverage/coverage.ts';
import { coverageJson } from '../../../src/report/coverage/json.ts';
import { coverageText } from '../../../src/report/coverage/text.ts';

const BASE: CoverageReport = {
  formatVersion: '1.0',
  org: 'eu',
  platform: 'admin',
  day: '2026-11-23',
  people: 2,
  uncounted: 0,
  guard: null,
  skills: [],
};

const text = (more: Partial<CoverageReport>, color = false) =>
  coverageText({ ...BASE, ...more }, { color, width: 90 });

function skill(name: string, more: Partial<CoveredSkill>): CoveredSkill {
  return { kind: 'skill', id: name, name, now: 0, after: 0, atLeast: [], values: [], ...more };
}

test('numbers stand below each other, and what the plan changes is told', () => {
  const skills = [
    skill('Billing', { now: 12, after: 11, atLeast: [{ level: 'expert', now: 3, after: 4 }] }),
    skill('日本語', { kind: 'language', atLeast: [{ level: 'expert', now: 0, after: 0 }] }),
  ];
  expect(text({ skills })).toBe(
    [
      'Skill               Holders  expert or better',
      'Billing            12 -> 11            3 -> 4',
      '日本語 (language)         0                 0',
      '',
      '2 active people of eu (admin) counted, now and after the plan of 2026-11-23.',
      '',
    ].join('\n'),
  );
});

test('who is not counted, and what the guard says, stands below', () => {
  const guard = { passed: false, message: 'Billing has too few.' };
  const shown = text({ people: 1, uncounted: 2, guard });
  expect(shown).toBe(
    [
      'Nobody holds anything.',
      '',
      '1 active person of eu (admin) counted, now and after the plan of 2026-11-23.',
      'Not counted: 2 active people whose list is not known.',
      'Billing has too few.',
      '',
    ].join('\n'),
  );
  expect(text({ guard: { passed: true, message: 'Enough.' } })).toContain('\nEnough.\n');
});

test('colours do not push columns apart', () => {
  const skills = [skill('A', { now: 1, after: 2 }), skill('Longer', { now: 10, after: 9 })];
  const bare = text({ skills });
  const painted = text({ skills }, true);
  expect(painted).not.toBe(bare);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken out.
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(bare);
});

test('JSON has it as it is', () => {
  expect(JSON.parse(coverageJson(BASE))).toEqual(BASE);
});
