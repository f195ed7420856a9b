/** A 403 says what to ask an administrator for: a scope of the OAuth client, or a permission of its roles. */
import { PlatformError } from '../../model/error.ts';
import { withHint } from '../codes.ts';

interface Needs {
  readonly scope: string;
  /** Empty where the call asks for none. */
  readonly permission: string;
}

/** What each use of the API needs, as its description says. */
export const NEEDS = {
  tenant: { scope: 'organization:readonly', permission: '' },
  catalogue: { scope: 'routing:readonly', permission: 'routing:skill:view' },
  read: { scope: 'users:readonly', permission: '' },
  skill: { scope: 'users', permission: 'routing:skill:assign' },
  language: { scope: 'users', permission: 'routing:language:assign' },
} as const satisfies Record<string, Needs>;

export type Use = keyof typeof NEEDS;

const PERMISSION = /\b[a-zA-Z]+:[a-zA-Z]+:[a-zA-Z*]+/g;
const SCOPE = /\bscope '?\[?([a-z][a-z-]*(?::[a-z-]+)*)/;

/** What the platform itself named, or what the call is known to need. */
function toAskFor({ platformCode = '', platformMessage = '' }: PlatformError, use: Use): string {
  const { scope, permission } = NEEDS[use];
  if (platformCode === 'app.not.authorized.for.scope') {
    const told = SCOPE.exec(platformMessage)?.[1] ?? scope;
    // Reading needs no more than reading.
    const least = scope === `${told}:readonly` ? scope : told;
    return `Give the OAuth client the scope ${least}, then try again.`;
  }
  const named = platformMessage.match(PERMISSION) ?? [];
  const wanted = named.length > 0 ? [...new Set(named)] : [permission].filter(Boolean);
  if (!platformCode.startsWith('missing.') || wanted.length === 0)
    return `Give the OAuth client the scope ${scope}${permission && ` and a role with the permission ${permission}`}, then try again.`;
  const any = platformCode.includes('.any.') && wanted.length > 1 ? 'one of the permissions' : '';
  const which = any || (wanted.length > 1 ? 'the permissions' : 'the permission');
  const where = platformCode.includes('division') ? ', in the division of these people' : '';
  return `Give a role of the OAuth client ${which} ${wanted.join(', ')}${where}, then try again.`;
}

/** An error as it was, or, for a 403, with what to ask for. */
export function namingPermission<E>(error: E, use: Use): E | PlatformError {
  if (!(error instanceof PlatformError) || error.status !== 403) return error;
  return withHint(error, toAskFor(error, use));
}
