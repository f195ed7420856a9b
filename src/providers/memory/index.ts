/** The in-memory provider: a small platform that does what it is told, and goes wrong when it is told to. */
import type { CatalogueItem, Incomplete } from '../../model/live.ts';
import type { Platform } from '../../model/platform.ts';
import type { Batching, Provider } from '../../model/provider.ts';
import { fetchLive, fetchOwn } from './fetch.ts';
import type { Means } from './means.ts';
import { normalizeMemory } from './normalize.ts';
import { createWorld, type MemoryUser, type World } from './world.ts';
import { writeOne } from './write.ts';

export interface MemoryOptions extends Partial<Pick<Means, 'fault' | 'lagReads' | 'at'>> {
  readonly users: readonly MemoryUser[];
  /** Why not everything is shown. */
  readonly incomplete?: Incomplete;
  /** Left out: the platform lists none. */
  readonly catalogue?: readonly CatalogueItem[];
  /** Whose scales it has; default `admin`. */
  readonly platform?: Platform;
  /** Default: one at a time. */
  readonly batching?: (users: number) => Batching;
}

export function createMemory(options: MemoryOptions): Provider & { readonly world: World } {
  const world = createWorld(options.users, options.catalogue);
  const { fault = () => undefined, lagReads = 0, at = () => undefined } = options;
  const means: Means = { world, fault, lagReads, at, shadows: new Map() };
  return {
    world,
    platform: options.platform ?? 'admin',
    async fetch(scope) {
      const live = await fetchLive(means, scope);
      return options.incomplete ? { ...live, incomplete: options.incomplete } : live;
    },
    fetchOwn: (userIds) => fetchOwn(means, userIds),
    normalize: normalizeMemory,
    batching: options.batching ?? (() => ({ size: 1, lanes: 1 })),
    turn: async () => at({ call: 'turn', userIds: [] }, world),
    async *write(batch) {
      at({ call: 'write', userIds: batch.map(({ userId }) => userId) }, world);
      for (const write of batch) yield writeOne(means, write);
    },
    close: async () => undefined,
  };
}
