/** A 403 says what to ask an administrator for. The names are those of the vendor's help page on ACD permissions. */
import { PlatformError } from '../../model/error.ts';
import { withHint } from '../codes.ts';

const NEEDS = {
  read: 'Users: View and Skills: View',
  write: 'Users: View, Skills: View and Skills: User Assignment',
} as const;

/** An error as it was, or, for a 403, with the permissions that are needed. */
export function namingPermission<E>(error: E, use: keyof typeof NEEDS): E | PlatformError {
  if (!(error instanceof PlatformError) || error.status !== 403) return error;
  const needs = `the ACD permissions ${NEEDS[use]}`;
  return withHint(error, `Give the role of the access key's user ${needs}, then try again.`);
}
