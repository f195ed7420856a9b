/** A client on virtual time: sleeping takes no time, and whoever wakes first wakes first. */
import { type Client, createClient } from '../../src/http/client.ts';
import type { Clock } from '../../src/http/clock.ts';
import { findCredentials } from '../../src/http/credentials.ts';
import type { ClientOptions } from '../../src/http/options.ts';
import type { MusterEvent } from '../../src/model/event.ts';

export function virtualClock(start = 1_000_000): Clock {
  let now = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const tick = () => {
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        signal?.addEventListener('abort', wake, { once: true });
        sleepers.push({ at: now + ms, wake });
        setImmediate(tick);
      }),
  };
}

export const TOKEN = 'top-secret-token';

export interface Rig {
  readonly client: Client;
  /** What is out of the ordinary: waiting and trying again. */
  readonly events: MusterEvent[];
  /** Everything. */
  readonly told: MusterEvent[];
  readonly clock: Clock;
}

/** `no base`: the sign-in tells where the API is. */
export function rig(options: Partial<ClientOptions> = {}, base?: 'no base'): Rig {
  const events: MusterEvent[] = [];
  const told: MusterEvent[] = [];
  const clock = options.clock ?? virtualClock();
  let made = 0;
  const client = createClient({
    platform: 'admin',
    ...(base === 'no base' ? {} : { baseUrl: 'https://acme.mypurecloud.com' }),
    credentials: findCredentials({ MUSTER_TOKEN: TOKEN }, { org: 'acme', orgs: 1, mode: 'write' }),
    pace: { reads: 60_000, writes: 60_000 },
    allowedHosts: [],
    fetch: (url, init) => fetch(url, init),
    clock,
    random: () => 0.5,
    newRequestId: () => {
      made += 1;
      return `req-${made}`;
    },
    listener: (event) => {
      told.push(event);
      if (!['begins', 'ends', 'paced'].includes(event.type)) events.push(event);
    },
    readOnly: () => false,
    ...options,
  });
  return { client, events, told, clock };
}
