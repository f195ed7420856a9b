/** Looking at the way to a platform, and at what the credentials may do there, without changing anything. */
import type { PlatformError } from './error.ts';

export interface Read {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
}

/** A scope or permission. Without `read` nothing harmless shows whether it is there. */
export interface Need {
  readonly name: string;
  /** What it is for; completes "needed to ...". */
  readonly use: string;
  readonly read?: Read;
}

/** What to look with: these headers and no others but those that sign a request. */
export interface ProbeRequest extends Read {
  /** What it is told by; sent only where the headers say so. */
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What one try came to: data, or an error in its stead. Nothing is tried again. */
export interface Probed {
  /** Epoch milliseconds, halfway between the request and its answer. */
  readonly at: number;
  readonly ms: number;
  readonly error?: PlatformError;
  /** A header of the answer, fit to be shown; undefined where it, or any answer, is missing. */
  header(name: string): string | undefined;
}

export interface Tenant {
  readonly id: string;
  readonly name?: string;
}

export interface Checkup {
  readonly needs: readonly Need[];
  /** A cheap read, to look at the way with. */
  readonly calm: Read;
  /** Whether its answers are known to name the request, by the id it came with or by one of their own. */
  readonly namesRequests: boolean;
  /** What is good to know of signing in, a sentence. */
  readonly note?: string;
  /** Where the platform tells whose the credentials are. Throws PlatformError. */
  tenant?(): Promise<Tenant>;
  /** What the platform tells of its limits, a sentence; undefined where it tells none. Throws PlatformError. */
  limits?(): Promise<string | undefined>;
  probe(request: ProbeRequest): Promise<Probed>;
}

/** `not-tried`: only something that changes the platform would tell. `unknown`: it could not be found out. */
export type Health = 'ok' | 'warning' | 'failed' | 'unknown' | 'not-tried';

/** One thing that was looked at. */
export interface Check {
  /** Kebab-case; never changes its meaning. */
  readonly check: string;
  readonly title: string;
  readonly health: Health;
  /** One sentence. */
  readonly message: string;
  /** What to do, where something is to be done; one sentence. */
  readonly fix?: string;
}

export interface Examination {
  readonly formatVersion: '1.0';
  /** Null where muster.yaml names none that could be examined. */
  readonly org: string | null;
  readonly platform: string | null;
  /** ISO instant. */
  readonly at: string;
  /** Whether nothing failed. */
  readonly healthy: boolean;
  readonly checks: readonly Check[];
}
