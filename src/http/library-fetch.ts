/** `fetch` as libraries want it, over the one transport: through the proxy, time-limited, and never redirected. */
import type { Timeouts } from './exchange.ts';
import { createTransport, type ProxySettings } from './transport.ts';

interface Download {
  readonly status: number;
  readonly location: string | null;
  readonly bytes: Uint8Array;
}

export interface LibraryFetch {
  readonly fetch: typeof globalThis.fetch;
  /** The bytes of a file, or where they are instead. */
  download(url: string, headers: Record<string, string>): Promise<Download>;
  close(): Promise<void>;
}

const TIMEOUTS: Timeouts = { connectMs: 10_000, headersMs: 60_000, bodyMs: 60_000 };
const WHOLE_MS = 120_000;

/** A redirection is answered as it came: whoever asked carries a token, and decides. */
export function libraryFetch(proxy?: ProxySettings): LibraryFetch {
  const transport = createTransport(TIMEOUTS, proxy);
  return {
    async fetch(url, init = {}) {
      const answer = await transport.fetch(String(url), {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
        redirect: 'manual',
        signal: AbortSignal.timeout(WHOLE_MS),
      });
      const text = await answer.text();
      const headers = new Headers();
      for (const name of KEPT) {
        const value = answer.headers.get(name);
        if (value !== null) headers.set(name, value);
      }
      const { status } = answer;
      const response = new Response(EMPTY.has(status) ? null : text, { status, headers });
      // Who pages through a list goes by it, and a response that was made here has none.
      return Object.defineProperty(response, 'url', { value: String(url) });
    },
    async download(url, headers) {
      const answer = await transport.fetch(url, {
        ...{ method: 'GET', headers, redirect: 'manual' },
        signal: AbortSignal.timeout(WHOLE_MS),
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return { status: answer.status, location: answer.headers.get('location'), bytes };
    },
    close: () => transport.close(),
  };
}

/** What the forges' libraries go by. */
const KEPT = [
  'content-type',
  'link',
  'retry-after',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-next-page',
  'x-page',
  'x-per-page',
  'x-total',
  'x-total-pages',
];
/** Answers that have no body by their status. */
const EMPTY = new Set([204, 205, 304]);
