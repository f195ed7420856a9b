/** A reading that no plan is made of, told as the stage it is; an interruption ends it. */
import { staged } from '../model/event.ts';
import type { LiveState } from '../model/live.ts';
import type { Provider, Scope } from '../model/provider.ts';
import type { GlobalFlags } from './flags.ts';
import { untilInterrupted } from './interrupt.ts';
import type { Io } from './io.ts';
import { progress } from './progress.ts';

export function fetchLive(
  provider: Provider,
  scope: Scope,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<LiveState> {
  const reading = staged(progress(io, flags), { phase: 'fetch' }, () => provider.fetch(scope));
  return untilInterrupted(io.signal, reading);
}
