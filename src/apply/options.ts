/** What an apply is given. Nothing is looked up: the shell hands in provider, clock, journal and what it knows of a cut run. */
import type { Listener } from '../model/event.ts';
import type { Journal } from '../model/journal.ts';
import type { Provider } from '../model/provider.ts';
import type { Earlier } from './earlier.ts';
import type { Clock } from './verify.ts';

export interface ApplyOptions {
  readonly provider: Provider;
  readonly clock: Clock;
  readonly listener: Listener;
  readonly run: { readonly id: string };
  /** Opened and closed by the caller. */
  readonly journal: Journal;
  /** Aborted: what is in flight is finished, nothing new is begun. */
  readonly signal?: AbortSignal;
  /** How long a write may take to show in the reads, in milliseconds. */
  readonly patienceMs?: number;
  /** So many people, the first of the plan, are written and read back before anybody else. */
  readonly canary?: number;
  /** What the part of this run that was cut is known to have done; the plan is the one it was begun with. */
  readonly earlier?: Earlier;
  /** everybody: the cut part may have written anybody whom `earlier` does not tell of. Default `nobody`. */
  readonly possiblySent?: 'nobody' | 'everybody';
}

const PATIENCE_MS = 30_000;

export function patienceOf({ patienceMs = PATIENCE_MS }: ApplyOptions): number {
  return patienceMs;
}
