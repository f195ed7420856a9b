/** Faults that are everybody's, not one user's: going on would only repeat them. */
import type { PlatformError } from '../model/error.ts';
import type { OwnList } from '../model/live.ts';

const EVERYBODYS = new Set([
  'discovery-failed',
  'org-mismatch',
  'rate-limited',
  'sign-in-failed',
  'unauthorized',
]);

/** Whether what ended one user's read would end every other as well. */
export function isEverybodys(error: PlatformError): boolean {
  return EVERYBODYS.has(error.code);
}

/** A 403 for one is his; for everybody who was asked for it is what the credentials lack. Throws the first of them. */
export function demandScope(lists: Iterable<OwnList>): void {
  const errors = [...lists].map((list) => (list.proven ? undefined : list.error));
  const [first] = errors;
  if (first && errors.every((error) => error?.status === 403)) throw first;
}
