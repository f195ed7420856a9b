/**
 * A run between its two steps in the ledger: begun before the first write, ended after the last. Its invariant: nothing
 * is written unless the journal can be, and the begin step is where everybody looks for it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { openJournal } from '../apply/journal-file.ts';
import { recordOf } from '../ledger/record.ts';
import { begin, concluded, emptyLedger, end } from '../ledger/steps.ts';
import type { Keyed } from '../model/assignment.ts';
import { canonical } from '../model/assignment.ts';
import { MusterError } from '../model/error.ts';
import type { Override } from '../model/guard.ts';
import type { OpenUser, RunKind, RunRecord } from '../model/ledger.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { type ApplyOptions, applyPlan } from '../reconcile.ts';
import { count } from '../report/words.ts';
import { finish, type Ran } from './ending.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import type { Book } from './past.ts';
import { whoAndWhere } from './who.ts';

/** Why no apply may begin: another run is under way, or the org is paused. Undefined when nothing is in the way. */
export function standsInTheWay({ entry }: Book, org: string, now: number): MusterError | undefined {
  const { run, paused } = entry?.ledger ?? {};
  if (run) {
    return new MusterError(
      'run-begun',
      `Run ${run.id} of ${org} was begun by ${run.by} ${age(now - Date.parse(run.begun))} ago and has not ended.`,
      {
        hint: `If it is no longer at work: muster apply --resume ${run.id} goes on with it, --take-over leaves it; muster status says more.`,
      },
    );
  }
  if (!paused) return undefined;
  return new MusterError(
    'org-paused',
    `${org} was paused by ${paused.by} ${age(now - Date.parse(paused.at))} ago: ${paused.reason}`,
    { hint: 'muster unpause ends it.' },
  );
}

export function age(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

export interface Running {
  readonly io: Io;
  readonly flags: GlobalFlags;
  readonly book: Book | undefined;
  readonly kind: RunKind;
  readonly overrides: readonly Override[];
  readonly ids?: ReadonlyMap<string, string>;
  readonly undoes?: string;
  readonly restores?: Keyed<OpenUser>;
  /** No window has begun or ended since the files were applied, so that nothing new can be said of another day. */
  readonly still?: boolean;
  readonly options: Omit<ApplyOptions, 'run' | 'journal'>;
}

/** Begins, applies and ends. Throws MusterError before the first write: the journal, the ledger. */
export async function runPlan(plan: Plan, running: Running): Promise<Ran> {
  const { io, book } = running;
  const id = newRunId(io);
  running.options.listener({ type: 'about', run: id });
  const at = (ms: number) => new Date(ms).toISOString();
  if (book === undefined || plan.settles.point === null) {
    return { result: await applied(plan, { running, id }) };
  }
  // Somebody may have begun since the way was found free, and the plan was then made with his run in the ledger.
  const why = standsInTheWay(book, plan.org, io.clock.now());
  if (why !== undefined) throw why;
  const record = recordOf(plan, {
    id,
    kind: running.kind,
    by: whoAndWhere(io.env),
    begun: at(io.clock.now()),
    point: plan.settles.point,
    overrides: running.overrides,
    ...(running.undoes === undefined ? {} : { undoes: running.undoes }),
    ...(running.restores === undefined ? {} : { restores: running.restores }),
  });
  if (plan.totals.people === 0) {
    await verifyOnly(book, record, running);
    return { result: await applied(plan, { running, id }) };
  }
  const { entry, identity, store } = book;
  const people = peopleOf(book, running.ids);
  const before = entry?.ledger ?? emptyLedger(identity);
  const journal = await openJournal({ dir: dirOf(running), run: id, now: io.clock.now });
  try {
    const begun = await store.append(entry?.commit ?? null, {
      ledger: begin(before, identity, record),
      record,
      ...(people === undefined ? {} : { people }),
      message: `${running.kind} ${id} begins: ${count(plan.totals.people, 'person', 'people')}`,
    });
    await noteLedger(running, id, begun.commit);
    const result = await applyPlan(plan, { ...running.options, run: { id }, journal });
    return await finish({ running, begun, result });
  } finally {
    await journal.close();
  }
}

/** Without a ledger there is still a journal. */
async function applied(plan: Plan, { running, id }: { running: Running; id: string }) {
  if (plan.totals.people === 0) {
    const nothing = { write: async () => undefined, close: async () => undefined };
    return applyPlan(plan, { ...running.options, run: { id }, journal: nothing });
  }
  const journal = await openJournal({ dir: dirOf(running), run: id, now: running.io.clock.now });
  try {
    return await applyPlan(plan, { ...running.options, run: { id }, journal });
  } finally {
    await journal.close();
  }
}

/** Nobody is to be written: the ledger moves on in one step, if it says anything new at all. */
async function verifyOnly(
  book: Book,
  record: RunRecord,
  { io, ids, still = false }: Running,
): Promise<void> {
  const { entry, identity, store } = book;
  const before = entry?.ledger ?? emptyLedger(identity);
  const done = { users: [], outcomes: NO_OUTCOMES };
  const ended = concluded(record, done, new Date(io.clock.now()).toISOString());
  const ledger = end(begin(before, identity, record), ended);
  const { applied: was } = before;
  const sameDay = still && was ? { applied: { ...ledger.applied, day: was.day } } : {};
  if (entry !== null && canonical({ ...ledger, ...sameDay }) === canonical(before)) return;
  const people = peopleOf(book, ids);
  await store.append(entry?.commit ?? null, {
    ledger,
    record: ended,
    ...(people === undefined ? {} : { people }),
    message: `${record.kind} ${record.id}: nothing to write`,
  });
}

const NO_OUTCOMES: Result['outcomes'] = {
  applied: 0,
  unchanged: 0,
  failed: 0,
  stale: 0,
  'in-doubt': 0,
  'not-tried': 0,
};

function peopleOf({ ids }: Book, seen: Running['ids']): Map<string, string> | undefined {
  if (seen === undefined) return undefined;
  const news = [...seen].some(([key, id]) => ids.get(key) !== id);
  return news ? new Map([...ids, ...seen]) : undefined;
}

function newRunId(io: Io): string {
  const stamp = new Date(io.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${stamp.replace('T', '-').replace('Z', '')}-${io.newId().replaceAll('-', '').slice(0, 6)}`;
}

export function dirOf({ io, flags }: Pick<Running, 'io' | 'flags'>): string {
  return resolvePath(io.cwd, flags.dir ?? '.');
}

const NOTE = 'ledger';

/** Which step of the ledger the journal beside belongs to: another machine may have gone on with the run since. */
export async function noteLedger(
  where: Pick<Running, 'io' | 'flags'>,
  run: string,
  commit: string,
): Promise<void> {
  await writeFile(join(dirOf(where), '.muster', 'runs', run, NOTE), `${commit}\n`);
}

export async function notedLedger(
  where: Pick<Running, 'io' | 'flags'>,
  run: string,
): Promise<string | undefined> {
  const file = join(dirOf(where), '.muster', 'runs', run, NOTE);
  return (await readFile(file, 'utf8').catch(() => undefined))?.trim();
}
