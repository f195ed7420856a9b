import { expect, test } from 'vitest';
import { PlatformError } from '../../../src/model/error.ts';
import { namingPermission, type Use } from '../../../src/providers/genesys/permissions.ts';

const LACKING =
  'Unable to perform the requested action. You are missing the following permission(s): ';
const ANY =
  'Unable to perform the requested action. You must have at least one of the following permissions assigned: ';

function hintFor(use: Use, platformCode: string, platformMessage = 'No.', status = 403) {
  const details = {
    status,
    platformCode,
    platformMessage,
    effect: 'none',
    hint: 'as before',
  } as const;
  return (namingPermission(new PlatformError('forbidden', 'No.', details), use) as PlatformError)
    .hint;
}

test.each<[Use, string, string, string]>([
  [
    'skill',
    'missing.permissions',
    `${LACKING}routing:skill:assign`,
    'Give a role of the OAuth client the permission routing:skill:assign, then try again.',
  ],
  [
    'skill',
    'missing.permissions',
    `${LACKING}routing:skill:assign, directory:user:edit`,
    'Give a role of the OAuth client the permissions routing:skill:assign, directory:user:edit, then try again.',
  ],
  [
    'language',
    'missing.any.permissions',
    `${ANY}routing:skill:assign, routing:language:assign`,
    'Give a role of the OAuth client one of the permissions routing:skill:assign, routing:language:assign, then try again.',
  ],
  [
    'read',
    'missing.division.permission',
    "You are missing the following permission 'directory:user:view' in the provided division(s).",
    'Give a role of the OAuth client the permission directory:user:view, in the division of these people, then try again.',
  ],
  [
    'skill',
    'missing.permissions',
    'No.',
    'Give a role of the OAuth client the permission routing:skill:assign, then try again.',
  ],
  [
    'read',
    'app.not.authorized.for.scope',
    'App not authorized to use scope users:readonly',
    'Give the OAuth client the scope users:readonly, then try again.',
  ],
  [
    'skill',
    'app.not.authorized.for.scope',
    "App not authorized to use scope '[users]'",
    'Give the OAuth client the scope users, then try again.',
  ],
  [
    'read',
    'app.not.authorized.for.scope',
    'App not authorized to use scope users',
    'Give the OAuth client the scope users:readonly, then try again.',
  ],
  [
    'catalogue',
    'app.not.authorized.for.scope',
    'No.',
    'Give the OAuth client the scope routing:readonly, then try again.',
  ],
  [
    'catalogue',
    'not.authorized',
    'No.',
    'Give the OAuth client the scope routing:readonly and a role with the permission routing:skill:view, then try again.',
  ],
  [
    'read',
    'missing.permissions',
    'No.',
    'Give the OAuth client the scope users:readonly, then try again.',
  ],
])('a 403 on %s of %s: %s', (use, code, words, hint) => {
  expect(hintFor(use, code, words)).toBe(hint);
});

test('other errors are left as they are', () => {
  expect(hintFor('skill', 'missing.permissions', LACKING, 400)).toBe('as before');
  const other = new TypeError('x');
  expect(namingPermission(other, 'read')).toBe(other);
});
