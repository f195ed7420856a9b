/** The token: ready-made, or by client credentials, renewed before it ends; one sign-in at a time. */
import { PlatformError } from '../model/error.ts';
import type { Answer } from './answer.ts';
import type { Clock } from './clock.ts';
import { HTTP_CODES } from './codes.ts';
import type { Credentials } from './credentials.ts';
import { Secret } from './secret.ts';

export interface Tokens {
  /** Throws PlatformError `sign-in-failed` and what the transport throws. */
  current(): Promise<Secret>;
  /** Tells that the platform refused `token`; whether asking again gives another one. */
  refused(token: Secret): boolean;
  /** Everything that must not show in any text. */
  secrets(): readonly Secret[];
}

/** Sends the sign-in form with Basic authorization and gives the answer. */
export type SignIn = (authorization: Secret, form: string) => Promise<Answer>;

interface Held {
  readonly token: Secret;
  /** Epoch milliseconds; Infinity where the platform tells no lifetime. */
  readonly renewAt: number;
}

function signInFailed(message: string, from: Partial<PlatformError>): PlatformError {
  const { status, requestId, platformMessage } = from;
  return new PlatformError('sign-in-failed', message, {
    hint: HTTP_CODES['sign-in-failed'].cure,
    effect: 'none',
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(platformMessage === undefined ? {} : { platformMessage }),
  });
}

/** A minute before the end, or a tenth of a short life. */
function renewal(now: number, expiresIn: unknown): number {
  const life = Number(expiresIn ?? Number.NaN) * 1000;
  return life > 0 ? now + life - Math.min(60_000, life / 10) : Number.POSITIVE_INFINITY;
}

function held(answer: Answer, now: number): Held {
  const { access_token, expires_in } = Object(answer.body) as Record<string, unknown>;
  if (typeof access_token !== 'string' || !/^[\x21-\x7e]+$/.test(access_token))
    throw signInFailed('The sign-in answered without a usable token.', answer);
  return { token: new Secret(access_token), renewAt: renewal(now, expires_in) };
}

export function createTokens(credentials: Credentials, signIn: SignIn, clock: Clock): Tokens {
  if (credentials.kind === 'token') {
    const { token } = credentials;
    return { current: async () => token, refused: () => false, secrets: () => [token] };
  }
  const { clientId, clientSecret, source } = credentials;
  const pair = `${clientId.reveal()}:${clientSecret.reveal()}`;
  const basic = new Secret(Buffer.from(pair).toString('base64'));
  const seen: Secret[] = [clientSecret, basic];
  let have: Held | undefined;
  let coming: Promise<Held> | undefined;

  async function fetchToken(): Promise<Held> {
    try {
      const next = held(await signIn(basic, 'grant_type=client_credentials'), clock.now());
      seen.push(next.token);
      return next;
    } catch (error) {
      const { code, status } = error instanceof PlatformError ? error : {};
      if (code === 'rate-limited') throw error;
      if (status !== 400 && status !== 401 && status !== 403) throw error;
      const message = `The platform refused the credentials in ${source}.`;
      throw signInFailed(message, error as PlatformError);
    }
  }

  return {
    async current() {
      if (have && clock.now() < have.renewAt) return have.token;
      coming ??= fetchToken().finally(() => {
        coming = undefined;
      });
      have = await coming;
      return have.token;
    },
    refused(token) {
      // Another request may have renewed it meanwhile: only the token that is in use is thrown away.
      if (have?.token === token) have = undefined;
      return true;
    },
    secrets: () => seen,
  };
}
