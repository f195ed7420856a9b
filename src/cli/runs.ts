/** The runs of an org as its ledger tells them, newest first, each in its newest state. */
import type { Ledger, LedgerEntry, RunRecord } from '../model/ledger.ts';
import type { Outcome } from '../model/result.ts';
import type { RunLine } from '../report/history/history.ts';

/** The records of the chain, newest first, each run once. */
export async function* runsOf(history: AsyncIterable<LedgerEntry>): AsyncGenerator<RunRecord> {
  const seen = new Set<string>();
  for await (const { record } of history) {
    if (record === null || seen.has(record.id)) continue;
    seen.add(record.id);
    yield record;
  }
}

export interface FoundRun {
  readonly record: RunRecord;
  /** The ledger that the run was begun on; null when it was the first. */
  readonly before: Ledger | null;
}

/** The newest run that is wanted, with what stood before it; undefined when there is none. */
export async function findRun(
  history: AsyncIterable<LedgerEntry>,
  wanted: (record: RunRecord) => boolean,
): Promise<FoundRun | undefined> {
  const seen = new Set<string>();
  let found: RunRecord | undefined;
  for await (const { ledger, record } of history) {
    if (found !== undefined) {
      // A pause may stand between a run's two steps: the run is under way in it.
      if (record?.id === found.id || ledger.run?.id === found.id) continue;
      return { record: found, before: ledger };
    }
    if (record === null || seen.has(record.id)) continue;
    seen.add(record.id);
    if (wanted(record)) found = record;
  }
  return found && { record: found, before: null };
}

const WRITTEN: readonly (Outcome | null)[] = ['applied', 'in-doubt', null];

/** Whether the run wrote somebody whose outcome is this, or may have. */
export function mayBeWritten(outcome: Outcome | null): boolean {
  return WRITTEN.includes(outcome);
}

/** Whether the run wrote anybody, or may have. */
export function wroteSomebody({ users }: RunRecord): boolean {
  return Object.values(users).some(({ outcome }) => mayBeWritten(outcome));
}

/** A run as reports tell of it. */
export function runLine(record: RunRecord): RunLine {
  const { id, kind, undoes, by, begun, ended, users, overrides, stopped, end } = record;
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of Object.values(users)) {
    if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return {
    ...{ id, kind, by, begun, ended, outcomes, overrides },
    ...(undoes === undefined ? {} : { undoes }),
    ...(stopped === undefined ? {} : { stopped }),
    end: ended === null ? 'not-ended' : (end ?? 'finished'),
    people: Object.keys(users).length,
  };
}
