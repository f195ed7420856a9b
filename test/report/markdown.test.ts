import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, escaped, person, table, titled } from '../../src/report/markdown.ts';

test.each([
  ['Billing (L2), 40 %', 'Billing (L2), 40 %'],
  ['a|b<script>', 'a&#124;b&#60;script&#62;'],
  ['```', '&#96;&#96;&#96;'],
  ['@team', '@&#8288;team'],
  ['#1', '#&#8288;1'],
  ['GH-1', 'GH-&#8288;1'],
  ['[x](javascript:1)', '&#91;x&#93;(javascript:1)'],
  ['https://example.com www.example.com', 'https:&#8288;//example.com www&#8288;.example.com'],
  [':tada:', ':&#8288;tada:'],
  ['admin:users:write', 'admin:users:write'],
  ['$x$ ~~y~~ *z* _w_', '&#36;x&#36; &#126;&#126;&#8288;y&#126;&#126; &#42;z&#42; &#95;w&#95;'],
  ['a\\|b', 'a&#92;&#124;b'],
  ['&lt;b&gt;', '&#38;lt;b&#38;gt;'],
  ['two\nlines\u202e', 'two lines'],
  ['👍', '👍'],
  ['!12 $12 &12 %1 ~bug', '!&#8288;12 &#36;&#8288;12 &#38;&#8288;12 %&#8288;1 &#126;&#8288;bug'],
  ['[issue:1] *iteration:1', '&#91;&#8288;issue:1&#93; &#42;&#8288;iteration:1'],
  ['5ab9261 deadbeef 123456', '5ab92&#8288;61 deadb&#8288;eef 123456'],
  ['fadeaways', 'fadeaways'],
  ['5ab92614c0ffee', '5ab92&#8288;614c0&#8288;ffee'],
])('%j is written %j', (text, written) => {
  expect(escaped(text)).toBe(written);
});

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const read = escaped(text).replace(/&#(\d+);/g, (_, point) => String.fromCharCode(point));
      expect(read.replaceAll('\u2060', '')).toBe(text);
    }),
  );
});

test('an ordinary key or place is code, so that it can be copied; any other is escaped', () => {
  expect(code('ana.b+c@example.com')).toBe('`ana.b+c@example.com`');
  expect(code('rosters/a_b.yaml:12')).toBe('`rosters/a_b.yaml:12`');
  expect(code('a`b')).toBe('a&#96;b');
  expect(code('@team')).toBe('@&#8288;team');
  expect(code('a|b.yaml:1')).toBe('a&#124;b.yaml:1');
  expect(person({ key: 'ana@example.com', name: 'Ana <3' })).toBe('Ana &#60;3 `ana@example.com`');
  expect(person({ key: 'ana' })).toBe('`ana`');
});

test('a table or a section of nothing is nothing', () => {
  expect(table(['a'], [])).toEqual([]);
  expect(titled('Title', [])).toEqual([]);
  expect(titled('Title', table(['a', 'b'], [['1', '2']]))).toEqual([
    '### Title',
    '',
    '| a | b |',
    '| --- | --- |',
    '| 1 | 2 |',
  ]);
});
