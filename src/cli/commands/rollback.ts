/** `muster rollback`: undoes what a run wrote, key by key, by the same gate, writes and read-back as an apply. */
import type { Override } from '../../model/guard.ts';
import type { Provider } from '../../model/provider.ts';
import { refusals } from '../../plan/guards/judge.ts';
import { type Connection, connect } from '../connect.ts';
import { takeOver } from '../ending.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf } from '../flags.ts';
import { Interrupted, untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { planForLog } from '../log-naming.ts';
import { noLedger } from '../org-alone.ts';
import { type Book, openBook } from '../past.ts';
import { progress } from '../progress.ts';
import { SAVED_FORMATS, type SavedFormat } from '../render.ts';
import { rolledBackSpots } from '../rolled-back.ts';
import { age, runPlan } from '../running.ts';
import type { FoundRun } from '../runs.ts';
import { overridesOf } from '../scope.ts';
import { chooseRun, type RollbackFlags, undoRequest } from '../undo-request.ts';
import { planUndo, type Undo } from '../undoing.ts';
import { openWorkspace } from '../workspace.ts';
import { agreed, demandTerminal, refuse, showPlan, tellInterruption, tellRan } from './apply.ts';

export async function rollback(io: Io, flags: RollbackFlags, id?: string): Promise<ExitCode> {
  const format = formatOf(flags, SAVED_FORMATS);
  const overrides = overridesOf(flags);
  demandTerminal(io, flags);
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const book = await openBook(io, flags, workspace.org);
  if (book === undefined) throw noLedger();
  let connection: Connection | undefined;
  try {
    const run = await chooseRun(book, { io, org: workspace.org.name, flags, id });
    const request = await undoRequest(run, { io, flags, workspace, book });
    const listener = progress(io, flags);
    connection = await connect(workspace, { io, mode: 'write', listener });
    const { provider } = connection;
    const undo = await untilInterrupted(io.signal, planUndo({ ...request, provider, listener }));
    const code = await undoIt(undo, { io, flags, format, overrides, book, run, connection });
    if (!flags.adopt || code !== EXIT.done) return code;
    return await agree(provider, { io, flags });
  } finally {
    await book.close();
    await connection?.close();
  }
}

/** Has the files on the disk agree with what is there again. */
async function agree(
  provider: Provider,
  how: { readonly io: Io; readonly flags: RollbackFlags },
): Promise<ExitCode> {
  const { adoptHere } = await import('../adopt.ts');
  const { user: _whom, allow: _guards, reason: _why, ...flags } = how.flags;
  const apart = await rolledBackSpots(provider, { io: how.io, flags });
  const whole = apart && (await adoptHere(apart.spots, apart.workspace, how));
  return whole ? EXIT.done : EXIT.error;
}

interface Undoing {
  readonly io: Io;
  readonly flags: RollbackFlags;
  readonly format: SavedFormat;
  readonly overrides: readonly Override[];
  readonly book: Book;
  readonly run: FoundRun;
  readonly connection: Connection;
}

async function undoIt({ plan, restores }: Undo, undoing: Undoing): Promise<ExitCode> {
  const { io, flags, format, overrides, book, run, connection } = undoing;
  const back = Object.keys(restores).length;
  const empty = plan.totals.people + plan.totals.held === 0;
  tellRun(undoing, { people: plan.totals.people, back });
  const refusing = refusals(plan.guards, overrides);
  const asks = !flags.yes && plan.totals.people + back > 0 && refusing.length === 0;
  const shows = asks || refusing.length > 0 || (format === 'text' && !flags.quiet);
  if (shows && !empty) await showPlan(plan, format, { io, flags });
  if (refusing.length > 0) {
    return refuse(io, (await planForLog({ ...plan, guards: refusing }, { io, flags })).guards);
  }
  if (asks && !(await agreed(io, plan))) return EXIT.error;
  if (io.signal.aborted) throw new Interrupted();
  connection.allowWrites();
  tellInterruption(io);
  // Only now: whoever says no leaves a begun run as it was.
  const free = run.record.ended === null ? await takeOver(io, book) : book;
  const ran = await runPlan(plan, {
    ...{ io, flags, overrides, restores, book: free, kind: 'rollback', undoes: run.record.id },
    options: {
      provider: connection.provider,
      clock: io.clock,
      listener: progress(io, flags),
      signal: io.signal,
    },
  });
  const tells = format !== 'text' || plan.totals.people > 0;
  return tellRan(ran, tells ? format : undefined, { io, flags });
}

/** Which run it is, and how much of it there is to undo. */
function tellRun({ io, flags, run }: Undoing, { people, back }: { people: number; back: number }) {
  if (flags.quiet) return;
  const { id, kind, by, begun, ended } = run.record;
  const when = `${age(io.clock.now() - Date.parse(begun))} ago`;
  const open = ended === null ? ', which has not ended' : '';
  io.stderr(`Undoing ${kind} ${id}, begun by ${by} ${when}${open}.\n`);
  if (people > 0) return;
  const noted =
    back === 0 ? '' : ` ${back} are noted as undone, and held until their files change.`;
  io.stderr(`Nothing has to be written: no list still has what it wrote.${noted}\n`);
}
