/** `muster.yaml`, parsed, checked and with its defaults filled in. */
import type { Keyed } from './assignment.ts';
import type { Place } from './finding.ts';
import type { Guards } from './guard.ts';
import type { Platform } from './platform.ts';
import type { ReportSettings } from './report-settings.ts';

/** `listed`: what the files do not name is kept. `complete`: the files own the whole list. */
export type Ownership = 'listed' | 'complete';

/** Patterns: `*` and `?` stand for anything, and case does not matter. */
export interface Ignore {
  readonly users: readonly string[];
  readonly skills: readonly string[];
}

export interface Config {
  readonly orgs: Keyed<Org>;
  readonly report: ReportSettings;
}

/** `people`: keys of people, which may be e-mail addresses. `holders`: how many people hold each skill. */
interface Told {
  readonly people: boolean;
  readonly holders: boolean;
}

export interface Org {
  readonly name: string;
  readonly platform: Platform;
  readonly place: Place;
  /** The tenant the credentials must land in. */
  readonly orgId?: string;
  /** Of Genesys Cloud, by name or domain. */
  readonly region?: string;
  readonly area?: string;
  readonly baseUrl?: string;
  readonly loginUrl?: string;
  /** Globs of roster files, relative to the folder of `muster.yaml`. */
  readonly rosters: readonly string[];
  readonly ownership: Ownership;
  /** `id`: rosters name people by platform id alone; left out: in any way. */
  readonly keys?: 'id';
  /** Named points of the platform's scale. */
  readonly levels: Keyed<number>;
  /** IANA name. */
  readonly timeZone: string;
  readonly bulk: 'auto' | 'always' | 'never';
  readonly bulkFormat: 'json' | 'csv';
  /** Users in one bulk job. */
  readonly bulkChunk: number;
  /** With `bulk: auto`, the least number of changed users that go by bulk job. */
  readonly bulkThreshold: number;
  /** Requests a minute, where written; what is left out is the platform's. */
  readonly pace: { readonly reads?: number; readonly writes?: number };
  /** How many tokens one client signs in for, where the platform counts requests by token. */
  readonly tokens: number;
  readonly propagate: {
    readonly traceparent: boolean;
    readonly tracestate: boolean;
    readonly baggage: boolean;
  };
  readonly apiVersion?: string;
  /** What telemetry may tell besides; nothing of it where it is left out. */
  readonly telemetry?: Told;
  /** The file's guards for every org, each overridden by the org's own, with defaults for the rest. */
  readonly guards: Guards;
  /** What `muster drift` looks past. */
  readonly drift: { readonly ignore: Ignore };
  /** What the org, or the folder of muster.yaml, was called before; the ledger is looked for there too. */
  readonly formerly: { readonly org?: string; readonly folder?: string };
  /**
   * Where the ledger is kept: on which remote (null: on none, in this clone alone; left out: `origin` where there is
   * one), and on which branch instead of `refs/muster/<org>`.
   */
  readonly ledger: { readonly remote?: string | null; readonly branch?: string };
  /** Overrides of what is only assumed about the platform's paths and field names. */
  readonly assumptions: Keyed<string>;
}
