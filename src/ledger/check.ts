/**
 * Hand-made checks of JSON that comes out of the ledger. A check returns the value, with its maps free of inherited
 * keys, or throws Malformed. `at` names the place by fields alone: keys of maps can be e-mail addresses.
 */
import { type Keyed, keyed, type Value } from '../model/assignment.ts';
import { isDay } from '../model/day.ts';
import { isObjectId } from './objects.ts';

export type Check<T> = (value: unknown, at: string) => T;

export class Malformed extends Error {
  readonly at: string;
  readonly must: string;

  constructor(at: string, must: string) {
    super(`${at} must be ${must}`);
    this.at = at;
    this.must = must;
  }
}

function that<T>(is: (given: unknown) => boolean, must: string): Check<T> {
  return (given, at) => {
    if (is(given)) return given as T;
    throw new Malformed(at, must);
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text = that<string>(isText, 'a text');
export const count = that<number>(
  (given) => Number.isInteger(given) && Number(given) >= 0,
  'a count',
);
export const day = that<string>((given) => isText(given) && isDay(given), 'a day');
export const objectId = that<string>(
  (given) => isText(given) && isObjectId(given),
  'a git object id',
);
export const instant = that<string>(
  (given) => isText(given) && !Number.isNaN(Date.parse(given)),
  'an instant',
);
export const value = that<Value>(
  (given) => Number.isFinite(given) || isPlain(given),
  'a number, or an object',
);
export const yes = that<true>((given) => given === true, 'true');

export function oneOf<const T extends string>(words: readonly T[]): Check<T> {
  return that<T>((given) => words.some((word) => word === given), `one of ${words.join(', ')}`);
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (given, at) => (given === null ? null : check(given, at));
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (given, at) => {
    if (!Array.isArray(given)) throw new Malformed(at, 'a list');
    return given.map((item) => check(item, `${at}[]`));
  };
}

export function mapOf<T>(check: Check<T>): Check<Keyed<T>> {
  return (given, at) => {
    const inner = at === '' ? '*' : `${at}.*`;
    return keyed(
      Object.entries(plain(given, at)).map(([key, item]) => [key, check(item, inner)] as const),
    );
  };
}

type Shape<T> = { readonly [K in keyof T]-?: Check<Exclude<T[K], undefined>> };
type OptionalKeys<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never;
}[keyof T];

/** Fields beyond the shape are kept as they are: a newer minor version may have put them there. */
export function object<T extends object>(
  shape: Shape<T>,
  ...optional: readonly OptionalKeys<T>[]
): Check<T> {
  const checks = Object.entries(shape) as [keyof T & string, Check<unknown>][];
  return (given, at) => {
    const result: Record<string, unknown> = { ...plain(given, at) };
    for (const [name, check] of checks) {
      const missing = !Object.hasOwn(result, name);
      if (missing && optional.includes(name as OptionalKeys<T>)) continue;
      result[name] = check(missing ? undefined : result[name], at === '' ? name : `${at}.${name}`);
    }
    return result as T;
  };
}

function plain(given: unknown, at: string): Readonly<Record<string, unknown>> {
  if (isPlain(given)) return given;
  throw new Malformed(at === '' ? 'the file' : at, 'an object');
}
