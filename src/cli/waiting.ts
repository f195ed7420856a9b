/** A queue without a queue: whoever is in another run's way looks again until it has ended, and then plans anew. */
import { MusterError } from '../model/error.ts';
import { Interrupted } from './interrupt.ts';
import type { Io } from './io.ts';

/** Nothing was written when these are thrown: somebody else is at it, or was quicker. */
const IN_THE_WAY = new Set(['run-begun', 'ledger-moved']);
const AGAIN_MS = 10_000;

/** Throws what `attempt` throws, once `minutes` are over where another run is in the way. */
export async function waiting<T>(io: Io, minutes: number, attempt: () => Promise<T>): Promise<T> {
  const until = io.clock.now() + minutes * 60_000;
  for (let told = false; ; told = true) {
    try {
      return await attempt();
    } catch (error) {
      const passes = error instanceof MusterError && IN_THE_WAY.has(error.code);
      if (!passes || io.clock.now() >= until) throw error;
      if (!told) io.stderr(`${error.message} Waiting for it, ${minutes} min at most.\n`);
    }
    await io.clock.sleep(AGAIN_MS, io.signal);
    if (io.signal.aborted) throw new Interrupted();
  }
}
