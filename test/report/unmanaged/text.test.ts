import { expect, test } from 'vitest';
import { unmanagedJson } from '../../../src/report/unmanaged/json.ts';
import { unmanagedText } from '../../../src/report/unmanaged/text.ts';
import type { UnmanagedReport } from '../../../src/report/unmanaged/unmanaged.ts';

const BASE: UnmanagedReport = {
  formatVersion: '1.0',
  org: 'eu',
  platform: 'admin',
  managed: 3,
  released: 1,
  unmanaged: [],
  gone: [],
  incomplete: null,
};

const text = (more: Partial<UnmanagedReport>) =>
  unmanagedText({ ...BASE, ...more }, { color: false, width: 80 });

test('strangers, leavers and what was not shown are told apart', () => {
  const place = { file: 'rosters/a.yaml', line: 4, col: 3 };
  const shown = text({
    unmanaged: [
      { userId: '1', key: 'a@x.com', name: 'Ana', team: 'emea', holds: 1 },
      { userId: '2', key: 'id:2', holds: null },
    ],
    gone: [
      { key: 'b@x.com', reason: 'not-found', place },
      { key: 'c@x.com', name: 'Cem', reason: 'inactive', place },
    ],
    incomplete: { why: 'It hides 3 agents.', hint: 'Give access.' },
  });
  expect(shown).toBe(
    [
      'Live, and in no roster (2)',
      '  Ana <a@x.com>  emea, 1 assignment',
      '  id:2  list not known',
      '',
      'In a roster, and gone from the platform (2)',
      '  b@x.com  not found, rosters/a.yaml:4',
      '  Cem <c@x.com>  inactive, rosters/a.yaml:4',
      '',
      'Not everybody was shown. It hides 3 agents.',
      'hint: Give access.',
      '',
      '3 people of eu (admin) managed, 1 released, 2 in no roster.',
      'muster pull writes whoever is in no roster into one.',
      '',
    ].join('\n'),
  );
});

test('when nobody is missing it is said in a line', () => {
  expect(text({})).toBe(
    'Everybody who is live is in a roster.\n\n3 people of eu (admin) managed, 1 released, 0 in no roster.\n',
  );
});

test('JSON has it as it is', () => {
  expect(JSON.parse(unmanagedJson(BASE))).toEqual(BASE);
});
