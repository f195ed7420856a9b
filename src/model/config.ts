/** `muster.yaml`, parsed, checked and with its defaults filled in. */
import type { Json, Keyed } from './assignment.ts';
import type { Place } from './finding.ts';
import type { Platform } from './platform.ts';

/** `listed`: what the files do not name is kept. `complete`: the files own the whole list. */
export type Ownership = 'listed' | 'complete';

export interface Config {
  readonly orgs: Keyed<Org>;
}

export interface Org {
  readonly name: string;
  readonly platform: Platform;
  readonly place: Place;
  /** The tenant the credentials must land in. */
  readonly orgId?: string;
  readonly region?: string;
  readonly area?: string;
  readonly baseUrl?: string;
  readonly loginUrl?: string;
  /** Globs of roster files, relative to the folder of `muster.yaml`. */
  readonly rosters: readonly string[];
  readonly ownership: Ownership;
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
  /** Requests a minute. */
  readonly pace: { readonly reads: number; readonly writes: number };
  readonly propagate: {
    readonly traceparent: boolean;
    readonly tracestate: boolean;
    readonly baggage: boolean;
  };
  readonly apiVersion?: string;
  /** As written in the file; rules over a whole plan. */
  readonly guards?: Json;
  /** Overrides of what is only assumed about the platform's paths and field names. */
  readonly assumptions: Keyed<string>;
}
