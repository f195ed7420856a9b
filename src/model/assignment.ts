/**
 * Assignments: which user holds which skill or language at which value.
 * Identity is (kind, platform id) everywhere behind the files; lists are keyed maps, never arrays.
 */

export const KINDS = ['skill', 'language'] as const;
export type Kind = (typeof KINDS)[number];

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * A live value: a plain number on the platform's own scale or, where the platform holds anything else (no
 * proficiency, a text, a flag besides), the fields just as they were read, to be carried as they are. What the platform
 * keeps but does not act on is `dormant()`.
 */
export type Value = number | { readonly [field: string]: Json };

/** Values by platform id. Made by `keyed()`, so that no id can collide with an inherited property. */
export type Keyed<T> = Readonly<Record<string, T>>;

/** One user's complete list. */
export type Assignments = { readonly [K in Kind]: Keyed<Value> };

/** A map from strings that has no inherited keys. */
export function keyed<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const map: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}

export const NO_ASSIGNMENTS: Assignments = Object.freeze({
  skill: Object.freeze(keyed<Value>()),
  language: Object.freeze(keyed<Value>()),
});

/** Whether two values are the same, field by field. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return canonical(a) === canonical(b);
}

/**
 * A value that is kept, but switched off: nobody holds it. It counts as none, and only a value that the files give
 * takes its place.
 */
export function dormant(value: Value): Value {
  return keyed([['dormant', value]]);
}

/** What `dormant()` was given; undefined for any other value. */
export function dormantValue(value: Value | undefined): Value | undefined {
  if (typeof value !== 'object' || !Object.hasOwn(value, 'dormant')) return undefined;
  if (Object.keys(value).length > 1) return undefined;
  const { dormant: inner } = value;
  const isValue = typeof inner === 'object' ? inner !== null && !Array.isArray(inner) : false;
  return isValue || typeof inner === 'number' ? (inner as Value) : undefined;
}

/** Whether somebody with this value holds the thing. */
export function isHeld(value: Value | undefined): value is Value {
  return value !== undefined && dormantValue(value) === undefined;
}

/** Whether a list that has `has` is as one that shall have `wanted`: where none is wanted, a dormant value is none. */
export function fits(has: Value | undefined, wanted: Value | undefined): boolean {
  return sameValue(has, wanted) || (wanted === undefined && !isHeld(has));
}

/** JSON with sorted keys and no white space: equal data, equal bytes. What is undefined is left out, as in JSON. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(fields).sort(byCodeUnit)) {
    const inner = fields[key];
    if (inner === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(inner)}`;
  }
  return `{${text}}`;
}

/**
 * The same bytes in pieces, objects being taken apart down to `depth`: what a large plan comes to is longer than any one
 * text can be.
 */
export function* canonicalPieces(value: object, depth: number): Generator<string> {
  const fields = value as Record<string, unknown>;
  let before = '{';
  for (const key of Object.keys(fields).sort(byCodeUnit)) {
    const inner = fields[key];
    if (inner === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    if (depth > 1 && typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      yield* canonicalPieces(inner, depth - 1);
    } else yield canonical(inner);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** The one order of names and ids in muster: by UTF-16 code unit, the same on every machine and locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
