/** Makes the transport's errors: one plain sentence, the cure from the table, never a secret or an e-mail address. */
import { PlatformError, type PlatformErrorDetails } from '../model/error.ts';
import { HTTP_CODES, type HttpCode } from './codes.ts';

/** What a request is to errors. `writes`: it may change something. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly writes: boolean;
  readonly requestId: string;
  readonly redact: (text: string) => string;
}

export function failure(
  code: HttpCode,
  message: string,
  asked: Asked,
  details: Partial<PlatformErrorDetails> = {},
): PlatformError {
  return new PlatformError(code, asked.redact(message), {
    hint: HTTP_CODES[code].cure,
    requestId: asked.requestId,
    ...details,
    // A read has no effect, whatever became of it.
    effect: asked.writes ? (details.effect ?? 'unknown') : 'none',
  });
}

const TLS =
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;
// The request cannot have left: there was no connection to send it on.
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  UND_ERR_SOCKET: 'the other side closed the connection',
};

/** The codes of an error and its causes, outermost first; the errors of several tried addresses included. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(Array.isArray(errors) ? errors.flatMap((each) => codesOf(each, depth + 1)) : []),
    ...codesOf(cause, depth + 1),
  ];
}

/** What the network threw, as an error that says what it means and whether the request may have arrived. */
export function networkFailure(
  error: unknown,
  asked: Asked,
  stage: 'headers' | 'body',
): PlatformError {
  const codes = codesOf(error);
  const place = `${asked.method} ${asked.path}`;
  const tls = codes.find((code) => TLS.test(code));
  if (tls !== undefined)
    return failure('tls-failed', `No trusted connection for ${place} (${tls}).`, asked, {
      effect: 'none',
    });
  const effect = codes.some((code) => UNSENT.has(code)) ? 'none' : 'unknown';
  if (codes.some((code) => code.includes('TIMEOUT')))
    return failure('timeout', `No answer in time to ${place}.`, asked, { effect });
  if (stage === 'body')
    return failure('answer-truncated', `The answer to ${place} broke off.`, asked);
  const code = codes.at(-1) ?? 'unknown cause';
  const why = Object.hasOwn(WORDS, code) ? `${WORDS[code]} (${code})` : code;
  return failure('connection-failed', `No connection for ${place}: ${why}.`, asked, { effect });
}
