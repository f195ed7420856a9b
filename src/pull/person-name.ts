/** The name that stands beside a person's key, for people. */
import type { Org } from '../model/config.ts';
import type { Person } from '../model/live.ts';

/** Undefined where there is none, and where the org keeps names out of the files. */
export function nameOf({ name }: Person, { keys }: Org): string | undefined {
  return keys === 'id' ? undefined : name;
}
