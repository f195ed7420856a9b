/** From files, git and a platform to a plan: what `plan` and `apply` share. */
import type { BaseState, Bases } from '../model/base.ts';
import type { Day } from '../model/day.ts';
import { MusterError } from '../model/error.ts';
import type { Listener } from '../model/event.ts';
import type { Guards, Override } from '../model/guard.ts';
import type { Plan } from '../model/plan.ts';
import { pointKey } from '../model/point.ts';
import type { Provider } from '../model/provider.ts';
import type { Review } from '../model/review.ts';
import { type Planned, planFor } from '../reconcile.ts';
import type { GlobalFlags } from './flags.ts';
import { untilInterrupted } from './interrupt.ts';
import type { Io } from './io.ts';
import { orphans } from './orphans.ts';
import { type AtHead, type Book, compareWithHead, openBook, readBases } from './past.ts';
import { progress } from './progress.ts';
import { type ReviewFlags, reviewOf, withTrailers } from './review.ts';
import {
  type AllowFlags,
  checkScope,
  desiredAtBase,
  overridesOf,
  type ScopeFlags,
  scopeOf,
} from './scope.ts';
import { version } from './version.ts';
import { tellFindings, type Workspace } from './workspace.ts';

export interface PlanningFlags extends GlobalFlags, ScopeFlags, AllowFlags, ReviewFlags {
  readonly asOf?: Day;
  /** A revision to compare with instead of what the ledger says was applied. */
  readonly base?: string;
  /** Not a flag: set by `muster drift`, so that what the org ignores is left out. */
  readonly looksPast?: true;
}

/** A workspace with what git knows of it. `book` and the rest are undefined outside git. */
export interface Prepared {
  readonly workspace: Workspace;
  readonly book: Book | undefined;
  readonly bases: Bases | undefined;
  readonly atHead: AtHead | undefined;
  /** Why there may be a base although none is found; each a sentence. */
  readonly doubts: readonly string[];
  /** By flag, and by the trailers of commits that are not applied to everybody yet. */
  readonly overrides: readonly Override[];
  readonly review: Review | null;
}

/** Throws MusterError for what cannot be looked at; nothing is taken for "there is none". */
export async function prepare(
  workspace: Workspace,
  how: { readonly io: Io; readonly flags: PlanningFlags },
): Promise<Prepared> {
  const { io, flags } = how;
  const there = await lookBack(workspace, how);
  const looked = flags.at === 'base' ? atBase(there) : there;
  const { book, atHead } = there;
  const given = overridesOf(flags);
  tellPoints({ io, flags }, book?.head, looked.bases?.ledger.applied?.commit);
  const review = await reviewOf({ io, flags, workspace, book, atHead });
  const overrides = flags.at === 'base' ? given : await withTrailers({ io, book, given, review });
  return { ...looked, overrides, review };
}

type Looked = Omit<Prepared, 'overrides' | 'review'>;

/** The commit the files are on, and the one they are compared with; outside git there is neither. */
export function tellPoints(
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
  head: string | undefined,
  base: string | undefined,
): void {
  if (head === undefined) return;
  const points = { head, ...(base === undefined ? {} : { base }) };
  progress(io, flags)({ type: 'about', ...points });
}

async function lookBack(
  workspace: Workspace,
  { io, flags }: { readonly io: Io; readonly flags: PlanningFlags },
): Promise<Looked> {
  const { org, loaded, desired } = workspace;
  const book = await openBook(io, flags, org);
  if (book === undefined) {
    if (flags.at === 'base' || flags.base !== undefined) throw noBase();
    return { workspace, book, bases: undefined, atHead: undefined, doubts: [] };
  }
  const reading = { io, org, loaded, today: desired.day };
  const base = flags.base === undefined ? undefined : await book.repository.resolve(flags.base);
  if (flags.base !== undefined && base === undefined) {
    throw new MusterError('revision-unknown', `Git knows no revision "${flags.base}".`, {
      hint: 'Name a commit, a tag or a branch that this clone has.',
    });
  }
  const bases = await readBases(book, reading, base);
  const atHead = await compareWithHead(book, reading, desired);
  const doubts = bases === undefined ? await orphans(book, { org, loaded }) : [];
  return { workspace, book, bases, atHead, doubts };
}

/** The same with the base's files, today, instead of those at hand. Throws MusterError `no-base`. */
export function atBase<L extends Looked>(looked: L): L {
  const { workspace, bases } = looked;
  const { desired } = workspace;
  const applied = bases?.ledger.applied;
  if (bases === undefined || !applied) throw noBase();
  return {
    ...looked,
    workspace: { ...workspace, desired: desiredAtBase(bases, desired) },
    atHead: { point: { ...applied, day: desired.day }, uncommitted: new Set() },
  };
}

function noBase(): MusterError {
  return new MusterError('no-base', 'There is no base yet: nothing was applied from git here.', {
    hint: 'Apply once from a commit; from then on the ledger has a base.',
  });
}

export interface Made {
  readonly plan: Plan;
  readonly ids: ReadonlyMap<string, string>;
}

interface How {
  readonly io: Io;
  readonly flags: PlanningFlags;
  /** Instead of everybody who listens to the run. */
  readonly listener?: Listener;
}

/** The plan; undefined when findings stand in its way, which have then been told. Throws Interrupted. */
export async function makePlanFor(
  prepared: Prepared,
  provider: Provider,
  how: How,
): Promise<Made | undefined> {
  const planned = await planOf(prepared, provider, how);
  if (planned.plan !== undefined) return { plan: planned.plan, ids: planned.ids };
  const { texts } = prepared.workspace;
  await tellFindings(how.io, how.flags, { findings: planned.findings, texts });
  return undefined;
}

/** The same, with nothing told. */
export async function planOf(
  prepared: Prepared,
  provider: Provider,
  { io, flags, listener }: How,
): Promise<Planned> {
  const { workspace, book, bases, atHead } = prepared;
  const { org, desired } = workspace;
  const scope = scopeOf(flags, flags.looksPast && org.drift.ignore);
  checkScope(scope, desired, bases);
  const applied = bases?.ledger.applied;
  const work = planFor({
    org,
    head: flags.at === 'base' ? (applied?.commit ?? null) : (book?.head ?? null),
    point: atHead?.point ?? null,
    uncommitted: atHead?.uncommitted ?? new Set(),
    desired,
    bases,
    ids: book?.ids ?? new Map(),
    findings: workspace.findings,
    scope,
    guards: guardsOf(prepared),
    doubts: prepared.doubts,
    allowed: prepared.overrides.map(({ guard }) => guard),
    review: prepared.review,
    provider,
    listener: listener ?? progress(io, flags),
    made: { at: new Date(io.clock.now()).toISOString(), by: `muster ${version()}` },
  });
  const planned = await untilInterrupted(io.signal, work);
  if (planned.plan !== undefined && org.telemetry?.people)
    io.session?.introduce(keysOf(planned.plan));
  return planned;
}

/** Those of the files at hand and those of the base: the stricter holds. */
export function guardsOf({ workspace, bases }: Pick<Prepared, 'workspace' | 'bases'>): Guards[] {
  const base = bases && commonBase(bases);
  return [workspace.org.guards, ...(base === undefined ? [] : [base.guards])];
}

/** Whether no window has begun or ended since the files were applied, as far as that is known. */
export function isStill({ bases }: Pick<Prepared, 'bases'>): boolean {
  const base = bases && commonBase(bases);
  return base !== undefined && base.now === base.onDay;
}

function commonBase({ ledger: { applied }, states }: Bases): BaseState | undefined {
  return applied === null ? undefined : states.get(pointKey(applied));
}

function keysOf({ users }: Plan): Map<string, string> {
  return new Map(Object.entries(users).map(([id, { key }]) => [id, key]));
}
