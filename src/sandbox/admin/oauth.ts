/** `POST /oauth/token`, with the platform's own fields beside those of OAuth where it refuses. */
import type { Answer } from '../answer.ts';
import { json } from '../answer.ts';
import type { Call } from '../call.ts';
import { clientCredentials } from '../oauth.ts';
import type { AdminWorld } from './world.ts';

export function issueToken(world: AdminWorld, call: Call): Answer {
  const granted = clientCredentials(world, call);
  if ('error' in granted) {
    const { status, error, message } = granted;
    return json({ error, error_description: message, message, code: error, status }, status);
  }
  const { token, seconds } = granted;
  return json({ access_token: token, token_type: 'bearer', expires_in: seconds }, 200, {
    'cache-control': 'no-store',
  });
}
