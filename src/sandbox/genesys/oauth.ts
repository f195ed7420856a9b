/** `POST /oauth/token` of the login host. A client that signs in too often is refused with 400, not 429. */
import { type Answer, json, Refusal, type Trouble } from '../answer.ts';
import type { Buckets } from '../buckets.ts';
import type { Call } from '../call.ts';
import { clientCredentials } from '../oauth.ts';
import type { World } from '../world.ts';

export const SIGN_IN = '/oauth/token';

/** `signIns`: how often a client may come. */
export function issueToken(world: World, signIns: Buckets, call: Call): Answer {
  const wait = signIns.take(call.headers.authorization ?? '', 'calls', world.now());
  if (wait !== undefined) {
    throw new Refusal(
      400,
      'invalid_request',
      `invalid_request (rate limit exceeded; try again in ${wait} seconds)`,
    );
  }
  const granted = clientCredentials(world, call);
  if ('error' in granted) throw new Refusal(granted.status, granted.error, granted.message);
  const { token, seconds } = granted;
  return json({ access_token: token, token_type: 'bearer', expires_in: seconds });
}

/** As OAuth wants it, and with the platform's own `description`. */
export function oauthProblem({ status, code, message, headers }: Trouble): Answer {
  return json({ error: code, description: message, error_description: message }, status, headers);
}
