/** Answers as fields, read with care: only what is there, and of the type that was expected, is taken. */
import type { Json } from '../model/assignment.ts';
import type { OwnList } from '../model/live.ts';

export type Fields = Readonly<Record<string, Json>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function field(fields: Fields, name: string): Json | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The first of the named fields that holds a text. */
export function textField(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(fields, name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The first of the named fields that holds an id; a whole number counts as its decimal text. */
export function idField(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(fields, name);
    if (typeof value === 'string' && value !== '') return value;
    if (Number.isSafeInteger(value)) return String(value);
  }
  return undefined;
}

export function unproven(why: string): OwnList {
  return { proven: false, why };
}

/** JSON has numbers that do not fit: read as infinite, they could not be sent back. */
export function isWhole(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isWhole);
}
