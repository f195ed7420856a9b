import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byCodeUnit,
  canonical,
  canonicalPieces,
  dormant,
  dormantValue,
  fits,
  isHeld,
  keyed,
  sameValue,
} from '../../src/model/assignment.ts';
import { addDays, dayAt, isDay, isTimeZone } from '../../src/model/day.ts';
import { MusterError, PlatformError } from '../../src/model/error.ts';
import { at, hasErrors } from '../../src/model/finding.ts';
import { actionOf } from '../../src/model/plan.ts';
import { offScale, SCALES } from '../../src/model/platform.ts';

test('keyed maps have no inherited keys, and hold any', () => {
  const map = keyed([['__proto__', 1]]);
  expect(map.constructor).toBeUndefined();
  expect(Object.keys(map)).toEqual(['__proto__']);
});

test('canonical JSON sorts keys at every depth and keeps arrays', () => {
  expect(canonical({ b: [2, 1, null], a: { d: 1, c: 'x' } })).toBe(
    '{"a":{"c":"x","d":1},"b":[2,1,null]}',
  );
  expect(canonical(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
});

test('canonical JSON is the same in pieces, at any depth', () => {
  const nested = { a: { b: { c: [1] }, d: null }, e: 'x' };
  for (const depth of [1, 2, 3]) {
    expect([...canonicalPieces(nested, depth)].join('')).toBe(
      '{"a":{"b":{"c":[1]},"d":null},"e":"x"}',
    );
  }
  expect([...canonicalPieces({ a: [1], b: {} }, 2)].join('')).toBe('{"a":[1],"b":{}}');
  expect([...canonicalPieces({ b: undefined, a: {} }, 2)].join('')).toBe('{"a":{}}');
  expect(canonical({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
  expect(canonical([true, null, Number.NaN, -0, 1.5, 'ä"'])).toBe('[true,null,null,0,1.5,"ä\\""]');
  const values = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 4 }), (value, depth) => {
      expect([...canonicalPieces(value, depth)].join('')).toBe(canonical(value));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 1000 },
  );
});

test('values are compared by what they hold', () => {
  expect(sameValue(1, 1)).toBe(true);
  expect(sameValue(1, undefined)).toBe(false);
  expect(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(sameValue({ a: 1 }, { a: '1' })).toBe(false);
  expect(sameValue({ proficiency: 1 }, 1)).toBe(false);
});

test('order is by code unit, the same in every locale', () => {
  expect(['b', 'ä', 'B', 'a', 'a'].sort(byCodeUnit)).toEqual(['B', 'a', 'a', 'b', 'ä']);
});

test('days exist, move, and depend on the zone', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-3', '2026-13-01', '2024-02-29'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
  expect(['UTC', 'Europe/Madrid', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  const lateInUtc = Date.parse('2026-11-23T23:30:00Z');
  expect(dayAt(lateInUtc, 'UTC')).toBe('2026-11-23');
  expect(dayAt(lateInUtc, 'Europe/Madrid')).toBe('2026-11-24');
});

test('scales say what is off them', () => {
  const admin = SCALES.admin.skill;
  const genesys = SCALES.genesys.skill;
  if (!admin || !genesys) throw new Error('both platforms have skills');
  expect([0, 100].map((n) => offScale(admin, n))).toEqual([undefined, undefined]);
  expect([101, -1, 1.5, Number.NaN].map((n) => offScale(admin, n))).toEqual(
    Array(4).fill('a whole number from 0 to 100'),
  );
  expect(offScale(genesys, 2.5)).toBeUndefined();
  expect(offScale(genesys, 5.1)).toBe('a number from 0 to 5');
});

test('what is dormant is held by nobody, and nothing else is dormant', () => {
  for (const value of [4, { proficiency: null }]) {
    expect(dormantValue(dormant(value))).toEqual(value);
    expect(isHeld(dormant(value))).toBe(false);
  }
  for (const value of [0, {}, { dormant: true }, { dormant: null }, { dormant: [1] }] as const)
    expect(isHeld(value)).toBe(true);
  expect(isHeld({ dormant: 4, proficiency: 4 })).toBe(true);
  expect(isHeld(undefined)).toBe(false);
});

test('where none is wanted what is dormant is none, and nowhere else', () => {
  expect(fits(dormant(4), undefined)).toBe(true);
  expect(fits(undefined, undefined)).toBe(true);
  expect(fits(4, undefined)).toBe(false);
  expect(fits(undefined, dormant(4))).toBe(false);
  expect(fits(dormant(5), dormant(4))).toBe(false);
  expect(fits(dormant(4), 4)).toBe(false);
});

test('waking adds, putting to sleep removes', () => {
  expect(actionOf(undefined, 4)).toBe('add');
  expect(actionOf(dormant(4), 4)).toBe('add');
  expect(actionOf(4, undefined)).toBe('remove');
  expect(actionOf(4, dormant(4))).toBe('remove');
  expect(actionOf(4, 5)).toBe('change');
  expect(actionOf(dormant(4), dormant(5))).toBe('change');
});

test('errors carry what a person needs', () => {
  const place = { file: 'a.yaml', line: 1, col: 2 };
  expect(new MusterError('c', 'm.', { hint: 'h', place })).toMatchObject({
    code: 'c',
    hint: 'h',
    place,
  });
  expect(new MusterError('c', 'm.').hint).toBeUndefined();
  const full = {
    status: 400,
    platformMessage: 'p',
    requestId: 'r',
    retryAfterMs: 5,
    effect: 'none',
  } as const;
  expect(new PlatformError('c', 'm.', full)).toMatchObject({ ...full, name: 'PlatformError' });
  expect(new PlatformError('c', 'm.', { effect: 'unknown' }).status).toBeUndefined();
});

test('findings have places, and errors among them', () => {
  expect(at({ file: 'a.yaml', line: 3, col: 4 })).toBe('a.yaml:3:4');
  expect(hasErrors([])).toBe(false);
  expect(hasErrors([{ code: 'c', severity: 'error', message: 'm' }])).toBe(true);
});
