import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plain, visible, wellFormed } from '../../src/report/plain.ts';

test('a name without anything odd is shown as it is', () => {
  expect(plain('Billing (L2) ~ 40 %')).toBe('Billing (L2) ~ 40 %');
  expect(plain('Büro 客服 👩‍💻')).toBe('Büro 客服 👩‍💻');
});

test.each([
  ['a\u001b[2Jb', 'ab'],
  ['a\u001b[1;31mred\u001b[0m', 'ared'],
  ['a\u009b2Jb', 'ab'],
  ['a\u001b]0;title\u0007b', 'ab'],
  ['a\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\', 'alink'],
  ['a\u009d0;title\u009cb', 'ab'],
  ['a\u001bPpayload\u001b\\b', 'ab'],
  ['a\u001bcb', 'ab'],
  ['a\u001b(Bb', 'ab'],
  ['a\u001b', 'a'],
  ['a\u001b]no end', 'ano end'],
  ['\u001b\u001b[0m[2J', '[2J'],
  ['a\r\nb\tc\u2028d', 'a b c d'],
  ['a\u202eb\u2066c\u200bd', 'abcd'],
  ['a\ud800b', 'a\ufffdb'],
])('%j is shown as %j', (text, shown) => {
  expect(plain(text)).toBe(shown);
});

test('nothing that a terminal obeys is left, whatever the name', () => {
  const odd = fc.constantFrom(
    '\u001b',
    '[',
    ']',
    '2J',
    '\u009b',
    '\u0007',
    '\\',
    '\u202e',
    '\n',
    'P',
    ';',
  );
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(odd).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(name, (text) => {
      const shown = plain(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(plain(shown)).toBe(shown);
    }),
  );
});

test('a line of a code frame keeps every character, with stand-ins for what would not show', () => {
  expect(visible('\tkey: \u001b[2J\u202e')).toBe('  key: \ufffd[2J\ufffd');
  expect(wellFormed('\udc00 😀')).toBe('\ufffd 😀');
});
