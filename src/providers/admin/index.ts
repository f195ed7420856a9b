/** The Admin API as a provider. What is stated and what is only assumed of it stands in assumptions.ts. */
import type { Provider } from '../../model/provider.ts';
import { assume } from './assumptions.ts';
import { checkupAdmin } from './checkup.ts';
import { fetchLive } from './fetch.ts';
import type { Means } from './means.ts';
import { normalizeAdmin } from './normalize.ts';
import { fetchOwn } from './singly.ts';
import { createWriter } from './write.ts';

export interface AdminOptions extends Omit<Means, 'assumed'> {
  /** How long one bulk job is followed, in milliseconds. */
  readonly jobPatienceMs?: number;
}

const JOB_PATIENCE_MS = 15 * 60_000;

/** Throws MusterError `assumption-unknown`. Closing it closes the client. */
export function createAdmin(options: AdminOptions): Provider {
  const means: Means = { ...options, assumed: assume(options.org.assumptions) };
  const { batching, write } = createWriter(means, options.jobPatienceMs ?? JOB_PATIENCE_MS);
  return {
    platform: 'admin',
    fetch: (scope) => fetchLive(means, scope),
    fetchOwn: (userIds) => fetchOwn(means, userIds),
    normalize: normalizeAdmin,
    batching,
    turn: (signal) => means.client.turn(signal),
    write,
    checkup: () => checkupAdmin(means),
    close: () => means.client.close(),
  };
}
