/** What the platform's own codes of an error mean for whoever asked. */
import { PlatformError } from '../../model/error.ts';

function codeIs(error: unknown, status: number, code: string): boolean {
  return error instanceof PlatformError && error.status === status && error.platformCode === code;
}

/** The page is too heavy: a smaller one may be had. */
export function isTooLarge(error: unknown): boolean {
  return codeIs(error, 400, 'response.entity.too.large');
}

/** Something that was asked by is nothing the platform could know, such as an id of the wrong form. */
export function isInvalidValue(error: unknown): boolean {
  return ['invalid.value', 'invalid.query.param.value', 'constraint.validation'].some((code) =>
    codeIs(error, 400, code),
  );
}

/** Somebody else writes to the same person; nothing was done. Some calls say so by a 400. */
export function isConflict(error: unknown): boolean {
  if (codeIs(error, 400, 'general.conflict')) return true;
  return error instanceof PlatformError && error.status === 409;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof PlatformError && error.status === 404;
}
