/** One request, one answer: time-limited, redirects not followed, nothing repeated. */
import { type Asked, networkFailure } from './failure.ts';
import { oneLine } from './secret.ts';

/** The part of `fetch` that is used: undici's by default; another one can be handed in. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** Milliseconds: to connect, from there to the first byte of the answer, and for its whole body. */
export interface Timeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly bodyMs: number;
}

export interface Outgoing {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly asked: Asked;
}

export interface Incoming {
  readonly status: number;
  readonly text: string;
  /** The platform's own id of the request, where a header tells it. */
  readonly requestId: string | undefined;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  readonly location: string | null;
  /** What went wrong, where a header tells it. */
  readonly reason: string | null;
  /** Any header. */
  header(name: string): string | null;
}

/** The headers in which platforms, and what stands before them, tell their id of a request; the first that is there. */
const ID_HEADERS = ['inin-correlation-id', 'x-request-id'];

class TimedOut extends Error {
  readonly code = 'TIMEOUT';
}

/** Throws PlatformError `connection-failed`, `timeout`, `tls-failed` or `answer-truncated`. */
export async function exchange(
  send: Fetch,
  { url, headers, body, asked }: Outgoing,
  timeouts: Timeouts,
): Promise<Incoming> {
  const abort = new AbortController();
  const expire = () => abort.abort(new TimedOut());
  let timer = setTimeout(expire, timeouts.connectMs + timeouts.headersMs);
  let stage: 'headers' | 'body' = 'headers';
  try {
    const response = await send(url.href, {
      method: asked.method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: abort.signal,
    });
    clearTimeout(timer);
    timer = setTimeout(expire, timeouts.bodyMs);
    stage = 'body';
    const text = await response.text();
    const named = ID_HEADERS.map((name) => response.headers.get(name)).find(Boolean);
    return {
      status: response.status,
      text,
      requestId: named ? oneLine(asked.redact(named)) : undefined,
      contentType: response.headers.get('content-type'),
      retryAfter: response.headers.get('retry-after'),
      location: response.headers.get('location'),
      reason: response.headers.get('icstatusdescription'),
      header: (name) => response.headers.get(name),
    };
  } catch (error) {
    throw networkFailure(abort.signal.aborted ? abort.signal.reason : error, asked, stage);
  } finally {
    clearTimeout(timer);
  }
}
