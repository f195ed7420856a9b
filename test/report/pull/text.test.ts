import { expect, test } from 'vitest';
import type { Left, Pulled, PulledFile } from '../../../src/model/pulled.ts';
import { pullJson } from '../../../src/report/pull/json.ts';
import { pullText } from '../../../src/report/pull/text.ts';

const NOTHING: Pulled = { files: [], left: [], people: 0, profiles: 0, inactive: 0 };

function text(pulled: Partial<Pulled>, written = true): string {
  return pullText(
    { org: 'eu', pulled: { ...NOTHING, ...pulled }, written },
    { color: false, width: 80 },
  );
}

function file(path: string, more: Partial<PulledFile> = {}): PulledFile {
  return { path, text: '', state: 'new', added: 0, changed: 0, ...more };
}

test('files are told with what became of the people in them', () => {
  const files = [
    file('rosters/a.yaml', { added: 1 }),
    file('rosters/long.yaml', { state: 'changed', added: 2, changed: 1 }),
    file('rosters/skills.yaml', { state: 'changed' }),
  ];
  const pulled = { people: 4, files, profiles: 1, inactive: 1 };
  expect(text(pulled)).toBe(
    [
      'Pulled 4 people of eu; 3 files written:',
      '  + rosters/a.yaml       1 person added',
      '  ~ rosters/long.yaml    2 people added, 1 person changed',
      '  ~ rosters/skills.yaml  names and profiles',
      '',
      '1 profile made of what people share.',
      '1 inactive person of the platform in no file.',
      '',
    ].join('\n'),
  );
  expect(text(pulled, false)).toMatch(/^A pull of 4 people of eu would write 3 files:\n/);
});

test('nothing to write is said in one line', () => {
  expect(text({})).toBe('The files say what is live in eu: nothing to write.\n');
});

test('what is left is told by reason, a line for each person', () => {
  const left: Left[] = [
    { reason: 'odd', key: 'a@x.com', what: 'Billing' },
    { reason: 'odd', key: 'a@x.com', what: 'Chat' },
    { reason: 'gone', key: 'b@x.com', place: { file: 'rosters/a.yaml', line: 4, col: 3 } },
    { reason: 'unread', key: 'c', why: 'It is hidden.' },
  ];
  expect(text({ left })).toBe(
    [
      'The files say what is live in eu: nothing to write.',
      '',
      'Not read (1): the list could not be proven, and unknown is never written as',
      'none.',
      '  c: It is hidden.',
      '',
      'Left as they are (1): the platform holds a value that no file can say.',
      '  a@x.com: Billing and Chat',
      '',
      'Gone (1): the platform does not know them; take them out of the files, or',
      'correct the key.',
      '  b@x.com (rosters/a.yaml:4)',
      '',
    ].join('\n'),
  );
});

test('what is not shown at all comes first, with what to do', () => {
  const incomplete = { why: 'It hides 3 agents.', hint: 'Give access.' };
  expect(text({ incomplete })).toContain(
    '\n\nNot everything live was shown. It hides 3 agents.\nhint: Give access.\n',
  );
});

test('long lists are cut, and JSON has them whole, without the texts', () => {
  const many = Array.from({ length: 22 }, (_, n) => n);
  const files = many.map((n) => file(`rosters/${n}.yaml`, { text: 'secret' }));
  const left = many.map((n): Left => ({ reason: 'inactive', key: `p${n}` }));
  const shown = text({ files, left });
  expect(shown.match(/^ {2}and 2 more \(--format json\)$/gm)).toHaveLength(2);
  const json = pullJson({ org: 'eu', pulled: { ...NOTHING, files, left }, written: false });
  const told = JSON.parse(json);
  expect(told).toMatchObject({ formatVersion: '1.0', written: false, incomplete: null, left });
  expect(told.files[0]).toEqual({ path: 'rosters/0.yaml', state: 'new', added: 0, changed: 0 });
});
