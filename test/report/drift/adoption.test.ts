import { expect, test } from 'vitest';
import { type Adoption, adoptionText, adoptionTitle } from '../../../src/report/drift/adoption.ts';

const adoption = (more: Partial<Adoption> = {}): Adoption => ({
  ...{ org: 'eu', why: 'drift', left: 0, naming: 'email', proficiency: true },
  adopted: [
    { key: 'ana@example.com', kind: 'skill', name: 'Billing', live: 40 },
    { key: 'ana@example.com', kind: 'language', name: 'Spanish' },
  ],
  ...more,
});

test('it says what it takes over, whose, and that nobody is changed on the platform', () => {
  expect(adoptionTitle(adoption())).toBe('Take over what is live in eu');
  expect(adoptionText(adoption())).toMatchInlineSnapshot(`
    "<!-- muster:adopt eu -->

    Takes over 2 assignments of 1 person in \`eu\`: each was changed on the platform by somebody else.

    Once it is merged, the files want what the platform has, and nobody is changed there.

    | Who | What | Now |
    | --- | --- | --- |
    | \`ana@example.com\` | Billing | 40 |
    | \`ana@example.com\` | Spanish (language) | taken away |
    "
  `);
});

test('after a rollback it says so, and tells what could not be taken over', () => {
  const undone = adoption({ why: 'rolled-back', left: 1, naming: 'initials', proficiency: false });
  expect(adoptionTitle(undone)).toBe('Agree with what is live in eu');
  expect(adoptionText(undone)).toContain('is as it was before the run that was undone');
  expect(adoptionText(undone)).toContain('1 finding says what could not be taken over');
  expect(adoptionText(undone)).toContain('| A | Billing | changed |');
});

test('under count nobody is listed, and a long list is cut', () => {
  expect(adoptionText(adoption({ naming: 'count' }))).not.toContain('|');
  const adopted = Array.from({ length: 203 }, (_, n) => ({
    ...{ key: `p${n}@example.com`, kind: 'skill' as const, name: 'Billing', live: 1 },
  }));
  expect(adoptionText(adoption({ adopted }))).toContain('And 3 more.');
});
