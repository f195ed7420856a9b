/** NICE CXone as a provider. What is only inferred of it stands in assumptions.ts; a read-back decides. */
import type { Provider } from '../../model/provider.ts';
import { assume } from './assumptions.ts';
import { callsOf } from './calls.ts';
import { checkupCxone } from './checkup.ts';
import { fetchLive } from './fetch.ts';
import type { Means } from './means.ts';
import { normalizeCxone } from './normalize.ts';
import { fetchOwn, type ReadAt } from './singly.ts';
import { createWriter } from './write.ts';

export type CxoneOptions = Omit<Means, 'assumed' | 'calls'>;

/** Throws MusterError `assumption-unknown`. Closing it closes the client. */
export function createCxone(options: CxoneOptions): Provider {
  const { org, client } = options;
  const means: Means = {
    ...options,
    assumed: assume(org.assumptions),
    calls: callsOf(org.apiVersion),
  };
  const readAt: ReadAt = new Map();
  const { batching, write } = createWriter(means, readAt);
  return {
    platform: 'cxone',
    fetch: (scope) => fetchLive(means, scope),
    fetchOwn: (agentIds) => fetchOwn(means, agentIds, readAt),
    normalize: normalizeCxone,
    batching,
    turn: (signal) => client.turn(signal),
    write,
    checkup: () => checkupCxone(means),
    close: () => client.close(),
  };
}
