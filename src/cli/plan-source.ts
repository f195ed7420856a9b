/** Where the plan that is applied comes from: made now, or saved and looked at again. Its invariant: the way is free. */
import type { Org } from '../model/config.ts';
import { dayAt } from '../model/day.ts';
import { MusterError } from '../model/error.ts';
import type { Guards, Override } from '../model/guard.ts';
import type { GuardVerdict, Plan } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import { freezeVerdict } from '../plan/guards/judge.ts';
import { checkApplicable } from '../plan/saved.ts';
import { tellPlanned } from '../plan/tell.ts';
import { refuseAnew } from './anew.ts';
import { takeOver } from './ending.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { type Book, openBook } from './past.ts';
import {
  guardsOf,
  isStill,
  type Made,
  makePlanFor,
  type PlanningFlags,
  prepare,
  tellPoints,
} from './planning.ts';
import { progress } from './progress.ts';
import { withTrailers } from './review.ts';
import { standsInTheWay } from './running.ts';
import { idsIn, readSaved } from './saved.ts';
import { overridesOf } from './scope.ts';
import { openOrg, openWorkspace } from './workspace.ts';

export interface ApplyFlags extends PlanningFlags {
  readonly yes?: boolean;
  readonly canary?: number;
  readonly takeOver?: boolean;
  readonly resume?: string;
  /** Minutes. */
  readonly wait?: number;
}

/** Where the plan comes from: the org it is for, and the plan itself once there is a provider to read with. */
export interface PlanSource {
  readonly org: Org;
  readonly orgs: number;
  readonly book: Book | undefined;
  readonly overrides: readonly Override[];
  /** No window has begun or ended since the files were applied, as far as that is known. */
  readonly still: boolean;
  plan(provider: Provider): Promise<Made | undefined>;
  /** As they are now, should the plan be older. */
  verdicts(plan: Plan): readonly GuardVerdict[];
}

export async function freshly(io: Io, flags: ApplyFlags): Promise<PlanSource | undefined> {
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return undefined;
  await freeTheWay(io, flags, workspace.org);
  const prepared = await prepare(workspace, { io, flags });
  return {
    org: workspace.org,
    orgs: workspace.orgs,
    book: prepared.book,
    overrides: prepared.overrides,
    still: isStill(prepared),
    plan: (provider) => makePlanFor(prepared, provider, { io, flags }),
    verdicts: (plan) => verdictsNow(plan, { io, guards: guardsOf(prepared) }),
  };
}

/** Throws MusterError when another run or a pause stands in the way; with --take-over a begun run is left first. */
async function freeTheWay(io: Io, flags: ApplyFlags, org: Org): Promise<void> {
  const book = await openBook(io, flags, org);
  if (book === undefined) return;
  try {
    const free = flags.takeOver ? await takeOver(io, book) : book;
    const why = standsInTheWay(free, org.name, io.clock.now());
    if (why !== undefined) throw why;
  } finally {
    await book.close();
  }
}

/** A saved plan is applied as it is or not at all; the gate still reads everybody again. */
export async function asSaved(
  io: Io,
  flags: ApplyFlags,
  file: string,
): Promise<PlanSource | undefined> {
  refuseAnew(flags, `${file} is applied as it is`);
  const saved = await readSaved(io, file);
  if (saved.is !== 'plan') throw new UsageError(`${file} is a result, not a plan.`);
  const { plan } = saved;
  if (flags.org !== undefined && flags.org !== plan.org) {
    throw new UsageError(`The plan is for ${plan.org}, and --org says ${flags.org}.`);
  }
  const opened = await openOrg(io, flags, plan.org);
  if (opened === undefined) return undefined;
  const { org } = opened;
  const day = (at: number) => dayAt(at, org.timeZone);
  checkApplicable(plan, { org, today: day(io.clock.now()), madeOn: day(Date.parse(plan.made.at)) });
  await freeTheWay(io, flags, org);
  const book = await openBook(io, flags, org);
  if (plan.ledger !== (book?.entry?.commit ?? null)) {
    await book?.close();
    throw new MusterError(
      'plan-ledger-moved',
      'The ledger has moved since the plan was made: something else was applied, or paused, meanwhile.',
      { hint: 'Plan again, have it reviewed, and apply that.' },
    );
  }
  await demandCommit(plan, book);
  tellPoints({ io, flags }, plan.head ?? undefined, book?.entry?.ledger.applied?.commit);
  return {
    ...opened,
    book,
    overrides: await withTrailers({ io, book, given: overridesOf(flags), review: null }),
    still: false,
    plan: async () => {
      tellPlanned(progress(io, flags), plan);
      return { plan, ids: idsIn(plan) };
    },
    verdicts: () => verdictsNow(plan, { io, guards: [org.guards] }),
  };
}

/** What is applied is the base of what comes next: the ledger must not name files that nobody here can read. */
async function demandCommit({ settles: { point } }: Plan, book: Book | undefined): Promise<void> {
  if (point === null || book === undefined || (await book.repository.has(point.commit))) return;
  await book.close();
  throw new MusterError(
    'commit-missing',
    `The plan was made of the commit ${point.commit.slice(0, 12)}, which is not in this clone.`,
    { hint: 'Fetch the branch it is on, then apply the plan.' },
  );
}

/** A freeze may have begun or ended since the plan was made. */
function verdictsNow(
  { guards: made, totals }: Plan,
  { io, guards }: { readonly io: Io; readonly guards: readonly Guards[] },
): GuardVerdict[] {
  const freeze = freezeVerdict(guards, io.clock.now());
  const others = made.filter(({ guard }) => guard !== 'freeze');
  return freeze === undefined || totals.people === 0 ? others : [...others, freeze];
}
