/** Which run a rollback undoes, for whom, and everything git knows that this is planned with. */
import { sameUser } from '../diff/same.ts';
import { keyed } from '../model/assignment.ts';
import type { Bases } from '../model/base.ts';
import { MusterError } from '../model/error.ts';
import type { Ledger, LedgerEntry, OpenUser, RunRecord } from '../model/ledger.ts';
import { type Point, pointKey } from '../model/point.ts';
import { UsageError } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { type Book, compareWithHead, ledgerOf, type Reading, readBases } from './past.ts';
import { tellPoints } from './planning.ts';
import { standsInTheWay } from './running.ts';
import { type FoundRun, findRun, wroteSomebody } from './runs.ts';
import type { AllowFlags } from './scope.ts';
import { filesAsked } from './undo-back.ts';
import type { UndoRequest } from './undoing.ts';
import { version } from './version.ts';
import type { Workspace } from './workspace.ts';

export interface RollbackFlags extends GlobalFlags, AllowFlags {
  readonly last?: boolean;
  readonly user?: readonly string[];
  readonly yes?: boolean;
  /** Have the files agree with what is there again. */
  readonly adopt?: boolean;
}

interface Choosing {
  readonly io: Io;
  readonly org: string;
  readonly flags: RollbackFlags;
  readonly id: string | undefined;
}

/** Throws MusterError `run-unknown`, and what stands in the way of any apply but the very run that is undone. */
export async function chooseRun(book: Book, choosing: Choosing): Promise<FoundRun> {
  const { io, org, flags, id } = choosing;
  if ((id === undefined) === !flags.last) {
    throw new UsageError(
      'Which run?',
      'Name one that muster history lists, in front of --user, or say --last.',
    );
  }
  const why = standsInTheWay(without(book, id), org, io.clock.now());
  if (why !== undefined) throw why;
  const wanted = (record: RunRecord) =>
    id === undefined ? record.ended !== null && wroteSomebody(record) : record.id === id;
  const run = await findRun(book.store.history(), wanted);
  if (run !== undefined) return run;
  const message =
    id === undefined ? 'No run has written anybody yet.' : `The ledger knows no run ${id}.`;
  throw new MusterError('run-unknown', message, { hint: 'muster history lists the runs.' });
}

/** A begun run that is itself to be undone is in nobody's way. */
function without(book: Book, id: string | undefined): Book {
  const { entry } = book;
  if (entry === null || id === undefined || entry.ledger.run?.id !== id) return book;
  return { ...book, entry: { ...entry, ledger: { ...entry.ledger, run: null } } };
}

interface Requesting {
  readonly io: Io;
  readonly flags: RollbackFlags;
  readonly workspace: Workspace;
  readonly book: Book;
}

export async function undoRequest(
  run: FoundRun,
  { io, flags, workspace, book }: Requesting,
): Promise<Omit<UndoRequest, 'provider' | 'listener'>> {
  const { org, loaded, desired } = workspace;
  const reading = { io, org, loaded, today: desired.day };
  const only = flags.user && idsOf(run.record, flags.user);
  const { point } = await compareWithHead(book, reading, desired);
  const ledger = ledgerOf(book);
  tellPoints({ io, flags }, point.commit, ledger.applied?.commit);
  const { states, doubts } = await basesOf(run, book, reading);
  const base = ledger.applied && states.get(pointKey(ledger.applied));
  const wants = (key: string, at: Point) => states.get(pointKey(at))?.onDay.users.get(key);
  const known = (at: Point) => states.has(pointKey(at));
  return {
    ...{ org, run, only, ledger, desired, point },
    commit: book.entry?.commit ?? '',
    guards: base ? [org.guards, base.guards] : [org.guards],
    doubts: ledger.applied !== null && !base ? doubts : [],
    sameFiles: (key, a, b) => known(a) && known(b) && sameUser(wants(key, a), wants(key, b)),
    made: { at: new Date(io.clock.now()).toISOString(), by: `muster ${version()}` },
  };
}

/** Platform ids of the keys. Throws UsageError for whom the run did not plan. */
function idsOf({ id: run, users }: RunRecord, given: readonly string[]): Set<string> {
  const ids = new Map(Object.entries(users).map(([id, { key }]) => [key, id]));
  return new Set(
    given.map((written) => {
      const key = written.trim();
      const id = ids.get(key) ?? ids.get(key.toLowerCase());
      const pinned = key.startsWith('id:') ? key.slice('id:'.length) : '';
      if (id !== undefined) return id;
      if (users[pinned] !== undefined) return pinned;
      throw new UsageError(
        `Run ${run} did not plan "${key}".`,
        `muster history ${run} lists its people.`,
      );
    }),
  );
}

/**
 * The files of all points that are asked about. Where commits are gone, nothing is known of any: the guard `base` then
 * refuses, and can be allowed, for an undo must not depend on all of history.
 */
async function basesOf(
  run: FoundRun,
  book: Book,
  reading: Reading,
): Promise<Pick<Bases, 'states' | 'doubts'>> {
  const { entry } = book;
  if (entry === null) return { states: new Map(), doubts: [] };
  try {
    const asked = { ...entry, ledger: withFiles(ledgerOf(book), run), record: null };
    const bases = await readBases({ ...book, entry: asked satisfies LedgerEntry }, reading);
    return bases ?? { states: new Map(), doubts: [] };
  } catch (error) {
    if (!(error instanceof MusterError && error.code === 'commit-missing')) throw error;
    return { states: new Map(), doubts: [error.message] };
  }
}

/** The ledger as if somebody stood at each point that is asked about besides its own. */
function withFiles(ledger: Ledger, run: FoundRun): Ledger {
  const asked = filesAsked(run).map((base, at): [string, OpenUser] => [
    `asked:${at}`,
    { key: `asked:${at}`, base, written: [] },
  ]);
  return { ...ledger, run: null, open: keyed([...Object.entries(ledger.open), ...asked]) };
}
