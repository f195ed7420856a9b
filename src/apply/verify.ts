/** The read-back: a write counts when the platform's own list shows it, whatever the answer to it said. */
import type { Assignments } from '../model/assignment.ts';
import { PlatformError } from '../model/error.ts';
import type { OwnList } from '../model/live.ts';
import type { PlannedUser } from '../model/plan.ts';
import type { Provider, WriteReport } from '../model/provider.ts';
import { isPartWay, lost, matches } from './gate.ts';
import { readOwnLists } from './own.ts';

/** Milliseconds since the epoch, and a wait that ends early when the signal aborts. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Sent {
  readonly user: PlannedUser;
  /** The complete list that was sent. */
  readonly written: Assignments;
  readonly report: WriteReport;
}

/**
 * applied: every decided id as planned, every carried one there. as-before: nothing of the write shows. part-way: some
 * decided ids as planned, the others as before. lost: written, wholly or in part, but carried ids are missing. unclear: none of these.
 * unread: it could not be read back.
 */
export type Seen =
  | { readonly state: 'applied' | 'as-before' | 'part-way' | 'unclear' }
  | { readonly state: 'lost'; readonly missing: number }
  | { readonly state: 'unread'; readonly why: string; readonly error?: PlatformError };

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
/** The share of patience after which a job's word that somebody failed is believed. */
const HEARSAY_SHARE = 1 / 3;

export interface Patience {
  readonly provider: Provider;
  readonly clock: Clock;
  /** How long a write may take to show, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * Reads back until everybody is settled or patience ends. A refusal of the call is settled as soon as the list reads as
 * before, that of a job when it has read so for a while.
 */
export async function verify(sent: readonly Sent[], how: Patience): Promise<Map<string, Seen>> {
  const { clock, provider, patienceMs } = how;
  const seen = new Map<string, Seen>();
  const began = clock.now();
  const end = began + patienceMs;
  let open = [...sent];
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const lists = await readAll(provider, open);
    for (const one of open) seen.set(one.user.userId, look(one, lists.get(one.user.userId)));
    const hearsayCounts = clock.now() - began >= patienceMs * HEARSAY_SHARE;
    open = open.filter((one) => !settled(one, seen.get(one.user.userId), hearsayCounts));
    const left = end - clock.now();
    if (open.length === 0 || left <= 0) return seen;
    await clock.sleep(Math.min(wait, left));
  }
}

/** What a list that was read says of a write. */
export function look({ user, written }: Sent, own: OwnList | undefined): Seen {
  if (own === undefined) return { state: 'unread', why: 'The platform did not return it.' };
  if (!own.proven) {
    const { why, error } = own;
    return { state: 'unread', why, ...(error === undefined ? {} : { error }) };
  }
  const list = own.assignments;
  const whole = matches(user, list, written);
  if (!whole && matches(user, list, user.before)) return { state: 'as-before' };
  if (!whole && !isPartWay(user, list)) return { state: 'unclear' };
  const missing = lost(user, list, written);
  if (missing > 0) return { state: 'lost', missing };
  return { state: whole ? 'applied' : 'part-way' };
}

/** Only a refusal of the call itself is definite; that of a job is hearsay, and its write may yet show. */
function settled({ report }: Sent, seen: Seen | undefined, hearsayCounts: boolean): boolean {
  if (seen?.state === 'unread') return isBarred(seen.error);
  if (seen?.state === 'applied') return true;
  // Nothing more is to come of what was cut short for certain.
  if (seen?.state === 'part-way' && report.error?.effect === 'none') return true;
  const definite = hearsayCounts || report.error?.status !== undefined;
  const told = seen?.state === 'as-before' || seen?.state === 'part-way';
  return told && report.sent === 'refused' && definite;
}

/** Asking again with the same key opens nothing. */
export function isBarred(error: PlatformError | undefined): boolean {
  return error?.status === 401 || error?.status === 403;
}

/** A read that fails leaves everybody in it unread; it is tried again while patience lasts. */
export async function readAll(
  provider: Provider,
  sent: readonly Sent[],
): Promise<ReadonlyMap<string, OwnList>> {
  const users = sent.map(({ user }) => user);
  try {
    return await readOwnLists(provider, users);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const unread: OwnList = { proven: false, why: error.message, error };
    return new Map(users.map(({ userId }) => [userId, unread]));
  }
}
