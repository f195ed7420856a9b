/** One look at the way to a platform: a read, tried once, with the headers it is told. What comes is told, not thrown. */
import type { Probed, ProbeRequest } from '../model/checkup.ts';
import { PlatformError } from '../model/error.ts';
import { type Listener, staged } from '../model/event.ts';
import { judge } from './answer.ts';
import type { Clock } from './clock.ts';
import { exchange, type Fetch, type Incoming, type Timeouts } from './exchange.ts';
import { oneLine } from './secret.ts';

export interface ProbeMeans {
  readonly fetch: Fetch;
  readonly timeouts: Timeouts;
  readonly clock: Clock;
  readonly listener: Listener;
  readonly redact: (text: string) => string;
}

export interface Aimed extends ProbeRequest {
  readonly url: URL;
  readonly authorization: string;
}

export async function probe(means: ProbeMeans, aimed: Aimed): Promise<Probed> {
  const { clock, redact } = means;
  const began = clock.now();
  let incoming: Incoming | undefined;
  const told = (error?: PlatformError): Probed => {
    const ms = clock.now() - began;
    return {
      at: began + ms / 2,
      ms,
      ...(error === undefined ? {} : { error }),
      header(name) {
        const value = incoming?.header(name) ?? '';
        return value === '' ? undefined : oneLine(redact(value));
      },
    };
  };
  try {
    await asStage(means, aimed, (came) => {
      incoming = came;
    });
    return told();
  } catch (error) {
    if (error instanceof PlatformError) return told(error);
    throw error;
  }
}

function asStage(
  { fetch, timeouts, clock, listener, redact }: ProbeMeans,
  { url, authorization, headers, path, requestId }: Aimed,
  came: (incoming: Incoming) => void,
) {
  const asked = { method: 'GET', path, writes: false, requestId, redact };
  const all = { ...headers, accept: 'application/json', authorization };
  const stage = { phase: 'request', method: 'GET', path: redact(path), writes: false, requestId };
  return staged(listener, stage as typeof stage & { phase: 'request' }, async () => {
    const incoming = await exchange(fetch, { url, headers: all, asked }, timeouts);
    came(incoming);
    judge(incoming, asked, clock.now());
  });
}
