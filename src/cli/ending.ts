/**
 * The last step of a run in the ledger: it ends, or somebody leaves it. Its invariant: a step goes behind nothing but
 * what has been looked at.
 */
import { concluded, end, takenOver } from '../ledger/steps.ts';
import { canonical } from '../model/assignment.ts';
import { MusterError } from '../model/error.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Result } from '../model/result.ts';
import type { Io } from './io.ts';
import type { Book } from './past.ts';
import { whoAndWhere } from './who.ts';

export interface Ran {
  readonly result: Result;
  /** Why the ledger could not be told of the end; what was written is written. */
  readonly unended?: MusterError;
}

interface Finishing {
  readonly running: { readonly io: Io; readonly book: Book | undefined };
  readonly begun: LedgerEntry;
  readonly result: Result;
}

/** The end step. What cannot be told to the ledger now, a resume tells it later: nothing is lost. */
export async function finish({ running, begun, result }: Finishing): Promise<Ran> {
  const { io, book } = running;
  if (book === undefined || begun.record === null) return { result };
  const record = concluded(begun.record, result, new Date(io.clock.now()).toISOString());
  const message = `${record.kind} ${record.id} ends: ${tally(result)}`;
  let on: LedgerEntry | undefined = begun;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await book.store.append(on.commit, { ledger: end(on.ledger, record), record, message });
      return { result };
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      const moved = error.code === 'ledger-moved' && attempt < ATTEMPTS;
      on = moved ? await pausedSince(begun, book).catch(() => undefined) : undefined;
      if (on === undefined) return { result, unended: error };
    }
  }
}

const ATTEMPTS = 5;

/**
 * The newest step, where nothing but pauses came behind the one that began the run; undefined where somebody else has
 * gone on with it, or taken over.
 */
async function pausedSince(begun: LedgerEntry, { store }: Book): Promise<LedgerEntry | undefined> {
  let newest: LedgerEntry | undefined;
  let later: LedgerEntry | undefined;
  for await (const entry of store.history()) {
    if (later !== undefined && !isPause(entry, later)) return undefined;
    newest ??= entry;
    if (entry.commit === begun.commit) return newest;
    later = entry;
  }
  return undefined;
}

/** Going on with a run may leave the ledger as it was; a pause never does. */
function isPause({ ledger: before }: LedgerEntry, { ledger: after }: LedgerEntry): boolean {
  const [was, is] = [before, after].map((ledger) => canonical({ ...ledger, paused: null }));
  return was === is && canonical(before.paused) !== canonical(after.paused);
}

function tally({ outcomes }: Result): string {
  const told = Object.entries(outcomes).filter(([, count]) => count > 0);
  return told.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'nobody';
}

/** Leaves a run that nobody ends: everybody it planned is in doubt from here on. */
export async function takeOver(io: Io, book: Book): Promise<Book> {
  const { entry, store } = book;
  if (!entry?.ledger.run || entry.record === null) return book;
  const record = takenOver(entry.record, new Date(io.clock.now()).toISOString());
  const next = await store.append(entry.commit, {
    ledger: end(entry.ledger, record),
    record,
    message: `${record.kind} ${record.id} is taken over by ${whoAndWhere(io.env)}`,
  });
  return { ...book, entry: next };
}
