import { expect, test } from 'vitest';
import { plain } from '../../src/desired/node.ts';
import { parse } from '../../src/desired/parse.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const codes = (text: string) => parse(bytes(text)).problems.map(({ code, at }) => `${code}@${at}`);
const value = (text: string): unknown => {
  const { root } = parse(bytes(text));
  return root && JSON.parse(JSON.stringify(plain(root)));
};

test('a byte order mark and Windows line ends are tolerated', () => {
  expect(value('\ufeffa: 1\r\nb:\r\n  - x\r\n')).toEqual({ a: 1, b: ['x'] });
});

test('aliases are what they stand for, wherever they are used', () => {
  expect(value('a: &x { b: 1 }\nc: *x\nd: [*x, &y z, *y]\n')).toEqual({
    a: { b: 1 },
    c: { b: 1 },
    d: [{ b: 1 }, 'z', 'z'],
  });
});

test('block text, explicit keys, empty values and tags of the core schema are read', () => {
  expect(value('a: |\n  x\n  y\n? b\n: "c"\nd:\ne: !!str 5\nf: [~, true]\n"g": {h: }\n')).toEqual({
    a: 'x\ny\n',
    b: 'c',
    d: null,
    e: '5',
    f: [null, true],
    g: { h: null },
  });
});

test.each(['', '  \n', '# only a comment\n', '---\n', '~\n', 'null'])(
  '%j is an empty file',
  (text) => {
    expect(codes(text)).toEqual(['file-empty@0']);
  },
);

test.each([
  ['a: b\n---\nc: d\n', 'yaml-documents@5'],
  ['---\n---\na: b\n', 'yaml-documents@4'],
  ['a:\n\tb: 1\n', 'yaml-tab@3'],
  ['[a]: b\n', 'yaml-key@0'],
  ['%YAML 1.1\n---\na: yes\n', 'yaml-version@0'],
  ['a: !foo b\n', 'yaml-syntax@3'],
  ['a: [b\n', 'yaml-syntax@6'],
  ['a: *b\n', 'yaml-syntax@3'],
  ['a: &a [*a]\n', 'alias-explosion@7'],
  ['a: 1\nb: 2\na: 3\n', 'duplicate-key@10'],
  ['a: !!binary aGk=\n', 'yaml-syntax@12'],
  ['a: !!omap [b: 1]\n', 'yaml-syntax@10'],
  ['a: !!set { b }\n', 'yaml-syntax@9'],
  ['a: !!timestamp 2026-11-27\n', 'yaml-syntax@15'],
  ['a: !!merge b\n', 'yaml-syntax@11'],
  ['a: !ours 1\n', 'yaml-syntax@3'],
  ['__proto__: 1\n', 'reserved-key@0'],
  ['a: { <<: b }\n', 'yaml-merge-key@5'],
  ['a: "x\u202ey"\n', 'bidi-character@5'],
  ['a: "x\\u202Ey"\n', 'bidi-character@3'],
  ['"x\\u2066y": [a]\n', 'bidi-character@0'],
  ['a: b\u0007\n', 'control-character@4'],
  ['<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n', 'merge-conflict@0'],
])('%j is %s', (text, code) => {
  expect(codes(text)[0]).toBe(code);
});

test('a tag that says what plain text says as well is taken', () => {
  expect(
    codes('a: [!!str 1, !!int "2", !!float "1.5", !!bool "true", !!null "", !!map {}, !!seq []]\n'),
  ).toEqual([]);
});

test('control characters are C0 and DEL, without tabs and line ends', () => {
  const found = Array.from({ length: 0x100 }, (_, code) => code).filter((code) =>
    codes(`a: "${String.fromCharCode(code)}"\n`).includes('control-character@4'),
  );
  const c0 = Array.from({ length: 0x20 }, (_, code) => code);
  expect(found).toEqual([...c0.filter((code) => ![9, 10, 13].includes(code)), 0x7f]);
});

test('what is wrong at one place is told once', () => {
  expect(codes('users:\n  a: { b: { c: d\n  e:\n    f: 1\n')).toEqual(['yaml-syntax@26']);
  expect(codes('a: { b: c\nd: e\nf: { g: h\ni: j\n')).toEqual(['yaml-syntax@10', 'yaml-syntax@25']);
});

test('a duplicate key names the first, and its value is not lost in silence', () => {
  const [problem] = parse(bytes('a: 1\na: 2\n')).problems;
  expect(problem).toMatchObject({ code: 'duplicate-key', related: [0] });
});

test('text that is not UTF-8 is told of before anything else', () => {
  expect(parse(new Uint8Array([0xff, 0xfe, 0x61])).problems[0]).toMatchObject({
    code: 'file-encoding',
    at: 0,
  });
});

test('aliases that multiply are refused before they are written out', () => {
  const lines = ['l0: &l0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i <= 12; i++) {
    const inner = Array.from({ length: 10 }, () => `*l${i - 1}`).join(', ');
    lines.push(`l${i}: &l${i} [${inner}]`);
  }
  expect(codes(lines.join('\n'))[0]).toMatch(/^alias-explosion@/);
});

test('depth is bounded, whether it is written or comes about by aliases', () => {
  const chain = ['a0: &a0 [x]'];
  for (let i = 1; i <= 80; i++) chain.push(`a${i}: &a${i} [*a${i - 1}]`);
  expect(codes(chain.join('\n'))[0]).toMatch(/^yaml-depth@/);
  expect(codes(`${'['.repeat(70)}${']'.repeat(70)}`)[0]).toMatch(/^yaml-depth@/);
  expect(codes(`${'{a: '.repeat(70)}1${'}'.repeat(70)}`)[0]).toMatch(/^yaml-depth@/);
  expect(codes('['.repeat(100_000))[0]).toMatch(/^yaml-depth@/);
});

test('a problem inside an anchored or nested value ends the reading of the whole', () => {
  expect(parse(bytes('a: &x { b: *nobody }\nc: *x\n')).root).toBeUndefined();
  expect(parse(bytes('a: &x [{ b: *nobody }]\n')).root).toBeUndefined();
});

test('a key with nothing behind it, not even a colon, has no value', () => {
  expect(value('a: { b, c }\n? d\n')).toEqual({ a: { b: null, c: null }, d: null });
});
