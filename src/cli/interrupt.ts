/** Interruption: before anything is written it ends the command at once; later, what is in flight is finished first. */

/** The code of either. */
export const INTERRUPTED = 'interrupted';

export class Interrupted extends Error {
  constructor() {
    super('Interrupted; nothing was written.');
    this.name = 'Interrupted';
  }
}

/** The result of `work`, unless the signal aborts first: then throws Interrupted, and what `work` gives is dropped. */
export async function untilInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const interrupted = new Promise<never>((_done, failed) => {
    stop = () => failed(new Interrupted());
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
    interrupted.catch(() => undefined);
  }
}
