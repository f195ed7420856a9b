/** Judges one answer: data, or an error that says what came instead. Only a 2xx with a sound body is data. */
import type { PlatformError } from '../model/error.ts';
import { MOST_WAIT_MS, retryAfterMs, spoken } from './backoff.ts';
import type { HttpCode } from './codes.ts';
import type { Incoming } from './exchange.ts';
import { type Asked, failure } from './failure.ts';
import { oneLine } from './secret.ts';

/** `body` is parsed JSON; undefined where the platform rightly sent none (204, or any write). */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The platform's own, or the one it was sent with. */
  readonly requestId: string;
  /** The id it was sent with. */
  readonly sentId: string;
  readonly location?: string;
}

const BY_STATUS: ReadonlyMap<number, HttpCode> = new Map<number, HttpCode>([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'not-supported'],
  [408, 'timeout'],
  [409, 'conflict'],
  [429, 'rate-limited'],
  [501, 'not-supported'],
]);

function codeOf(status: number): HttpCode {
  const known = BY_STATUS.get(status);
  if (known) return known;
  if (status >= 500) return 'server-error';
  return status >= 400 ? 'bad-request' : 'redirected';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fields of an answer's body; none where it is no object. */
function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function wordsIn(body: unknown, depth = 0): string | undefined {
  if (typeof body === 'string' && body.trim() !== '') return body;
  if (typeof body !== 'object' || body === null || depth > 3) return undefined;
  const { message, error_description, description, error, detail, title, errors } = fieldsOf(body);
  const [first] = Array.isArray(errors) ? errors : [];
  for (const candidate of [message, error_description, description, error, detail, title, first]) {
    const words = wordsIn(candidate, depth + 1);
    if (words !== undefined) return words;
  }
  return undefined;
}

const CODE = /^[A-Za-z][\w.-]{0,99}$/;
/** What a 429 asks for in words, when its header was lost on the way. */
const IN_SECONDS = /\bin \[?(\d{1,5})\]? seconds?\b/i;
/** A sign-in that is throttled is called a wrong request by some. */
const THROTTLED = /\brate limit exceeded\b/i;

/** What a refusal says for itself, without secrets, each as one line; nothing of web pages and silence. */
function saidIn({ text, requestId, reason }: Incoming, asked: Asked) {
  const body = parsed(text.slice(0, 20_000));
  const plain = body === undefined && !text.trimStart().startsWith('<') ? text : undefined;
  const words = wordsIn(body ?? plain?.slice(0, 20_000)) ?? wordsIn(reason);
  const { code, contextId } = fieldsOf(body);
  // Cut after taking secrets out: half a token is still half a token.
  const line = (value: string) => oneLine(asked.redact(value));
  return {
    requestId: requestId ?? (typeof contextId === 'string' ? line(contextId) : asked.requestId),
    ...(words === undefined ? {} : { platformMessage: line(words) }),
    ...(typeof code === 'string' && CODE.test(code) ? { platformCode: line(code) } : {}),
  };
}

function codeFor(status: number, words: string, asked: Asked): HttpCode {
  const throttled = status === 400 && !asked.writes && THROTTLED.test(words);
  return throttled ? 'rate-limited' : codeOf(status);
}

function refusal(incoming: Incoming, asked: Asked, now: number): PlatformError {
  const { status } = incoming;
  const said = saidIn(incoming, asked);
  const words = said.platformMessage ?? '';
  const inWords = status === 429 ? (IN_SECONDS.exec(words)?.[1] ?? null) : null;
  const wait = retryAfterMs(incoming.retryAfter ?? inWords, now);
  // A 408 comes from whoever lost patience in between; a 303 follows work that was done.
  const definite = status >= 400 && status < 500 && status !== 408;
  const quoted = words === '' ? '' : `: ${words.replace(/[.\s]+$/, '')}`;
  const long = wait !== undefined && wait > MOST_WAIT_MS ? ` and asks to wait ${spoken(wait)}` : '';
  const message = `The platform answered ${status} to ${asked.method} ${asked.path}${long}${quoted}.`;
  return failure(codeFor(status, words, asked), message, asked, {
    status,
    ...said,
    effect: definite ? 'none' : 'unknown',
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

/** Throws PlatformError for everything that is not data. `now` is for a `Retry-After` that is a date. */
export function judge(incoming: Incoming, asked: Asked, now: number): Answer {
  const { status, text, requestId = asked.requestId } = incoming;
  if (status < 200 || status >= 300) throw refusal(incoming, asked, now);
  const place = `${asked.method} ${asked.path}`;
  const answer = {
    status,
    requestId,
    sentId: asked.requestId,
    ...(incoming.location === null ? {} : { location: incoming.location }),
  };
  const details = { status, requestId };
  if (text.trim() === '') {
    if (asked.writes || status === 204) return { ...answer, body: undefined };
    throw failure('empty-answer', `The answer to ${place} has no body.`, asked, details);
  }
  const body = parsed(text);
  if (body !== undefined) return { ...answer, body };
  if (/^\s*[[{"]/.test(text))
    throw failure(
      'answer-truncated',
      `The answer to ${place} is not whole: its JSON cannot be parsed.`,
      asked,
      details,
    );
  const type = oneLine(incoming.contentType ?? 'no content type');
  throw failure('not-json', `The answer to ${place} is not JSON but ${type}.`, asked, details);
}
