import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import { columns } from '../../../src/report/columns.ts';
import { findingsText } from '../../../src/report/findings/text.ts';
import { finding, PLAIN, place } from '../builders.ts';

function text(findings: readonly Finding[], file = '', width = 80): string {
  return findingsText(findings, { ...PLAIN, width, texts: new Map([['rosters/a.yaml', file]]) });
}

test('nothing wrong, nothing said', () => {
  expect(text([])).toBe('');
});

test('a finding shows the line, the caret, the other places and what to do next', () => {
  const file = `${'\r\n'.repeat(11)}      Billng: 40\r\n`;
  const found = finding({ hint: 'did you mean `Billing`?', related: [place('b.yaml', 3, 5)] });
  expect(text([found, finding({ severity: 'warning' }), finding()], file)).toBe(
    `error[skill-unknown] rosters/a.yaml:12:7  docs/findings.md#skill-unknown
  The catalogue has no skill \`Billng\`.
     |
  12 |       Billng: 40
     |       ^
  see also b.yaml:3:5
  hint: did you mean \`Billing\`?

warning[skill-unknown] rosters/a.yaml:12:7  docs/findings.md#skill-unknown
  The catalogue has no skill \`Billng\`.
     |
  12 |       Billng: 40
     |       ^

error[skill-unknown] rosters/a.yaml:12:7  docs/findings.md#skill-unknown
  The catalogue has no skill \`Billng\`.
     |
  12 |       Billng: 40
     |       ^

2 errors, 1 warning
`,
  );
});

test('without a place, its text or its line there is no frame', () => {
  const { place: _, ...nowhere } = finding({ severity: 'warning' });
  const beyond = finding({ severity: 'warning', place: place('rosters/a.yaml', 99) });
  const unread = finding({ severity: 'warning', place: place('unread.yaml') });
  expect(text([nowhere, beyond, unread])).toBe(
    `warning[skill-unknown]  docs/findings.md#skill-unknown
  The catalogue has no skill \`Billng\`.

warning[skill-unknown] rosters/a.yaml:99:7  docs/findings.md#skill-unknown
  The catalogue has no skill \`Billng\`.

warning[skill-unknown] unread.yaml:12:7  docs/findings.md#skill-unknown
  The catalogue has no skill \`Billng\`.

3 warnings
`,
  );
});

function frame(line: string, col: number, width = 80): { line: string; caret: string } {
  const lines = text([finding({ place: place('rosters/a.yaml', 1, col) })], line, width).split(
    '\n',
  );
  const begin = lines.findIndex((text) => text.startsWith('  1 | '));
  const cut = (at: number) => String(lines[at]).slice('  1 | '.length);
  return { line: cut(begin), caret: cut(begin + 1) };
}

test('tabs, wide characters and what would not show keep the caret in its place', () => {
  expect(frame('\t客\u001b: x', 5)).toEqual({ line: '  客\ufffd: x', caret: '      ^' });
});

test('a long line is cut around the column', () => {
  const words = 'word '.repeat(400);
  expect(frame(words, 1, 40)).toEqual({ line: 'word word word word word word wor…', caret: '^' });
  const middle = frame(words, 1001, 40);
  expect(middle.line).toMatch(/^…\S* .*…$/);
  expect(middle.line.slice(middle.caret.length - 1)).toMatch(/^word /);
  expect(frame(`${words}end`, 2001, 40).line).toMatch(/^….* word end$/);
});

test('wherever the column is, the frame fits and the caret is under its character', () => {
  const line = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '\t', '客', ':'),
    minLength: 1,
    maxLength: 300,
  });
  fc.assert(
    fc.property(line, fc.nat(), (content, at) => {
      const index = at % content.length;
      const shown = frame(content, index + 1, 40);
      expect(columns(shown.line)).toBeLessThanOrEqual(34);
      const before = shown.caret.length - 1;
      let width = 0;
      const under = [...shown.line].find((one) => {
        const here = width === before;
        width += columns(one);
        return here;
      });
      const character = content.charAt(index).trim();
      if (character !== '') expect(under).toBe(character);
    }),
  );
});
