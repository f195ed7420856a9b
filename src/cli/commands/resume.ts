/** `muster apply --resume RUN`: settles what a killed run sent, then goes on with it, here or on another machine. */

import { earlierOf } from '../../apply/earlier.ts';
import { openJournal, readJournal } from '../../apply/journal-file.ts';
import { sameUser } from '../../diff/same.ts';
import { plannedOf, resumedPlan } from '../../ledger/record.ts';
import type { Bases } from '../../model/base.ts';
import { MusterError } from '../../model/error.ts';
import type { LedgerEntry, RunRecord } from '../../model/ledger.ts';
import { PLAN_FORMAT, type PlannedUser } from '../../model/plan.ts';
import { pointKey } from '../../model/point.ts';
import type { Held } from '../../model/target.ts';
import { applyPlan } from '../../reconcile.ts';
import { refuseAnew } from '../anew.ts';
import { connect } from '../connect.ts';
import { finish } from '../ending.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf } from '../flags.ts';
import type { Io } from '../io.ts';
import type { Book } from '../past.ts';
import type { ApplyFlags } from '../plan-source.ts';
import { type Prepared, prepare } from '../planning.ts';
import { progress } from '../progress.ts';
import { SAVED_FORMATS } from '../render.ts';
import { age, dirOf, notedLedger, noteLedger } from '../running.ts';
import { whoAndWhere } from '../who.ts';
import { openWorkspace } from '../workspace.ts';
import { demandTerminal, tellInterruption, tellRan } from './apply.ts';

export async function resume(io: Io, flags: ApplyFlags, file?: string): Promise<ExitCode> {
  if (file !== undefined) throw new UsageError('--resume goes on with a run, not with a file.');
  refuseAnew(flags, '--resume goes on with one that was begun');
  const format = formatOf(flags, SAVED_FORMATS);
  demandTerminal(io, flags);
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const connection = await connect(workspace, { io, mode: 'write', listener: progress(io, flags) });
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(workspace, { io, flags });
    const { book } = prepared;
    const { entry, record } = begunRun(book, flags.resume ?? '');
    progress(io, flags)({ type: 'about', run: record.id });
    const users = plannedOf(record, entry.ledger.names);
    const held = heldNow(record, users, prepared);
    const left = users.length - held.length;
    io.stderr(
      `Run ${record.id}, begun by ${record.by} ${age(io.clock.now() - Date.parse(record.begun))} ago: ${left} people to settle, ${held.length} held.\n`,
    );
    if (!flags.yes && !(await goOn(io))) return EXIT.error;
    const known = await earlierHere({ io, flags }, record.id, entry.commit);
    const journal = await openJournal({
      dir: dirOf({ io, flags }),
      run: record.id,
      now: io.clock.now,
    });
    try {
      const begun = await claim(io, book as Book, { entry, record });
      await noteLedger({ io, flags }, record.id, begun.commit);
      connection.allowWrites();
      tellInterruption(io);
      const plan = resumedPlan(template(workspace.org, record, workspace.desired.day), users, held);
      // How many assignments those are was told when the run was begun.
      progress(io, flags)({ type: 'planned', totals: plan.totals });
      const result = await applyPlan(plan, {
        provider: connection.provider,
        clock: io.clock,
        listener: progress(io, flags),
        signal: io.signal,
        run: { id: record.id },
        journal,
        ...(flags.canary === undefined ? {} : { canary: flags.canary }),
        ...known,
      });
      const ran = await finish({ running: { io, book }, begun, result });
      return await tellRan(ran, format, { io, flags });
    } finally {
      await journal.close();
    }
  } finally {
    await prepared?.book?.close();
    await connection.close();
  }
}

/** Throws MusterError `run-unknown` unless the run was begun and has not ended. */
function begunRun(book: Book | undefined, id: string) {
  const entry = book?.entry ?? undefined;
  const record = entry?.record ?? undefined;
  if (entry?.ledger.run?.id === id && record !== undefined) return { entry, record };
  const open = entry?.ledger.run;
  throw new MusterError('run-unknown', `No run ${id} is waiting to be gone on with.`, {
    hint: open
      ? `The one that has not ended is ${open.id}.`
      : 'Every run has ended; muster history lists them. Plan and apply as usual.',
  });
}

/** Whose files say something else than the run was begun with. */
function heldNow(
  record: RunRecord,
  users: readonly PlannedUser[],
  { bases, workspace }: Prepared,
): Held[] {
  if (record.kind === 'rollback' || record.scope?.at === 'base') return [];
  const then = (bases as Bases).states.get(pointKey(record.point))?.onDay.users;
  return users
    .filter(({ key }) => !sameUser(then?.get(key), workspace.desired.users.get(key)))
    .map(({ key, userId }) => ({
      key,
      userId,
      reason: 'files-changed',
      message: 'The files say something else of this person than when the run was begun.',
      hint: 'Once the run has ended, plan and apply what they say now.',
      place: workspace.desired.users.get(key)?.place ?? workspace.org.place,
    }));
}

/** What this folder's journal tells of the run; everybody may have been written where it is not there, or not up to date. */
async function earlierHere(where: Parameters<typeof notedLedger>[0], run: string, commit: string) {
  const noted = await notedLedger(where, run);
  const read = await readJournal({ dir: dirOf(where), run }).catch(() => undefined);
  if (read === undefined) return { possiblySent: 'everybody' as const };
  const earlier = earlierOf(read.lines);
  const whole = read.broken === undefined || read.broken.torn;
  return noted === commit && whole
    ? { earlier }
    : { earlier: { ...earlier, decided: new Map() }, possiblySent: 'everybody' as const };
}

/** One machine at a time: going on is a step of the ledger like beginning. */
async function claim(
  io: Io,
  { store }: Book,
  { entry, record }: { readonly entry: LedgerEntry; readonly record: RunRecord },
): Promise<LedgerEntry> {
  const by = whoAndWhere(io.env);
  const { run } = entry.ledger;
  return store.append(entry.commit, {
    ledger: { ...entry.ledger, run: run && { ...run, by } },
    record: { ...record, by },
    message: `${record.kind} ${record.id} is gone on with by ${by}`,
  });
}

async function goOn(io: Io): Promise<boolean> {
  const answer = await io.ask('\nGo on with this run? Only "yes" is taken for a yes: ');
  if (answer.trim() === 'yes') return true;
  io.stderr('Nothing was done.\n');
  return false;
}

/** What a plan says besides its people. */
function template(
  org: {
    readonly name: string;
    readonly orgId?: string;
    readonly platform: 'admin' | 'genesys' | 'cxone';
  },
  record: RunRecord,
  day: string,
) {
  return {
    formatVersion: PLAN_FORMAT,
    org: org.name,
    orgId: org.orgId ?? null,
    platform: org.platform,
    head: record.point.commit,
    ledger: null,
    day,
    validUntil: null,
    desired: '',
    live: { complete: true },
    scope: record.scope,
    settles: record.settles,
    released: [],
    findings: [],
    guards: [],
    reviewDigest: '',
    digest: record.plan,
    upcoming: [],
    made: { at: record.begun, by: record.by },
  } as const;
}
