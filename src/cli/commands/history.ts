/** `muster history`: what was done, newest first; or one run, person by person. Reads the ledger alone. */
import { byCodeUnit } from '../../model/assignment.ts';
import { MusterError } from '../../model/error.ts';
import type { Ledger, RunRecord } from '../../model/ledger.ts';
import type { History, RunDetail } from '../../report/history/history.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { openBookAlone } from '../org-alone.ts';
import type { Book } from '../past.ts';
import { findRun, runLine, runsOf } from '../runs.ts';
import { displayNames } from '../undoing.ts';

export interface HistoryFlags extends GlobalFlags {
  readonly limit?: number;
}

const LIMIT = 20;

export async function history(io: Io, flags: HistoryFlags, id?: string): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  if (id !== undefined && flags.limit !== undefined) {
    throw new UsageError('--limit is for the list of runs.');
  }
  const opened = await openBookAlone(io, flags);
  if (opened === undefined) return EXIT.error;
  const { org, book } = opened;
  try {
    const style = styleOf(io, flags, 'stdout');
    if (id !== undefined) {
      const detail = await detailOf(book, org.name, id);
      io.stdout(
        format === 'json'
          ? (await import('../../report/history/json.ts')).historyJson(detail)
          : (await import('../../report/history/text.ts')).runText(detail, style),
      );
      return EXIT.done;
    }
    const list = await listOf(book, org.name, flags.limit ?? LIMIT);
    io.stdout(
      format === 'json'
        ? (await import('../../report/history/json.ts')).historyJson(list)
        : (await import('../../report/history/text.ts')).historyText(list, style),
    );
    return EXIT.done;
  } finally {
    await book.close();
  }
}

async function listOf({ store }: Book, org: string, limit: number): Promise<History> {
  const runs: RunRecord[] = [];
  for await (const record of runsOf(store.history())) {
    runs.push(record);
    if (runs.length > limit) break;
  }
  const shown = runs.slice(0, limit).map(runLine);
  return { formatVersion: '1.0', org, runs: shown, more: runs.length > limit };
}

async function detailOf({ store, entry }: Book, org: string, id: string): Promise<RunDetail> {
  const found = await findRun(store.history(), (record) => record.id === id);
  if (found === undefined || entry === null) {
    throw new MusterError('run-unknown', `The ledger knows no run ${id}.`, {
      hint: 'muster history lists the runs.',
    });
  }
  const { record } = found;
  const { point, scope } = record;
  const run = { ...runLine(record), point, scope };
  return { formatVersion: '1.0', org, run, users: peopleOf(record, entry.ledger) };
}

function peopleOf({ users }: RunRecord, ledger: Ledger): RunDetail['users'] {
  const names = displayNames(ledger, undefined);
  return Object.entries(users)
    .map(([userId, { key, outcome, changes }]) => ({
      ...{ userId, key, outcome },
      changes: changes.map((change) => ({
        ...change,
        name: names[change.kind][change.id] ?? change.id,
      })),
    }))
    .sort((a, b) => byCodeUnit(a.key, b.key));
}
