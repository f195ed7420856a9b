/** `muster status`: how the org stands and what to type next. Never fails for want of the platform, and writes nothing. */
import { MusterError } from '../../model/error.ts';
import type { LiveState } from '../../model/live.ts';
import type { PlannedUser } from '../../model/plan.ts';
import { isUnder, type Status } from '../../report/status/status.ts';
import { type Connection, connect } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fetchLive } from '../fetch-live.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { type OrgAlone, openOrgAlone } from '../org-alone.ts';
import { type Book, openBook } from '../past.ts';
import { tellPoints } from '../planning.ts';
import { progress } from '../progress.ts';
import { runLine, runsOf } from '../runs.ts';
import {
  begunRecord,
  covered,
  doubtful,
  headOf,
  openPeople,
  readBackOf,
  undecided,
} from '../standing.ts';

export async function status(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  const opened = await openOrgAlone(io, flags);
  if (opened === undefined) return EXIT.error;
  const book = await openBook(io, flags, opened.org);
  tellPoints({ io, flags }, book?.head, book?.entry?.ledger.applied?.commit);
  try {
    const found = await statusOf(opened, book, { io, flags });
    io.stdout(
      format === 'json'
        ? (await import('../../report/status/json.ts')).statusJson(found)
        : (await import('../../report/status/text.ts')).statusText(
            found,
            styleOf(io, flags, 'stdout'),
          ),
    );
    return EXIT.done;
  } finally {
    await book?.close();
  }
}

interface Shell {
  readonly io: Io;
  readonly flags: GlobalFlags;
}

async function statusOf(opened: OrgAlone, book: Book | undefined, shell: Shell): Promise<Status> {
  const { org, orgs } = opened;
  const entry = book?.entry ?? null;
  const ledger = entry?.ledger;
  const people = await undecided(shell, entry);
  const { live, unread } = await look(opened, people, shell);
  const readBack = await readBackOf(book);
  const doubt = doubtful({ entry, open: people, live, readBack });
  const cover = coverageOf(opened, book, live);
  const record = begunRecord(entry);
  const run = record === undefined ? null : { ...runLine(record), undecided: people.length };
  const known = cover.coverage.length === org.guards.coverage.length;
  const why = ledger?.paused ?? null;
  const last = book === undefined ? null : await lastEnded(book);
  return {
    formatVersion: '1.0',
    org: org.name,
    platform: org.platform,
    at: new Date(shell.io.clock.now()).toISOString(),
    calm: !run && !why && doubt.length === 0 && known && !cover.coverage.some(isUnder),
    next: `muster ${nextOf(run, why)}${orgs > 1 ? ` --org ${org.name}` : ''}`,
    ledger: book !== undefined,
    doubt,
    ...cover,
    ...(unread === undefined ? {} : { unread }),
    ...{ run, last, paused: why },
    applied: ledger?.applied ?? null,
    head: book === undefined ? null : await headOf(book, ledger),
    open: ledger === undefined ? [] : openPeople(ledger, readBack),
  };
}

function nextOf(run: Status['run'], paused: Status['paused']): string {
  if (run !== null) return `apply --resume ${run.id}`;
  return paused === null ? 'plan' : 'unpause';
}

async function lastEnded({ store }: Book): Promise<Status['last']> {
  for await (const record of runsOf(store.history())) {
    if (record.ended !== null) return runLine(record);
  }
  return null;
}

interface Looked {
  readonly live?: LiveState;
  readonly unread?: string;
}

/** What is live, where that is of use: everybody where coverage is configured, and the undecided where there are some. */
async function look(
  opened: OrgAlone,
  people: readonly PlannedUser[],
  { io, flags }: Shell,
): Promise<Looked> {
  const whole = opened.org.guards.coverage.length > 0;
  if (!whole && people.length === 0) return {};
  const keys = people.map(({ userId }) => `id:${userId}`);
  let connection: Connection | undefined;
  try {
    connection = await connect(opened, { io, mode: 'read', listener: progress(io, flags) });
    const scope = whole ? { keys } : { keys, only: { ids: new Map<string, string>() } };
    return { live: await fetchLive(connection.provider, scope, { io, flags }) };
  } catch (error) {
    if (error instanceof MusterError) return { unread: error.message };
    throw error;
  } finally {
    await connection?.close();
  }
}

function coverageOf({ org }: OrgAlone, book: Book | undefined, live: LiveState | undefined) {
  // Only a directory holds everybody who may hold a skill.
  if (!live?.directory) return { coverage: [], uncounted: 0 };
  if (org.guards.coverage.length === 0) return { coverage: [], uncounted: 0 };
  return covered(org, book?.entry?.ledger, live);
}
