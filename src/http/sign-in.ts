/** Ways to sign in. Each asks for a token, and may learn on the way where the API is. */
import { PlatformError } from '../model/error.ts';
import type { Answer } from './answer.ts';
import { HTTP_CODES } from './codes.ts';
import type { Credentials } from './credentials.ts';
import { Secret } from './secret.ts';

/** A request that bears no token. Its path is relative to `base`, which is a checked address. */
export interface Plain {
  readonly base: URL;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The whole header. */
  readonly authorization?: Secret;
  readonly body?: { readonly type: string; readonly text: string };
}

/** Sends it, tried again as reads are. Throws PlatformError. */
export type Ask = (request: Plain) => Promise<Answer>;

export interface Grant {
  readonly token: Secret;
  /** Seconds, as far as the platform tells them. */
  readonly expiresIn: unknown;
  /** Where the API is, when the sign-in tells; checked. */
  readonly base?: URL;
}

export interface SignIn {
  /** Throws PlatformError `sign-in-failed` and what asking throws. */
  grant(ask: Ask): Promise<Grant>;
  /** Everything that must not show in any text. */
  secrets(): readonly Secret[];
}

function failed(message: string, from: Partial<PlatformError>, hint?: string): PlatformError {
  const { status, requestId, platformMessage } = from;
  return new PlatformError('sign-in-failed', message, {
    hint: hint ?? HTTP_CODES['sign-in-failed'].cure,
    effect: 'none',
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(platformMessage === undefined ? {} : { platformMessage }),
  });
}

/** `Basic` authorization of a pair, and what in it must not show. */
export function basic(name: Secret, password: Secret) {
  const pair = Buffer.from(`${name.reveal()}:${password.reveal()}`).toString('base64');
  return { authorization: new Secret(`Basic ${pair}`), secrets: [password, new Secret(pair)] };
}

/** The token in an answer. Throws PlatformError `sign-in-failed` when there is none that could be sent. */
export function tokenIn(answer: Answer): Grant {
  const { access_token, expires_in } = Object(answer.body) as Record<string, unknown>;
  if (typeof access_token !== 'string' || !/^[\x21-\x7e]+$/.test(access_token))
    throw failed('The sign-in answered without a usable token.', answer);
  return { token: new Secret(access_token), expiresIn: expires_in };
}

/** The same answer; a refusal of the credentials names where they come from. */
export async function naming(
  source: string,
  asking: Promise<Answer>,
  hint?: string,
): Promise<Answer> {
  try {
    return await asking;
  } catch (error) {
    const { code, status } = error instanceof PlatformError ? error : {};
    const refused = status === 400 || status === 401 || status === 403;
    if (code === 'rate-limited' || !refused) throw error;
    throw failed(
      `The platform refused the credentials in ${source}.`,
      error as PlatformError,
      hint,
    );
  }
}

/** Client credentials (OAuth 2.0) at `/oauth/token`. */
export function clientCredentials(
  { clientId, clientSecret, source }: Extract<Credentials, { kind: 'client' }>,
  base: URL,
): SignIn {
  const { authorization, secrets } = basic(clientId, clientSecret);
  return {
    async grant(ask) {
      const text = 'grant_type=client_credentials';
      const body = { type: 'application/x-www-form-urlencoded', text };
      const asking = ask({ base, method: 'POST', path: '/oauth/token', authorization, body });
      return tokenIn(await naming(source, asking));
    },
    secrets: () => secrets,
  };
}
