/** `muster pause` and `muster unpause`: one step of the ledger each, so that every apply of the org sees it. */
import { emptyLedger, paused } from '../../ledger/steps.ts';
import { MusterError } from '../../model/error.ts';
import type { Paused } from '../../model/ledger.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, type GlobalFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { openBookAlone } from '../org-alone.ts';
import type { Book } from '../past.ts';
import { whoAndWhere } from '../who.ts';

export interface PauseFlags extends GlobalFlags {
  readonly reason?: string;
}

export async function pause(io: Io, flags: PauseFlags): Promise<ExitCode> {
  formatOf(flags, ['text']);
  const reason = flags.reason?.trim() ?? '';
  if (reason === '') {
    throw new UsageError('A pause needs a reason.', 'Say why: --reason "platform migration".');
  }
  const opened = await openBookAlone(io, flags);
  if (opened === undefined) return EXIT.error;
  const { org, book } = opened;
  try {
    const before = book.entry?.ledger.paused;
    const why = { by: whoAndWhere(io.env), at: new Date(io.clock.now()).toISOString(), reason };
    await step(book, why, `paused by ${why.by}`);
    io.stdout(`Paused ${org.name}: every apply of it refuses until muster unpause.\n`);
    if (before) io.stdout(`It had been paused by ${before.by}: ${before.reason}\n`);
    tellRun(io, book);
    return EXIT.done;
  } finally {
    await book.close();
  }
}

export async function unpause(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  formatOf(flags, ['text']);
  const opened = await openBookAlone(io, flags);
  if (opened === undefined) return EXIT.error;
  const { org, book } = opened;
  try {
    const before = book.entry?.ledger.paused ?? null;
    if (before === null) {
      io.stdout(`${org.name} is not paused.\n`);
      return EXIT.done;
    }
    await step(book, null, `unpaused by ${whoAndWhere(io.env)}`);
    io.stdout(`${org.name} goes on. It had been paused by ${before.by}: ${before.reason}\n`);
    tellRun(io, book);
    return EXIT.done;
  } finally {
    await book.close();
  }
}

const ATTEMPTS = 5;

/**
 * A run that is under way stays so, with its record: whoever goes on with it looks for it beside the newest step. Where
 * somebody else has added a step meanwhile, the pause goes behind that one: it must not fail for being common.
 */
async function step({ store, entry, identity }: Book, why: Paused | null, message: string) {
  let on = entry;
  for (let attempt = 1; ; attempt += 1) {
    const before = on?.ledger ?? emptyLedger(identity);
    const record = before.run === null ? null : (on?.record ?? null);
    try {
      await store.append(on?.commit ?? null, { ledger: paused(before, why), record, message });
      return;
    } catch (error) {
      const moved = error instanceof MusterError && error.code === 'ledger-moved';
      if (!moved || attempt === ATTEMPTS) throw error;
      on = await store.read();
    }
  }
}

function tellRun(io: Io, { entry }: Book): void {
  const run = entry?.ledger.run;
  if (run) io.stderr(`note: Run ${run.id} is under way, and is not stopped by this.\n`);
}
