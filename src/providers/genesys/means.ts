/** What every part of the provider works with. */
import type { Client } from '../../http/client.ts';
import type { Clock } from '../../http/clock.ts';
import type { Org } from '../../model/config.ts';
import type { Listener } from '../../model/event.ts';

export interface Means {
  readonly org: Org;
  readonly client: Client;
  readonly listener: Listener;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** How many tokens the requests are spread over: the platform allows so many requests by token. */
  readonly tokens: number;
}

const LANES_A_TOKEN = 8;
const MOST_LANES = 64;

/** Requests under way at a time; the pace, not this, sets the speed. */
export function lanesOf({ tokens }: Pick<Means, 'tokens'>): number {
  return Math.min(MOST_LANES, LANES_A_TOKEN * tokens);
}
