/** Bytes of any usual encoding come to the same text; what is none of them is refused and not guessed at. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../src/tables/decode.ts';
import { ENCODINGS, encoded } from './encodings.ts';

const TEXT = 'Benutzer;Stufe\r\nJürgen Groß;Größe\r\n“Ærø” – 40 €;Ÿ\r\n';

test.each(ENCODINGS)('%s comes to the same text', (encoding) => {
  expect(decode(encoded(TEXT, encoding)).text).toBe(TEXT);
});

test('whatever letters an encoding has, they come back', () => {
  const letters = fc.constantFrom(...'aZ09 ;,"\n\tßäÉñ€ŒŸ’–'.split(''));
  const text = fc.array(letters, { minLength: 4 }).map((all) => `user;skill\n${all.join('.')}`);
  fc.assert(
    fc.property(text, fc.constantFrom(...ENCODINGS), (written, encoding) => {
      expect(decode(encoded(written, encoding)).text).toBe(written);
    }),
  );
});

test('a byte order mark is no part of the text, and a second one is', () => {
  expect(decode(encoded('\ufeffuser', 'utf-8')).text).toBe('user');
  expect(decode(encoded('\ufeff\ufeffuser', 'utf-8')).text).toBe('\ufeffuser');
});

test.each([
  ['is not text', [0x50, 0, 1, 2, 3, 4, 5, 6, 7]],
  ['says that it is UTF-8, and is not', [0xef, 0xbb, 0xbf, 0xe4, 0x3b]],
  ['says that it is UTF-16, and is not', [0xff, 0xfe, 0x41, 0x00, 0x42]],
  ['is neither UTF-8 nor Windows-1252', [0x41, 0x3b, 0x81]],
])('a file that %s is refused', (why, bytes) => {
  expect(decode(Uint8Array.from(bytes))).toEqual({ text: undefined, why });
});

test('one bad byte in much good UTF-8 does not turn the rest into other letters', () => {
  const bytes = Buffer.concat([Buffer.from('Jürgen Größe Ærø '), Buffer.from([0xfc])]);
  expect(decode(bytes)).toMatchObject({ why: 'is UTF-8 in one place and not in another' });
});
