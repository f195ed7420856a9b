/** What a client is made with: everything it needs of the outside is handed in. */
import type { Listener } from '../model/event.ts';
import type { Platform } from '../model/platform.ts';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import type { Fetch, Timeouts } from './exchange.ts';
import type { RetryRule } from './retry.ts';
import type { ProxySettings } from './transport.ts';

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
  /** Extra headers of the request of that id, such as `traceparent`. */
  readonly headers?: (requestId: string) => Readonly<Record<string, string>>;
}
