/** What every part of the provider works with. */

import type { Client } from '../../http/client.ts';
import type { Clock } from '../../http/clock.ts';
import type { Org } from '../../model/config.ts';
import { PlatformError } from '../../model/error.ts';
import type { Listener } from '../../model/event.ts';
import { withHint } from '../codes.ts';
import type { Assumptions } from './assumptions.ts';

export interface Means {
  readonly org: Org;
  readonly client: Client;
  readonly listener: Listener;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly assumed: Assumptions;
}

/** Requests under way at a time; the pace, not this, sets the speed. */
export const LANES = 8;

export const SCOPES = {
  read: 'admin:users:read',
  write: 'admin:users:write',
  bulk: 'admin:users:bulkupdate',
} as const;

/** An error as it was, or, for a 403, with the scope that is missing. */
export function namingScope<E>(error: E, use: keyof typeof SCOPES): E | PlatformError {
  if (!(error instanceof PlatformError) || error.status !== 403) return error;
  const besides = use === 'bulk' ? ' besides admin:users:write, or set `bulk: never`' : '';
  return withHint(error, `Grant the client the scope ${SCOPES[use]}${besides}, then try again.`);
}

/** Whether the platform said that it does not have the call at all. */
export function isMissingCall(error: unknown): error is PlatformError {
  return (
    error instanceof PlatformError &&
    error.status !== undefined &&
    [404, 405, 501].includes(error.status)
  );
}
