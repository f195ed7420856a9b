import { expect, test } from 'vitest';
import type { Plan } from '../../../src/model/plan.ts';
import { NAMINGS } from '../../../src/model/report-settings.ts';
import { initialsOf } from '../../../src/report/people/initials.ts';
import { labelsFor } from '../../../src/report/people/labels.ts';
import { maskedPlan, maskedResult, peopleIn } from '../../../src/report/people/masked.ts';
import { planText } from '../../../src/report/plan/text.ts';
import { fullPlan, held, outcome, PLAIN, place, plan, result, user } from '../builders.ts';

const ANA = { key: 'ana@example.com', name: 'Ana Ruiz', userId: 'u-1', place: place() };
const TWIN = { key: 'ana2@example.com', name: 'Ana Ruiz' };

test.each([
  ['name', 'Ana Ruiz'],
  ['email', 'ana@example.com'],
  ['initials', 'AR'],
  ['id', 'u-1'],
  ['count', 'somebody'],
] as const)('under %s she is %s, by her key alone as well', (naming, label) => {
  const labels = labelsFor(naming, [ANA]);
  expect(labels.who(ANA)).toBe(label);
  expect(labels.who({ key: ANA.key })).toBe(label);
});

test('whoever shares a name or initials is told apart by id, or by where the files name him', () => {
  const labels = labelsFor('name', [ANA, { ...TWIN, place: place('b.yaml', 3) }]);
  expect(labels.who(ANA)).toBe('Ana Ruiz (u-1)');
  expect(labels.who(TWIN)).toBe('Ana Ruiz (b.yaml:3)');
  expect(labelsFor('initials', [ANA, TWIN]).who(TWIN)).toBe('AR (somebody)');
});

test('an id is taken from the key where it is one', () => {
  expect(labelsFor('id', []).who({ key: 'id:4711' })).toBe('4711');
  expect(labelsFor('id', []).who({ key: 'ben' })).toBe('somebody');
  expect(labelsFor('name', []).who({ key: 'ben' })).toBe('ben');
});

test.each([
  ['Ana Ruiz', 'AR'],
  ['ana.ruiz@example.com', 'AR'],
  ['ana_maria-lópez ruiz x', 'AML'],
  ['id:4711', 'I4'],
  ['...', '?'],
])('the initials of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

test('a sentence loses what must not be told, and keeps the rest to the letter', () => {
  const { clean } = labelsFor('id', [ANA, { key: 'ben ode', userId: 'u-2' }]);
  expect(clean('Changed: `ana@example.com`, BEN ODE and ana ruiz.  (12 %)')).toBe(
    'Changed: `u-1`, u-2 and u-1.  (12 %)',
  );
  expect(clean('eva%40example.com, x@y')).toBe('somebody, somebody');
  expect(labelsFor('name', [ANA]).clean('ana@example.com')).toBe('ana@example.com');
});

test.each(NAMINGS.filter((naming) => !['name', 'email'].includes(naming)))(
  'a plan and a result masked by %s tell no renderer who is meant',
  (naming) => {
    const full: Plan = JSON.parse(
      JSON.stringify(fullPlan()).replaceAll(/id-(\w+)@example\.com/g, 'u-$1x'),
    );
    const labels = labelsFor(naming, peopleIn(full));
    const masked = maskedPlan(full, { labels, proficiency: false });
    const text = planText(masked, PLAIN);
    expect(text).not.toMatch(/@|\bAna\b|Ruiz|\b(?:cem|bob|ben|dan|eva)\b/i);
    expect(text).toMatch(/~ Billing +changed/);
    expect(text).not.toMatch(/40 -> 90/);
    expect(planText(maskedPlan(full, { labels, proficiency: true }), PLAIN)).toContain('40 -> 90');
    const ran = result(
      [
        outcome('failed', {
          userId: 'u-1',
          name: 'Ana Ruiz',
          key: 'ana@example.com',
          message: 'Ana Ruiz is gone.',
        }),
      ],
      { held: [held({ userId: 'u-9' })] },
    );
    expect(JSON.stringify(maskedResult(ran, naming))).not.toMatch(/ana@|Ruiz|ben@/);
    expect(maskedResult(result([outcome('applied')]), naming).users[0]).not.toHaveProperty(
      'message',
    );
  },
);

test('somebody without changes or a name is still somebody', () => {
  expect(peopleIn(plan([user('ana', [])]))).toEqual([{ key: 'ana', userId: 'id-ana' }]);
});
