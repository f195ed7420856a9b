/**
 * The one way to a platform: kept to allowed hosts, signed in, paced, time-limited. Reads are tried again; a write
 * is never repeated, except once with a renewed token after a 401.
 */
import { PlatformError } from '../model/error.ts';
import type { Listener } from '../model/event.ts';
import type { Platform } from '../model/platform.ts';
import { type Answer, judge } from './answer.ts';
import { fullJitter } from './backoff.ts';
import { type Bucket, createBucket } from './bucket.ts';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import { exchange, type Fetch, type Outgoing, type Timeouts } from './exchange.ts';
import { failure } from './failure.ts';
import { checkedUrl } from './hosts.ts';
import { type RetryRule, retrying } from './retry.ts';
import { redactor, type Secret } from './secret.ts';
import { createTokens } from './tokens.ts';
import { createTransport, type ProxySettings } from './transport.ts';

export interface ClientOptions {
  readonly platform: Platform;
  readonly baseUrl: string;
  /** Where `/oauth/token` is; the base URL when left out. */
  readonly loginUrl?: string;
  readonly credentials: Credentials;
  /** Requests a minute. */
  readonly pace: { readonly reads: number; readonly writes: number };
  /** From `parseAllowedHosts`. */
  readonly allowedHosts: readonly string[];
  /** Instead of undici's. */
  readonly fetch?: Fetch;
  readonly proxy?: ProxySettings;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newRequestId: () => string;
  readonly listener: Listener;
  /** Refuses every method that writes; looked at for each request, so it may be a getter. */
  readonly readOnly: boolean;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<RetryRule>;
  /** Extra headers of each request, such as `traceparent`. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

export interface WriteRequest {
  readonly method: 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: { readonly type: 'application/json' | 'text/csv'; readonly text: string };
  /** A `turn()` was taken for this request: it goes at once or, while the pace is paused, not at all. */
  readonly turn?: boolean;
}

export type Query = Readonly<Record<string, string | number>>;

/** Paths start with a slash, relative to the base URL. Everything throws PlatformError. */
export interface Client {
  read(path: string, query?: Query): Promise<Answer>;
  write(request: WriteRequest): Promise<Answer>;
  /** Waits for a slot, for the next write that says `turn`; ends early, without one, when aborted. */
  turn(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const TIMEOUTS: Timeouts = { connectMs: 10_000, headersMs: 60_000, bodyMs: 120_000 };
const RETRIES: RetryRule = { attempts: 6, totalMs: 300_000 };
const PAUSE = { baseMs: 2000, capMs: 60_000 };
const LONE_SURROGATE = /\p{Cs}/u;
const RESERVED =
  /^(authorization|proxy-.*|content-.*|transfer-encoding|host|connection|cookie|accept|x-request-id)$/i;

function extraHeaders(given: ClientOptions['headers']): Record<string, string> {
  const sound = Object.entries(given?.() ?? {}).filter(
    ([name, value]) =>
      /^[a-z0-9-]+$/i.test(name) && !RESERVED.test(name) && /^[\x20-\x7e]*$/.test(value),
  );
  return Object.fromEntries(sound);
}

/** A path segment that stays one. Throws PlatformError `bad-request` for what URLs take for a way up or for nothing. */
export function segment(id: string): string {
  if (!/^\.{0,2}$/.test(id) && !LONE_SURROGATE.test(id)) return encodeURIComponent(id);
  throw new PlatformError(
    'bad-request',
    'An id is empty, made of dots or no text, so it has no address.',
    {
      hint: 'Correct the id in the roster.',
      effect: 'none',
    },
  );
}

interface Request {
  readonly base: URL;
  readonly method: string;
  readonly path: string;
  readonly query?: Query;
  readonly authorization: string;
  readonly body?: { readonly type: string; readonly text: string };
  readonly writes: boolean;
}

/** Throws PlatformError `bad-url`, `insecure-url` or `host-not-allowed`, before anything is sent. */
export function createClient(options: ClientOptions): Client {
  const { clock, random, listener } = options;
  const base = checkedUrl('base URL', options.baseUrl, options);
  const login = checkedUrl('sign-in URL', options.loginUrl ?? options.baseUrl, options);
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const transport = options.fetch ? undefined : createTransport(timeouts, options.proxy);
  const send = options.fetch ?? (transport as { readonly fetch: Fetch }).fetch;
  const retry = { rule: { ...RETRIES, ...options.retries }, clock, random, listener };
  const buckets = {
    reads: createBucket(options.pace.reads, clock),
    writes: createBucket(options.pace.writes, clock),
  };
  const streaks = { reads: 0, writes: 0 };
  let turns = 0;
  const redact = redactor(() => tokens.secrets());
  const tokens = createTokens(options.credentials, signIn, clock);

  function outgoing(request: Request): Outgoing {
    const url = new URL(request.base.href.replace(/\/+$/, '') + request.path);
    for (const [name, value] of Object.entries(request.query ?? {}))
      url.searchParams.set(name, String(value));
    const { method, path, writes, body } = request;
    const requestId = options.newRequestId();
    const headers = {
      ...extraHeaders(options.headers),
      accept: 'application/json',
      authorization: request.authorization,
      'x-request-id': requestId,
      ...(body ? { 'content-type': body.type } : {}),
    };
    const asked = { method, path, writes, requestId, redact };
    return { url, headers, asked, ...(body ? { body: body.text } : {}) };
  }

  async function once(request: Request): Promise<Answer> {
    const out = outgoing(request);
    return judge(await exchange(send, out, timeouts), out.asked, clock.now());
  }

  function signIn(basic: Secret, form: string): Promise<Answer> {
    return retrying(retry, () =>
      once({
        base: login,
        method: 'POST',
        path: '/oauth/token',
        authorization: `Basic ${basic.reveal()}`,
        body: { type: 'application/x-www-form-urlencoded', text: form },
        // It changes nothing that a second one would not.
        writes: false,
      }),
    );
  }

  async function authorized(request: Omit<Request, 'base' | 'authorization'>): Promise<Answer> {
    const token = await tokens.current();
    const bearer = (secret: Secret) => ({
      ...request,
      base,
      authorization: `Bearer ${secret.reveal()}`,
    });
    try {
      return await once(bearer(token));
    } catch (error) {
      const renewable = error instanceof PlatformError && error.status === 401;
      if (!renewable || !tokens.refused(token)) throw error;
      return once(bearer(await tokens.current()));
    }
  }

  /** A 429 stops everybody of its kind, not only the request it hit. */
  async function heeding<T>(kind: 'reads' | 'writes', ask: () => Promise<T>): Promise<T> {
    const bucket: Bucket = buckets[kind];
    try {
      const result = await ask();
      streaks[kind] = 0;
      return result;
    } catch (error) {
      if (error instanceof PlatformError && error.status === 429) {
        const waitMs = error.retryAfterMs ?? fullJitter(PAUSE, streaks[kind], random);
        if (bucket.paused() === 0) streaks[kind] += 1;
        bucket.pause(waitMs);
        listener({ type: 'throttled', waitMs, kind });
      }
      throw error;
    }
  }

  async function slot(request: WriteRequest): Promise<void> {
    if (request.turn !== true || turns === 0) {
      await buckets.writes.take();
      return;
    }
    turns -= 1;
    const waitMs = buckets.writes.paused();
    if (waitMs === 0) return;
    const asked = { ...request, writes: true, requestId: '', redact };
    const message = `${request.method} ${request.path} was not sent: the platform asked for a pause.`;
    throw failure('rate-limited', message, asked, { effect: 'none', retryAfterMs: waitMs });
  }

  return {
    read: (path, query = {}) =>
      retrying(retry, async () => {
        await buckets.reads.take();
        return heeding('reads', () => authorized({ method: 'GET', path, query, writes: false }));
      }),

    async write(request) {
      if (options.readOnly)
        throw new Error(`${request.method} ${request.path} while only reading is allowed: a bug.`);
      await slot(request);
      return heeding('writes', () => authorized({ ...request, writes: true }));
    },

    async turn(signal) {
      if (await buckets.writes.take(signal)) turns += 1;
    },

    async close() {
      await transport?.close();
    },
  };
}
