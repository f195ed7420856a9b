/** What a client is made with: everything it needs of the outside is handed in. */
import type { Listener } from '../model/event.ts';
import type { Platform } from '../model/platform.ts';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import type { Fetch, Timeouts } from './exchange.ts';
import type { RetryRule } from './retry.ts';
import type { SignIn } from './sign-in.ts';
import type { ProxySettings } from './transport.ts';

/** A list is sent as its name with each value. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** Requests a minute. `both`: of reads and writes together, where the platform counts them so. */
export interface Paces {
  readonly reads: number;
  readonly writes: number;
  readonly both?: number;
}

export interface ClientOptions {
  readonly platform: Platform;
  /** Left out where the sign-in tells it. */
  readonly baseUrl?: string;
  /** Where `/oauth/token` is; the base URL when left out. */
  readonly loginUrl?: string;
  readonly credentials: Credentials;
  /** Default: client credentials at `loginUrl`. Not used beside a ready-made token. */
  readonly signIn?: SignIn;
  /** How many tokens of one client the requests are spread over; default 1. */
  readonly tokens?: number;
  readonly pace: Paces;
  /**
   * Milliseconds to pause after the first, second, ... 429 in a row, and up to a quarter more. Where it is given a
   * `Retry-After` can only make the pause longer: the platform's is not to be relied upon.
   */
  readonly pausesMs?: readonly [number, ...number[]];
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
  /** Whether every method that writes is refused; asked for each request. */
  readonly readOnly: () => boolean;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<RetryRule>;
  /** Extra headers of the request of that id, such as `traceparent`. */
  readonly headers?: (requestId: string) => Readonly<Record<string, string>>;
}
