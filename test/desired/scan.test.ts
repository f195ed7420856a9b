import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compose } from '../../src/desired/compose.ts';
import { scan } from '../../src/desired/scan.ts';

/** Pieces that files are made of, and pieces that are nearly so. */
const PIECES = [
  'a',
  'Billing',
  'ana@example.com',
  'É b',
  '90',
  '1.5',
  '007',
  '2026-12-01',
  '12x',
  '1e3',
  'null',
  'True',
  '~',
  '"q r"',
  "'s'",
  "'it''s'",
  '"x\\n"',
  '__proto__',
  'a-b',
  '-1',
  '.5',
  '<<',
  '*a',
  '&a',
  '!t',
  '@',
  ': ',
  ':',
  ' ',
  '  ',
  '    ',
  '\n',
  '\n  ',
  '\n    ',
  '\n- ',
  '\n  - ',
  '- ',
  '-',
  '[',
  ']',
  '{',
  '}',
  ', ',
  ',',
  ' # c',
  '#',
  '\n# c\n',
  '---\n',
  '---',
  '...\n',
  '\t',
  '\r\n',
  '|',
  '>',
  '?',
  '%',
  'k: v\n',
  'k:\n',
  '  k: 1\n',
  '    m: [a, b]\n',
  '  n: { x: 1, y: z }\n',
  '  - i\n',
  '- j\n',
  'long'.repeat(60),
] as const;

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join(''));

test('what the scanner returns is exactly what the whole parser returns', () => {
  fc.assert(
    fc.property(text, (source) => {
      const scanned = scan(source);
      if (scanned) expect({ source, root: scanned }).toEqual({ source, ...pick(compose(source)) });
    }),
    { numRuns: 3000 },
  );
});

function pick({ root, problems }: ReturnType<typeof compose>) {
  return problems.length > 0 ? { problems } : { root };
}

const node = (depth: number): fc.Arbitrary<string> => {
  const word = fc.constantFrom('a', 'b c', '90', '2026-12-01', 'x@y.z', '"q"', "'s'");
  return depth === 0
    ? word
    : fc.oneof(
        word,
        fc.array(node(depth - 1), { maxLength: 3 }).map((all) => `[${all.join(', ')}]`),
        fc.array(node(depth - 1), { maxLength: 3 }).map((all) => {
          const pairs = all.map((value, index) => `k${index}: ${value}`);
          return `{ ${pairs.join(', ')} }`;
        }),
      );
};

const block = (indent: string, depth: number): fc.Arbitrary<string> => {
  const entry = fc.oneof(
    node(2).map((value) => ` ${value}  # c\n`),
    fc.constant('\n'),
    fc.array(node(1), { minLength: 1, maxLength: 3 }).map((all) => {
      const items = all.map((value, i) =>
        i === 1 ? `${indent}-  k: ${value}\n${indent}   "l":\n` : `${indent}- ${value}\n`,
      );
      return `\n${items.join('')}`;
    }),
    ...(depth === 0 ? [] : [block(`${indent}  `, depth - 1).map((inner) => `\n${inner}`)]),
  );
  return fc
    .array(entry, { minLength: 1, maxLength: 4 })
    .map((all) => all.map((value, index) => `${indent}key ${index}:${value}`).join('\n'));
};

test('ordinary files are not left to the slow parser', () => {
  fc.assert(
    fc.property(block('', 3), (source) => {
      const scanned = scan(source);
      expect(scanned).toBeDefined();
      expect(scanned).toEqual(compose(source).root);
    }),
    { numRuns: 200 },
  );
});

test.each([
  'a: [b\n',
  'a: [b: c]\n',
  'a: {b}\n',
  'a: {b: }\n',
  'a: {b:c}\n',
  'a: b#c\n',
  'a:b\n',
  'a : b\n',
  '  a: b\n',
  '- a\n',
  'a:\n  b: 1\n c: 2\n',
  'a:\n  b: 1\n  - c\n',
  'a:\n  -b\n',
  'a: b\n  c: d\n',
  'a: 1e3\n',
  'a: {b: {*c}}\n',
  'a: [[[[[[[[[[b]]]]]]]]]]\n',
  'a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}\n',
  'a:\n  - - c\n',
  'a: "b" c\n',
  '---\n---\na: b\n',
  'a: [b c: d]\n',
  'a: {"b":c}\n',
  '"a\\n": b\n',
  'a: b\rc\n',
  'a: %\n',
])('%j is left to the whole parser', (source) => {
  expect(scan(source)).toBeUndefined();
});

test.each([
  '---\na: b\n',
  '---\r\n\r\na: b\r\nc:\r\n  - d\r\n',
  'a:\n- b: c\n  d:\n  - e\n- f: {"g": h}\n  \'i\': j\n- k\nl: m\n',
  '# c\n---\na:\n- b\n- c\nd: e',
  'a:\n  # c\n\n  b: c\nd: {}\ne: []',
])('%j is scanned', (source) => {
  expect(scan(source)).toEqual(compose(source).root);
});

test('one odd piece in an ordinary file changes nothing about that', () => {
  const odd = fc.tuple(block('', 2), fc.nat(), fc.constantFrom(...PIECES));
  fc.assert(
    fc.property(odd, ([source, where, piece]) => {
      const at = where % source.length;
      const mutant = `${source.slice(0, at)}${piece}${source.slice(at)}`;
      const scanned = scan(mutant);
      if (scanned) expect({ mutant, root: scanned }).toEqual({ mutant, ...pick(compose(mutant)) });
    }),
    { numRuns: 2000 },
  );
});
