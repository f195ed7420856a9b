/** What people have agreed to: the plans they reviewed, and the guards that trailers of commits allow. */
import { resolve } from '../desired/resolve.ts';
import { movesIn, trailersIn } from '../ledger/trailers.ts';
import type { Org } from '../model/config.ts';
import { type Day, dayAt } from '../model/day.ts';
import { hasErrors } from '../model/finding.ts';
import type { Override } from '../model/guard.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Plan } from '../model/plan.ts';
import { REVIEW_MODES, type Review, type ReviewMode } from '../model/review.ts';
import { UsageError } from './exit.ts';
import type { VouchedFor } from './forge/reviewed.ts';
import type { Io } from './io.ts';
import { overrideOf, TRAILER } from './overrides.ts';
import { type AtHead, type Book, ledgerOf } from './past.ts';
import { readSaved } from './saved.ts';
import type { Workspace } from './workspace.ts';

export interface ReviewFlags {
  /** `true`: without a mode. */
  readonly requireReview?: string | true;
  readonly reviewed?: readonly string[];
}

/** Null where no review is required. Throws UsageError for flags that do not go together. */
export function reviewMode({ requireReview, reviewed = [] }: ReviewFlags): ReviewMode | null {
  if (requireReview === undefined) {
    if (reviewed.length > 0) throw new UsageError('--reviewed is for --require-review.');
    return null;
  }
  if (requireReview === true) return 'changes';
  const mode = REVIEW_MODES.find((name) => name === requireReview);
  if (mode !== undefined) return mode;
  throw new UsageError(
    `--require-review has no mode "${requireReview}".`,
    `Modes: ${REVIEW_MODES.join(', ')}.`,
  );
}

interface Asking {
  readonly io: Io;
  readonly flags: ReviewFlags;
  readonly workspace: Workspace;
  readonly book: Book | undefined;
  readonly atHead: AtHead | undefined;
}

/** The reviewed plans of the org; null where none are required. Throws what `readSaved` throws. */
export async function reviewOf(asking: Asking): Promise<Review | null> {
  const { io, flags, workspace } = asking;
  const mode = reviewMode(flags);
  if (mode === null) return null;
  const vouched = flags.reviewed === undefined ? await byForge(asking) : undefined;
  const plans: Plan[] = [];
  const take = (named: string, plan: Plan | undefined) => {
    const why = plan === undefined ? 'it is a result' : doesNotCount(plan, workspace.org);
    if (plan !== undefined && why === undefined) plans.push(plan);
    else io.stderr(`note: ${named} does not count as reviewed: ${why}.\n`);
  };
  for (const plan of vouched?.plans ?? []) take('A plan of a pull request', plan);
  for (const file of flags.reviewed ?? []) {
    const saved = await readSaved(io, file);
    take(file, saved.is === 'plan' ? saved.plan : undefined);
  }
  const overrides = vouched?.overrides ?? [];
  return { mode, plans, overrides, sameFiles: await sameFiles(asking, plans) };
}

/** Where a job of a forge says so, what its pull requests were reviewed with since the oldest base. */
async function byForge({ io, workspace, book }: Asking): Promise<VouchedFor | undefined> {
  const { forgeKindIn, contextOf } = await import('./forge/context.ts');
  const kind = forgeKindIn(io.env);
  if (kind === undefined || book === undefined) return undefined;
  const range = { after: commitsOf(ledgerOf(book)), head: book.head };
  const commits = await movesIn(book.repository.git, range);
  const forge = await (await contextOf(kind, io)).open();
  try {
    const { reviewedOn } = await import('./forge/reviewed.ts');
    const vouched = await reviewedOn(forge, workspace.org, commits);
    for (const doubt of vouched.doubts) io.stderr(`note: Does not count as reviewed: ${doubt}.\n`);
    return vouched;
  } finally {
    await forge.close();
  }
}

function doesNotCount(plan: Plan, org: Org): string | undefined {
  const tenant = plan.orgId !== null && org.orgId !== undefined && plan.orgId !== org.orgId;
  if (plan.org !== org.name || plan.platform !== org.platform || tenant)
    return `it is a plan for ${plan.org} (${plan.platform}), or for another tenant`;
  if (hasErrors(plan.findings)) return 'it has errors among its findings';
  if (plan.day !== dayAt(Date.parse(plan.made.at), org.timeZone))
    return `it was made as of another day (${plan.day})`;
  return undefined;
}

/** The files at hand on every other day on which they, and no other files, were reviewed. */
async function sameFiles({ workspace, book, atHead }: Asking, plans: readonly Plan[]) {
  if (book === undefined || atHead === undefined || atHead.uncommitted.size > 0) return [];
  const { org, loaded, desired } = workspace;
  const { repository, identity, head } = book;
  const here = await repository.treeOf(head, identity.folder);
  const days = new Set<Day>();
  for (const { day, settles } of plans) {
    const { point } = settles;
    if (day === desired.day || point === null || point.tree !== undefined) continue;
    // A pull request's own commit is on no branch any more once it was squashed.
    await repository.bring(point.commit, 'origin');
    const there = await repository.treeOf(point.commit, identity.folder);
    if (here !== undefined && there === here) days.add(day);
  }
  return [...days].flatMap((day) => {
    const resolved = resolve(org, loaded.rosters.get(org.name) ?? [], day);
    return hasErrors(resolved.findings) ? [] : [resolved.desired];
  });
}

export interface Allowing {
  readonly io: Io;
  readonly book: Book | undefined;
  /** By flag. */
  readonly given: readonly Override[];
  readonly review: Review | null;
}

/**
 * The overrides given, and those that commits carry which are not applied to everybody yet: where review is required,
 * the reviewed ones alone. What is amiss with a trailer is told.
 */
export async function withTrailers({ io, book, given, review }: Allowing): Promise<Override[]> {
  const overrides = new Map(
    [...(review?.overrides ?? []), ...given].map((override) => [override.guard, override]),
  );
  if (book === undefined) return [...overrides.values()];
  const range = { after: commitsOf(ledgerOf(book)), head: book.head };
  for (const { commit, value } of await trailersIn(book.repository.git, range, TRAILER)) {
    const override = overrideOf(value);
    const note = (why: string) => io.stderr(`note: ${TRAILER} in ${commit.slice(0, 12)} ${why}.\n`);
    if (override === undefined) note(`allows nothing: write \`${TRAILER}: removals: the reason\``);
    else if (review !== null && !(await wasReviewed(commit, review, book)))
      note('does not count: nobody has reviewed that commit');
    else if (!overrides.has(override.guard)) overrides.set(override.guard, override);
  }
  return [...overrides.values()];
}

/** A commit that a reviewed plan was made of or on, or that brought those very files to this branch. */
async function wasReviewed(commit: string, { plans }: Review, book: Book): Promise<boolean> {
  const { repository, identity } = book;
  for (const { settles } of plans) {
    const { point } = settles;
    if (point === null || point.tree !== undefined) continue;
    if ((await repository.ancestry(commit, point.commit)) === 'ancestor') return true;
    const tree = await repository.treeOf(commit, identity.folder);
    if (tree !== undefined && tree === (await repository.treeOf(point.commit, identity.folder)))
      return true;
  }
  return false;
}

/** Every commit somebody may stand at. */
function commitsOf({ applied, open }: Ledger): string[] {
  const bases = Object.values(open).map(({ base }) => base);
  // Whoever was never verified is owed everything since the beginning, but was asked for after the first apply.
  const points = [applied, ...bases].flatMap((point) => (point === null ? [] : [point.commit]));
  return [...new Set(points)];
}
