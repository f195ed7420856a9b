/** What a sandbox can be told, and what it does when it is told nothing. Times in milliseconds unless named otherwise. */
import { PLATFORMS, type Platform } from '../model/platform.ts';
import type { Answer } from './answer.ts';
import type { Rates } from './buckets.ts';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { AnswerFault, FaultRule } from './faults.ts';
import { generateOrg } from './org/generate.ts';
import { withLanguages } from './org/languages.ts';
import { withOddities } from './org/oddities.ts';
import type { Org } from './org/org.ts';

export interface TokenOptions {
  readonly token: string;
  /** How the request log calls it. */
  readonly name?: string;
  /** Default: every scope. */
  readonly scopes?: readonly string[];
  /** Default: every permission. */
  readonly permissions?: readonly string[];
  /** Counted from the start of the sandbox; default: never. */
  readonly expiresInMs?: number;
}

export interface ClientOptions {
  readonly id: string;
  readonly secret: string;
  readonly scopes?: readonly string[];
  readonly permissions?: readonly string[];
  /** Life of the tokens it is given; default a day. */
  readonly tokenLifeMs?: number;
}

export interface AccessKeyOptions {
  readonly id: string;
  readonly secret: string;
  readonly scopes?: readonly string[];
  readonly permissions?: readonly string[];
  /** Life of the tokens it is given; default an hour. */
  readonly tokenLifeMs?: number;
}

/** A request and what was made of it; where a fault tore the connection down, the answer never got there. */
export interface Exchange {
  readonly call: Call;
  readonly answer: Answer;
  readonly fault?: AnswerFault;
}

/** true, or the status the call answers with instead; false is 404. */
export type Availability = boolean | 404 | 405 | 501;

export interface SandboxOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Which platforms it stands for, on one port and with one org behind them; default `admin`. */
  readonly platform?: Platform | 'all';
  /** Seeds the org and every chance; default 1. */
  readonly seed?: number;
  /** Default 300. */
  readonly users?: number;
  /** Whether the generated org has what real ones have: see `org/oddities.ts`. */
  readonly odd?: boolean;
  /** Served instead of a generated one, and changed in place. */
  readonly org?: Org;
  /** Default: one named `default`, with every scope. */
  readonly tokens?: readonly TokenOptions[];
  /** Default: one, with every scope. */
  readonly clients?: readonly ClientOptions[];
  /** For CXone; default one, with every permission. */
  readonly accessKeys?: readonly AccessKeyOptions[];
  /**
   * Requests a minute for each token, 0 for no limit, and how many may come at once after a rest. `reads` and `writes`
   * are the Admin API's, `calls` is where one bucket pays for all. Default 300 reads, 60 writes, 300 calls, a burst of 20.
   */
  readonly rates?: Partial<Rates>;
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
    /** Leaves `skills` out of every n-th listed user; CXone leaves his rows out of the listing of everybody's. */
    readonly omitSkillsEvery?: number;
    /** Leaves `languages` out of every n-th listed user. */
    readonly omitLanguagesEvery?: number;
    /** Genesys Cloud refuses a larger one with skills or languages in it as too large; 0, the default, for none. */
    readonly largestExpanded?: number;
  };
  /** How often a minute a client may sign in to Genesys Cloud; 0, the default, for no limit. */
  readonly signIns?: number;
  /** Hides every n-th person from the caller: the role is restricted, or in other divisions. CXone tells how many. */
  readonly hideEvery?: number;
  readonly cxone?: {
    /** Whether a PUT drops the rows that it does not name. */
    readonly putReplaces?: boolean;
  };
  readonly clock?: Clock;
  /** Is shown every request and its answer, those under `/_sandbox/` apart. */
  readonly watch?: (exchange: Exchange) => void;
}

export interface Settings {
  /** At least one. */
  readonly platforms: readonly [Platform, ...Platform[]];
  readonly seed: number;
  readonly org: Org;
  readonly tokens: readonly TokenOptions[];
  readonly clients: readonly ClientOptions[];
  readonly accessKeys: readonly AccessKeyOptions[];
  readonly rates: Required<Rates>;
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
    readonly omitLanguagesEvery: number;
    readonly largestExpanded: number;
  };
  readonly signIns: number;
  readonly hideEvery: number;
  readonly cxone: { readonly putReplaces: boolean };
  readonly clock: Clock;
  readonly watch: (exchange: Exchange) => void;
}

export const DEFAULT_TOKEN: TokenOptions = { token: 'muster-sandbox-token', name: 'default' };
export const DEFAULT_CLIENT: ClientOptions = { id: 'muster-sandbox', secret: 'sandbox-secret' };
export const DEFAULT_KEY: AccessKeyOptions = { id: 'muster-sandbox-key', secret: 'key-secret' };

const PAGES = {
  max: 500,
  over: 'clamp',
  omitSkillsEvery: 0,
  omitLanguagesEvery: 0,
  largestExpanded: 0,
} as const;

export function settle(options: SandboxOptions): Settings {
  const { seed = 1, platform = 'admin' } = options;
  const { statuses = {}, ...jobs } = options.jobs ?? {};
  const platforms: Settings['platforms'] = platform === 'all' ? PLATFORMS : [platform];
  return {
    platforms,
    seed,
    org: options.org ?? madeUp(seed, platforms, options),
    tokens: options.tokens ?? [DEFAULT_TOKEN],
    clients: options.clients ?? [DEFAULT_CLIENT],
    accessKeys: options.accessKeys ?? [DEFAULT_KEY],
    rates: { reads: 300, writes: 60, calls: 300, burst: 20, ...options.rates },
    jobs: { delayMs: 100, failures: 0, ...jobs, statuses: new Map(Object.entries(statuses)) },
    lagMs: options.lagMs ?? 0,
    latencyMs: options.latencyMs ?? 0,
    listing: options.listing ?? true,
    catalogue: options.catalogue ?? true,
    pages: { ...PAGES, ...options.pages },
    signIns: options.signIns ?? 0,
    hideEvery: options.hideEvery ?? 0,
    cxone: { putReplaces: false, ...options.cxone },
    clock: options.clock ?? systemClock,
    watch: options.watch ?? (() => undefined),
  };
}

/** Only Genesys Cloud keeps languages apart from skills; elsewhere there are none. */
function madeUp(
  seed: number,
  platforms: readonly Platform[],
  { users = 300, odd = false }: SandboxOptions,
): Org {
  const plain = generateOrg({ seed, users });
  const org = platforms.includes('genesys') ? withLanguages(plain, seed) : plain;
  return odd ? withOddities(org) : org;
}
