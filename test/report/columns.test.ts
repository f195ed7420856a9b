import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns, end, pad, start, widest } from '../../src/report/columns.ts';
import { page } from '../../src/report/style.ts';
import { wrap } from '../../src/report/wrap.ts';
import { PLAIN } from './builders.ts';

test.each([
  ['Billing', 7],
  ['', 0],
  ['Büro', 4],
  ['Ночь', 4],
  ['Bu\u0308ro', 4],
  ['客服', 4],
  ['👍', 2],
  ['👩‍💻', 2],
  ['❤️', 2],
  ['\u200d', 0],
])('%j is %i columns wide', (text, width) => {
  expect(columns(text)).toBe(width);
});

test('padding and the widest go by columns', () => {
  expect(pad('客服', 6)).toBe('客服  ');
  expect(pad('Billing', 3)).toBe('Billing');
  expect(widest(['a', '客服', 'bcd'])).toBe(4);
  expect(widest(['a', '客服', 'bcd'], 3)).toBe(3);
  expect(widest([])).toBe(0);
});

test('a cut never splits a character and is never too wide', () => {
  expect(start('a客服', 2)).toBe('a');
  expect(end('客服a', 2)).toBe('a');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, most) => {
      expect(columns(start(text, most))).toBeLessThanOrEqual(most);
      expect(columns(end(text, most))).toBeLessThanOrEqual(most);
      expect(text.startsWith(start(text, most)) && text.endsWith(end(text, most))).toBe(true);
    }),
  );
});

test('wrapping keeps every word and no line is wider than the page, but for a word that is', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '客'), minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const lines = wrap(words.join(' '), '  ', page({ ...PLAIN, width: 40 }));
      expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words);
      for (const line of lines.filter((one) => one.trim().includes(' '))) {
        expect(columns(line)).toBeLessThanOrEqual(40);
      }
    }),
  );
});

test('a page has room for a table, however narrow the terminal says it is', () => {
  expect(page({ color: false, width: 0 }).width).toBe(40);
});

test('what fits is not cut, and what is empty has no line', () => {
  expect([start('abc', 5), start('abc', 2), end('abc', 5), end('abc', 2)]).toEqual([
    'abc',
    'ab',
    'abc',
    'bc',
  ]);
  expect(wrap('', '  ', page(PLAIN))).toEqual([]);
  expect(wrap('one two', '  ', page(PLAIN))).toEqual(['  one two']);
});
