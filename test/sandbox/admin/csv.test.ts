import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from '../../../src/sandbox/admin/csv.ts';

const HEADER = 'id,skillId,proficiency';
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('rows of a user become his list, with and without quotes, by either line end', () => {
  const text = `\ufeff${HEADER}\r\nu1,s1,90\r\n"u1","s,""2""",0\nu2,s1,5`;
  expect(parseCsv(text)).toEqual([
    {
      id: 'u1',
      skills: [
        { skillId: 's1', proficiency: 90 },
        { skillId: 's,"2"', proficiency: 0 },
      ],
    },
    { id: 'u2', skills: [{ skillId: 's1', proficiency: 5 }] },
  ]);
});

test('whatever is quoted well comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.string(),
      fc.nat(100),
      (id, skillId, proficiency) => {
        const text = `${HEADER}\n${quoted(id)},${quoted(skillId)},${proficiency}\n`;
        expect(parseCsv(text)).toEqual([{ id, skills: [{ skillId, proficiency }] }]);
      },
    ),
  );
});

test('what is no number stays a text', () => {
  for (const odd of ['expert', '90.5', ' 90', '-1', 'true', '', '1e1']) {
    const [someone] = parseCsv(`${HEADER}\nu1,s1,${odd}`);
    expect(someone?.skills).toEqual([{ skillId: 's1', proficiency: odd }]);
  }
});

test.each([
  ['nothing', ''],
  ['another header', 'user,skillId,proficiency\nu1,s1,1'],
  ['a missing field', `${HEADER}\nu1,s1`],
  ['an empty line', `${HEADER}\nu1,s1,1\n\n`],
  ['a field too many', `${HEADER}\nu1,s1,1,2`],
  ['rows of a user apart', `${HEADER}\nu1,s1,1\nu2,s1,1\nu1,s2,1`],
  ['an open quote', `${HEADER}\n"u1,s1,1`],
  ['text after a quote', `${HEADER}\n"u1"x,s1,1`],
])('%s is refused', (_name, text) => {
  expect(() => parseCsv(text)).toThrow();
});
