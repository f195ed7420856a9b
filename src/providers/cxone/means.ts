/** What every part of the provider works with. */
import type { Client } from '../../http/client.ts';
import type { Clock } from '../../http/clock.ts';
import type { Org } from '../../model/config.ts';
import type { Listener } from '../../model/event.ts';
import type { Assumptions } from './assumptions.ts';
import type { Calls } from './calls.ts';

export interface Means {
  readonly org: Org;
  readonly client: Client;
  readonly listener: Listener;
  readonly clock: Clock;
  readonly assumed: Assumptions;
  readonly calls: Calls;
  /** Whose the credentials are, once somebody has signed in. Left out where no token tells. */
  readonly tenant?: () => string | undefined;
}

/** Requests under way at a time; the pace, not this, sets the speed. */
export const LANES = 8;
