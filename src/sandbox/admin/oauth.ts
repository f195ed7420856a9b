/** `POST /oauth/token`: client credentials in a Basic header, the grant type in a form body. */
import type { Answer } from '../answer.ts';
import { json } from '../answer.ts';
import type { Call } from '../call.ts';
import { requireType } from '../call.ts';
import type { AdminWorld } from './world.ts';

export function issueToken(world: AdminWorld, call: Call): Answer {
  requireType(call, ['application/x-www-form-urlencoded']);
  if (new URLSearchParams(call.body).get('grant_type') !== 'client_credentials') {
    return refusal(400, 'unsupported_grant_type', 'The grant type must be client_credentials');
  }
  const now = world.now();
  const grant = world.tokens.issue(call.headers.authorization, now);
  if (grant === undefined) return refusal(401, 'invalid_client', 'The client is not known');
  const seconds = Math.floor((grant.expiresAt - now) / 1000);
  const headers = { 'cache-control': 'no-store' };
  return json(
    { access_token: grant.token, token_type: 'bearer', expires_in: seconds },
    200,
    headers,
  );
}

/** As OAuth wants it, with the platform's own fields besides. */
function refusal(status: number, error: string, message: string): Answer {
  return json({ error, error_description: message, message, code: error, status }, status);
}
