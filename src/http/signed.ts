/** Requests with a valid token, each with an id of its own; once with another token when the platform refuses one. */
import type { Probed, ProbeRequest } from '../model/checkup.ts';
import { PlatformError } from '../model/error.ts';
import { staged } from '../model/event.ts';
import { type Answer, judge } from './answer.ts';
import { exchange, type Outgoing, type Timeouts } from './exchange.ts';
import { checkedUrl } from './hosts.ts';
import type { ClientOptions, Query } from './options.ts';
import { probe } from './probe.ts';
import { oneLine, redactor, Secret } from './secret.ts';
import { clientCredentials, type Plain, type SignIn } from './sign-in.ts';
import { spread } from './spread.ts';
import { createTokens, readyToken, type Tokens } from './tokens.ts';
import { createTransport } from './transport.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query?: Query;
  readonly body?: { readonly type: string; readonly text: string };
  readonly writes: boolean;
}

interface Addressed extends Request {
  readonly base: URL;
  /** The whole header. */
  readonly authorization?: Secret;
}

type Granted = Awaited<ReturnType<Tokens['current']>>;

export interface Signed {
  send(request: Request): Promise<Answer>;
  /** Throws what signing in throws. */
  probe(request: ProbeRequest): Promise<Probed>;
  clean(text: string): string;
  close(): Promise<void>;
}

const TIMEOUTS: Timeouts = { connectMs: 10_000, headersMs: 60_000, bodyMs: 120_000 };
const RESERVED =
  /^(authorization|proxy-.*|content-.*|transfer-encoding|host|connection|cookie|accept|x-request-id)$/i;

function extraHeaders(given: ClientOptions['headers'], requestId: string): Record<string, string> {
  const sound = Object.entries(given?.(requestId) ?? {}).filter(
    ([name, value]) =>
      /^[a-z0-9-]+$/i.test(name) && !RESERVED.test(name) && /^[\x20-\x7e]*$/.test(value),
  );
  return Object.fromEntries(sound);
}

function outgoing(
  request: Addressed,
  options: ClientOptions,
  redact: (text: string) => string,
): Outgoing {
  const { method, path, writes, body } = request;
  const url = addressOf(request.base, request);
  const requestId = options.newRequestId();
  const headers = {
    ...extraHeaders(options.headers, requestId),
    accept: 'application/json',
    ...(request.authorization ? { authorization: request.authorization.reveal() } : {}),
    'x-request-id': requestId,
    ...(body ? { 'content-type': body.type } : {}),
  };
  const asked = { method, path, writes, requestId, redact };
  return { url, headers, asked, ...(body ? { body: body.text } : {}) };
}

/** As the platform wants it, or else by client credentials. */
function signInOf({ signIn, credentials, ...rest }: ClientOptions): SignIn {
  if (signIn !== undefined) return signIn;
  if (credentials.kind !== 'client')
    throw new Error(`There is no way to sign in with ${credentials.kind}: a bug.`);
  const login = rest.loginUrl ?? rest.baseUrl ?? '';
  return clientCredentials(credentials, checkedUrl('sign-in URL', login, rest));
}

/** Makes the holders of tokens, however many. */
function holders(
  options: ClientOptions,
  persist: (once: () => Promise<Answer>) => Promise<Answer>,
  once: (request: Addressed) => Promise<Answer>,
): () => Tokens {
  const { credentials, clock } = options;
  if (credentials.kind === 'token') return () => readyToken(credentials.token);
  const signIn = signInOf(options);
  // It changes nothing that a second one would not.
  const ask = (request: Plain) => persist(() => once({ ...request, writes: false }));
  return () => createTokens(signIn, ask, clock);
}

/** The address that is set, or else the one that the sign-in told. */
function baseFor(set: URL | undefined, told: URL | undefined): URL {
  const base = set ?? told;
  if (base === undefined) throw new Error('Nothing tells where the API is: a bug.');
  return base;
}

function addressOf(base: URL, { path, query = {} }: Pick<Request, 'path' | 'query'>): URL {
  const url = new URL(base.href.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query))
    for (const one of typeof value === 'object' ? value : [value])
      url.searchParams.append(name, String(one));
  return url;
}

/** `persist` tries a sign-in again. Throws PlatformError `bad-url`, `insecure-url` or `host-not-allowed`. */
export function createSigned(
  options: ClientOptions,
  persist: (once: () => Promise<Answer>) => Promise<Answer>,
): Signed {
  const { baseUrl } = options;
  const set = baseUrl === undefined ? undefined : checkedUrl('base URL', baseUrl, options);
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const transport = createTransport(timeouts, options.proxy);
  const fetch = options.fetch ?? transport.fetch;
  const redact = redactor(() => tokens.secrets());

  async function once(request: Addressed): Promise<Answer> {
    const out = outgoing(request, options, redact);
    const { method, writes, requestId, path } = out.asked;
    const stage = { phase: 'request', method, path: redact(path), writes, requestId } as const;
    return staged(options.listener, stage, async () =>
      judge(await exchange(fetch, out, timeouts), out.asked, options.clock.now()),
    );
  }
  const tokens = spread(options, holders(options, persist, once));
  const bearing = (request: Request, { token, base }: Granted) => {
    const authorization = new Secret(`Bearer ${token.reveal()}`);
    return once({ ...request, base: baseFor(set, base), authorization });
  };

  return {
    async send(request) {
      const granted = await tokens.current();
      try {
        return await bearing(request, granted);
      } catch (error) {
        const renewable = error instanceof PlatformError && error.status === 401;
        if (!renewable || !tokens.refused(granted.token)) throw error;
        return bearing(request, await tokens.current());
      }
    },
    async probe(request) {
      const { token, base } = await tokens.current();
      const { clock, listener } = options;
      const url = addressOf(baseFor(set, base), request);
      const aimed = { ...request, url, authorization: `Bearer ${token.reveal()}` };
      return probe({ fetch, timeouts, clock, listener, redact }, aimed);
    },
    // Cut after taking secrets out: half a token is still half a token.
    clean: (text) => oneLine(redact(text)),
    close: transport.close,
  };
}
