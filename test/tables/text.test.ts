/** Texts of cells: evened out, and kept from being taken for formulas in a way that is undone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../src/tables/csv.ts';
import { defused, even, isBlank, shown, undefused, wordsOf } from '../../src/tables/text.ts';

test('composed and decomposed letters, and spaces of every sort, are one', () => {
  expect(even(' Gro\u0308ße\u00a0\u2003A\u200b\u00ad \n')).toBe('Größe A');
});

test('whatever begins like a formula gets an apostrophe, and loses it again', () => {
  for (const text of ['=1+1', '+49', '-', '@ana', '\tx', '\rx', "'=x", "''-y"]) {
    expect(defused(text)).toBe(`'${text}`);
    expect(undefused(defused(text))).toBe(text);
  }
  for (const text of ['Billing', "'tis", "O'Neill", "''", '', '1-2'])
    expect([defused(text), undefused(text)]).toEqual([text, text]);
});

test('what is defused is undone, and no cell of an export begins a formula', () => {
  const odd = fc.array(fc.constantFrom(...`'=+-@\t\r a1"`.split(''))).map((all) => all.join(''));
  fc.assert(
    fc.property(fc.oneof(odd, fc.string()), (text) => {
      expect(undefused(defused(text))).toBe(text);
      const cell = csvText([[text]], { separator: ';', mark: false });
      expect(cell).not.toMatch(/^"?[=+\-@\t\r](?!\n$)/);
    }),
  );
});

test('numbers are written as they are, with the comma that goes with semicolons', () => {
  const rows = [['a;b', 4.5, 'say "hi"', ' x', -3]];
  expect(csvText(rows, { separator: ';', mark: true })).toBe(
    '\ufeff"a;b";4,5;"say ""hi""";" x";-3\r\n',
  );
  expect(csvText(rows, { separator: ',', mark: false })).toBe('a;b,4.5,"say ""hi"""," x",-3\r\n');
});

test('a cell says a name in words or none at all', () => {
  expect(wordsOf({ is: 'text', text: " '@ana " })).toBe("'@ana");
  expect(wordsOf({ is: 'text', text: "'@ana" })).toBe('@ana');
  expect(wordsOf({ is: 'number', value: 10023, percent: false })).toBe('10023');
  expect(wordsOf({ is: 'number', value: 1.5, percent: false })).toBeUndefined();
  expect(wordsOf({ is: 'day', day: '2027-01-31' })).toBeUndefined();
  expect(wordsOf(undefined)).toBeUndefined();
  expect(isBlank({ is: 'text', text: ' \u00a0\u200b' })).toBe(true);
  expect(isBlank({ is: 'number', value: 0, percent: false })).toBe(false);
  expect(shown({ is: 'odd', why: 'TRUE' })).toBe('TRUE');
});
