/** Overrides of what is only assumed about a platform: only what is known may be overridden, and only with what can be. */
import type { Keyed } from '../model/assignment.ts';
import { MusterError } from '../model/error.ts';
import { PROVIDER_CODES } from './codes.ts';
import { nearestOf } from './nearest.ts';

/** What is wrong with a value, as words that complete "The assumption `key` ..."; undefined for one that can be. */
type Flaw<K extends string> = (key: K, value: string) => string | undefined;

function wrong(message: string, hint: string = PROVIDER_CODES['assumption-unknown'].cure) {
  return new MusterError('assumption-unknown', message, { hint });
}

/** The assumptions with an org's overrides. Throws MusterError `assumption-unknown`. */
export function assumeWith<K extends string>(
  assumed: Readonly<Record<K, string>>,
  overrides: Keyed<string>,
  flaw: Flaw<K>,
): Readonly<Record<K, string>> {
  const keys = Object.keys(assumed);
  for (const [key, value] of Object.entries(overrides)) {
    if (!keys.includes(key)) {
      const near = nearestOf(() => keys)(key);
      const hint =
        near === undefined ? `Known are ${keys.join(', ')}.` : `Did you mean \`${near}\`?`;
      throw wrong(`There is no assumption named \`${key}\`.`, hint);
    }
    const why = flaw(key as K, value);
    if (why !== undefined) throw wrong(`The assumption \`${key}\` ${why}.`);
  }
  return { ...assumed, ...overrides };
}
