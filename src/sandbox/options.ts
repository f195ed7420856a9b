/** What a sandbox can be told, and what it does when it is told nothing. Times in milliseconds unless named otherwise. */
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { FaultRule } from './faults.ts';
import { generateOrg } from './org/generate.ts';
import type { Org } from './org/org.ts';

export interface TokenOptions {
  readonly token: string;
  /** How the request log calls it. */
  readonly name?: string;
  /** Default: every scope. */
  readonly scopes?: readonly string[];
  /** Counted from the start of the sandbox; default: never. */
  readonly expiresInMs?: number;
}

export interface ClientOptions {
  readonly id: string;
  readonly secret: string;
  readonly scopes?: readonly string[];
  /** Life of the tokens it is given; default a day. */
  readonly tokenLifeMs?: number;
}

/** true, or the status the call answers with instead; false is 404. */
export type Availability = boolean | 404 | 405 | 501;

export interface SandboxOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Seeds the org and every chance; default 1. */
  readonly seed?: number;
  /** Default 300. */
  readonly users?: number;
  /** Served instead of a generated one, and changed in place. */
  readonly org?: Org;
  /** Default: one named `default`, with every scope. */
  readonly tokens?: readonly TokenOptions[];
  /** Default: one, with every scope. */
  readonly clients?: readonly ClientOptions[];
  /**
   * Requests a minute for each token, 0 for no limit, and how many may come at once after a rest.
   * Default 300 reads, 60 writes, a burst of 20.
   */
  readonly rates?: { readonly reads?: number; readonly writes?: number; readonly burst?: number };
  readonly jobs?: {
    /** From the call to the job's end, its users written evenly in between; default 100. */
    readonly delayMs?: number;
    /** The share of users, from 0 to 1, that a job refuses by chance. */
    readonly failures?: number;
    /** Other spellings of `queued`, `running`, `completed` and `failed`. */
    readonly statuses?: Readonly<Record<string, string>>;
  };
  /** How long reads go on showing what was before a write. */
  readonly lagMs?: number;
  /** Before every answer. */
  readonly latencyMs?: number;
  readonly faults?: readonly FaultRule[];
  readonly listing?: Availability;
  readonly catalogue?: Availability;
  readonly pages?: {
    /** The largest page; default 500. */
    readonly max?: number;
    /** What happens to a larger one: served smaller (`clamp`, the default), or 400 (`refuse`). */
    readonly over?: 'clamp' | 'refuse';
    /** Leaves `skills` out of every n-th listed user. */
    readonly omitSkillsEvery?: number;
  };
  readonly clock?: Clock;
}

export interface Settings {
  readonly seed: number;
  readonly org: Org;
  readonly tokens: readonly TokenOptions[];
  readonly clients: readonly ClientOptions[];
  readonly rates: { readonly reads: number; readonly writes: number; readonly burst: number };
  readonly jobs: {
    readonly delayMs: number;
    readonly failures: number;
    readonly statuses: ReadonlyMap<string, string>;
  };
  readonly lagMs: number;
  readonly latencyMs: number;
  readonly listing: Availability;
  readonly catalogue: Availability;
  readonly pages: {
    readonly max: number;
    readonly over: 'clamp' | 'refuse';
    readonly omitSkillsEvery: number;
  };
  readonly clock: Clock;
}

export const DEFAULT_TOKEN: TokenOptions = { token: 'muster-sandbox-token', name: 'default' };
export const DEFAULT_CLIENT: ClientOptions = { id: 'muster-sandbox', secret: 'sandbox-secret' };

export function settle(options: SandboxOptions): Settings {
  const seed = options.seed ?? 1;
  const { statuses = {}, ...jobs } = options.jobs ?? {};
  return {
    seed,
    org: options.org ?? generateOrg({ seed, users: options.users ?? 300 }),
    tokens: options.tokens ?? [DEFAULT_TOKEN],
    clients: options.clients ?? [DEFAULT_CLIENT],
    rates: { reads: 300, writes: 60, burst: 20, ...options.rates },
    jobs: { delayMs: 100, failures: 0, ...jobs, statuses: new Map(Object.entries(statuses)) },
    lagMs: options.lagMs ?? 0,
    latencyMs: options.latencyMs ?? 0,
    listing: options.listing ?? true,
    catalogue: options.catalogue ?? true,
    pages: { max: 500, over: 'clamp', omitSkillsEvery: 0, ...options.pages },
    clock: options.clock ?? systemClock,
  };
}
