/** Genesys Cloud as a provider, by its public Platform API. */
import type { Provider } from '../../model/provider.ts';
import { checkupGenesys } from './checkup.ts';
import { fetchLive } from './fetch.ts';
import type { Means } from './means.ts';
import { lanesOf } from './means.ts';
import { normalizeGenesys } from './normalize.ts';
import { createReady } from './ready.ts';
import { fetchOwn } from './singly.ts';
import { writeOne } from './write.ts';

/** Closing it closes the client. */
export function createGenesys(means: Means): Provider {
  const ready = createReady(means);
  const { client, listener } = means;
  return {
    platform: 'genesys',
    async fetch(scope) {
      await ready();
      return fetchLive(means, scope);
    },
    async fetchOwn(userIds, kinds) {
      await ready();
      return fetchOwn(means, userIds, kinds);
    },
    normalize: normalizeGenesys,
    // There is no call for several users.
    batching: () => ({ size: 1, lanes: lanesOf(means) }),
    turn: (signal) => client.turn(signal),
    async *write(batch) {
      let turn = true;
      for (const write of batch) {
        listener({ type: 'writing', users: 1, by: 'single' });
        yield await writeOne(means, write, turn);
        turn = false;
      }
    },
    checkup: () => checkupGenesys(means),
    close: () => client.close(),
  };
}
