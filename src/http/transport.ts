/** undici's own fetch over one keep-alive agent. Loaded on the first request: it costs about 100 ms. */
import type { Dispatcher } from 'undici';
import type { Fetch, Timeouts } from './exchange.ts';
import { isLoopback } from './hosts.ts';

/** As the usual variables say it; empty is unset. */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly noProxy?: string;
}

interface Bytes {
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface Transport {
  fetch(...asked: Parameters<Fetch>): Promise<Bytes & Awaited<ReturnType<Fetch>>>;
  /** May be called twice. */
  close(): Promise<void>;
}

async function open(timeouts: Timeouts, proxy: ProxySettings | undefined) {
  const { Agent, EnvHttpProxyAgent, fetch } = await import('undici');
  const options = {
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
  };
  const direct = new Agent(options);
  // Every option is given: what is left out the agent would read from the environment by itself.
  const proxied: Dispatcher | undefined =
    proxy?.http || proxy?.https
      ? new EnvHttpProxyAgent({
          ...options,
          httpProxy: proxy.http ?? '',
          httpsProxy: proxy.https ?? '',
          noProxy: proxy.noProxy ?? '',
        })
      : undefined;
  return { fetch, direct, proxied };
}

export function createTransport(timeouts: Timeouts, proxy?: ProxySettings): Transport {
  let opened: ReturnType<typeof open> | undefined;
  let closed: Promise<void> | undefined;
  return {
    async fetch(url, init) {
      opened ??= open(timeouts, proxy);
      const { fetch, direct, proxied } = await opened;
      // Plain http to loopback through a proxy would hand it the token.
      const dispatcher = isLoopback(new URL(url)) ? direct : (proxied ?? direct);
      return fetch(url, { ...init, dispatcher });
    },
    close() {
      closed ??= (async () => {
        const agents = await opened;
        await Promise.all([agents?.direct.close(), agents?.proxied?.close()]);
      })();
      return closed;
    },
  };
}
