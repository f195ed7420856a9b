/** Client credentials: the client in a Basic header, the grant type in a form body. */
import type { Call } from './call.ts';
import { requireType } from './call.ts';
import type { Grant } from './tokens.ts';
import type { World } from './world.ts';

/** A refusal as OAuth has it. */
export interface Unauthorized {
  readonly status: 400 | 401;
  readonly error: string;
  readonly message: string;
}

interface Granted extends Grant {
  /** Whole seconds until the token ends. */
  readonly seconds: number;
}

/** Throws a Refusal for another content type than a form. */
export function clientCredentials(world: World, call: Call): Granted | Unauthorized {
  requireType(call, ['application/x-www-form-urlencoded']);
  if (new URLSearchParams(call.body).get('grant_type') !== 'client_credentials') {
    const message = 'The grant type must be client_credentials';
    return { status: 400, error: 'unsupported_grant_type', message };
  }
  const now = world.now();
  const grant = world.tokens.issue(call.headers.authorization, now);
  if (grant === undefined) {
    return { status: 401, error: 'invalid_client', message: 'The client is not known' };
  }
  return { ...grant, seconds: Math.floor((grant.expiresAt - now) / 1000) };
}
