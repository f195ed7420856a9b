/** What is live beside what was applied: a plan of the base's files, read the other way round. */
import { narrowTo } from '../diff/narrow.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { Bases } from '../model/base.ts';
import type { Listener, MusterEvent } from '../model/event.ts';
import type { RunRecord } from '../model/ledger.ts';
import type { LiveState } from '../model/live.ts';
import type { Change, Plan, UserDiff } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { Drift, Drifted, DriftedPerson } from '../report/drift/drift.ts';
import { connect } from './connect.ts';
import type { Io } from './io.ts';
import type { Book } from './past.ts';
import {
  atBase,
  makePlanFor,
  type PlanningFlags,
  type Prepared,
  planOf,
  prepare,
} from './planning.ts';
import { progress } from './progress.ts';
import { runsOf } from './runs.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** Put back so often before, an assignment that has drifted again is contested. */
const CONTESTED = 2;
/** So far back putting back is counted. */
const MEMORY_MS = 90 * 24 * 3_600_000;

/** The flags of a run that is about drift alone. */
export function driftOnly<F extends PlanningFlags>(flags: F): F {
  return { ...flags, at: 'base', cause: ['drift', 'both'] };
}

export interface Found {
  readonly drift: Drift;
  /** The files at hand. */
  readonly workspace: Workspace;
}

/** Undefined when findings stand in the way, which have been told. Throws MusterError `no-base`. */
export async function findDrift(io: Io, flags: PlanningFlags): Promise<Found | undefined> {
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return undefined;
  const connection = await connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(workspace, { io, flags });
    const then = atBase(prepared);
    const provider = readingOnce(connection.provider, [prepared, then]);
    const made = await makePlanFor(then, provider, { io, flags: driftOnly(flags) });
    if (made === undefined) return undefined;
    const listener = beside(progress(io, flags));
    const now = await planOf(prepared, provider, { io, flags, listener });
    const kept = narrowTo(Object.values(made.plan.users), { ignore: workspace.org.drift.ignore });
    const seen = { prepared: then, putBack: await putBackBefore(prepared.book, io.clock.now()) };
    const drift: Drift = {
      formatVersion: '1.0',
      org: workspace.org.name,
      orgId: workspace.org.orgId ?? null,
      platform: workspace.org.platform,
      at: made.plan.made.at,
      applied: appliedOf(then.bases),
      people: kept.diffs
        .map((diff) => personOf(diff, seen))
        .sort((a, b) => byCodeUnit(a.key, b.key) || byCodeUnit(a.userId, b.userId)),
      ignored: kept.dropped.length,
      pending: now.plan === undefined ? null : pendingIn(now.plan),
      held: made.plan.held,
    };
    return { drift, workspace };
  } finally {
    await prepared?.book?.close();
    await connection.close();
  }
}

/** What the files want besides is no drift: it is not told as the plan this is about. */
function beside(listener: Listener): Listener {
  const tell = (event: MusterEvent) => {
    if (event.type !== 'planned' && event.type !== 'holders') listener(event);
  };
  return Object.assign(tell, listener);
}

function appliedOf(bases: Bases | undefined): Drift['applied'] {
  const applied = bases?.ledger.applied;
  if (!applied) throw new Error('Drift was looked for without a base: a bug.');
  return applied;
}

/** Both plans look at one reading, so that they cannot disagree about it, and the platform is asked once. */
function readingOnce(provider: Provider, about: readonly Prepared[]): Provider {
  const keys = [...new Set(about.flatMap(({ workspace }) => [...workspace.desired.users.keys()]))];
  const reads = new Map<string, Promise<LiveState>>();
  return {
    ...provider,
    fetch(scope) {
      const wanted = scope.only === undefined ? { ...scope, keys } : scope;
      const name = JSON.stringify([scope.only !== undefined, wanted.keys]);
      const read = reads.get(name) ?? provider.fetch(wanted);
      reads.set(name, read);
      return read;
    },
  };
}

interface Seen {
  readonly prepared: Prepared;
  /** How often each assignment has been put back, by `spot()`. */
  readonly putBack: ReadonlyMap<string, number>;
}

function personOf(diff: UserDiff, { prepared, putBack }: Seen): DriftedPerson {
  const { userId, key, name, changes } = diff;
  return {
    ...{ userId, key },
    ...(name === undefined ? {} : { name }),
    teams: prepared.workspace.desired.users.get(key)?.teams ?? [],
    drifted: changes.map((change) => drifted(change, putBack.get(spot(userId, change)) ?? 0)),
  };
}

/** What a plan would change, told the other way round: `after` is what was applied, `before` what is there. */
function drifted({ kind, id, name, before, after, source }: Change, putBack: number): Drifted {
  const { file, line, col } = source;
  return {
    ...{ kind, id, name },
    ...(after === undefined ? {} : { applied: after }),
    ...(before === undefined ? {} : { live: before }),
    place: { file, line, col },
    putBack,
    contested: putBack >= CONTESTED,
  };
}

function pendingIn({ users }: Plan): NonNullable<Drift['pending']> {
  const people = Object.values(users).map(
    ({ changes }) =>
      changes.filter(({ cause }) => cause !== 'drift' && cause !== 'schedule').length,
  );
  return {
    changes: people.reduce((sum, one) => sum + one, 0),
    people: people.filter((one) => one > 0).length,
  };
}

function spot(userId: string, { kind, id }: Pick<Change, 'kind' | 'id'>): string {
  return `${kind} ${id} ${userId}`;
}

async function putBackBefore(book: Book | undefined, now: number): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  if (book === undefined) return times;
  for await (const record of runsOf(book.store.history())) {
    if (Date.parse(record.begun) < now - MEMORY_MS) break;
    for (const at of putBackBy(record)) times.set(at, (times.get(at) ?? 0) + 1);
  }
  return times;
}

function putBackBy({ users }: RunRecord): string[] {
  return Object.entries(users).flatMap(([userId, { outcome, changes }]) =>
    changes
      .filter(({ drift }) => drift && outcome === 'applied')
      .map((change) => spot(userId, change)),
  );
}
