/** The one port to platforms. A provider fetches, normalizes and writes; it plans nothing. */
import type { Assignments, Kind } from './assignment.ts';
import type { Checkup } from './checkup.ts';
import type { DesiredState } from './desired.ts';
import type { PlatformError } from './error.ts';
import type { LiveState, OwnList } from './live.ts';
import type { Platform } from './platform.ts';
import type { Targets } from './target.ts';

/**
 * Whom a fetch is for. Without `only`: the whole org, with the keys the files name, so that nobody named goes unread. With
 * it: these keys alone, in as few requests as that takes, and whom the ids do not answer for is looked up. Others may be in
 * the answer, without a proven list. `ids`: platform ids of keys as last seen.
 */
export interface Scope {
  readonly keys: readonly string[];
  readonly ids?: ReadonlyMap<string, string>;
  readonly only?: { readonly ids: ReadonlyMap<string, string> };
}

/** One user's complete list, as it shall be, beside the list it replaces, as the gate has just read it. */
export interface Write {
  readonly userId: string;
  readonly before: Assignments;
  readonly after: Assignments;
}

/**
 * What became of one user's write, as far as the platform said; reading back decides.
 * accepted: it said yes. refused: a no, definite when its error has an HTTP status, and hearsay when a job says so.
 * unknown: it may have taken effect. not-sent: nothing was sent, or
 * the platform certainly did not look at it (a 429, a bulk call without its scope): it may be tried again.
 */
export interface WriteReport {
  readonly userId: string;
  readonly sent: 'accepted' | 'refused' | 'unknown' | 'not-sent';
  readonly error?: PlatformError;
  readonly requestId?: string;
  /** With `unknown`: the platform may still be at work on it (a job that does not end), so it is not sent again. */
  readonly mayStillRun?: true;
}

/** How a number of users is best written: how many go in one batch, and how many batches may be under way. */
export interface Batching {
  readonly size: number;
  readonly lanes: number;
}

export interface Provider {
  readonly platform: Platform;

  /** Reads the catalogue, the people and their lists. Never writes. Throws PlatformError; never returns half. */
  fetch(scope: Scope): Promise<LiveState>;

  /**
   * Reads each user's own list by the call made for it: the gate's and the read-back's eye. Never writes. `kinds`: what
   * it is read for; where a kind takes a request of its own, others may be left unread.
   */
  fetchOwn(
    userIds: readonly string[],
    kinds?: readonly Kind[],
  ): Promise<ReadonlyMap<string, OwnList>>;

  /** Names to ids, keys to people, values as the platform stores them. Pure. */
  normalize(desired: DesiredState, live: LiveState): Targets;

  /** May change in the course of a run, when a better way turns out to be closed. */
  batching(users: number): Batching;

  /** Waits until the platform's pace allows the next batch, so that its gate comes right before its write. Resolves early when aborted. */
  turn(signal?: AbortSignal): Promise<void>;

  /** Writes one batch, of at most `batching().size` users, after one `turn()`. Reports each user once. Idempotent. */
  write(batch: readonly Write[]): AsyncIterable<WriteReport>;

  /** How the way there, and what the credentials may do, are looked at; left out where there is no way. */
  checkup?(): Checkup;

  close(): Promise<void>;
}
