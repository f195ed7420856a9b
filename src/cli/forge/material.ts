/** Saved plans, and what git says of the pull request they are for, as the values that a comment is made of. */
import { resolve as resolvePath } from 'node:path';
import { problem } from '../../forge/codes.ts';
import { problem as ledgerProblem } from '../../ledger/codes.ts';
import { openRepository, type Repository } from '../../ledger/repository.ts';
import { trailersIn } from '../../ledger/trailers.ts';
import { MusterError } from '../../model/error.ts';
import type { Override } from '../../model/guard.ts';
import type { Plan } from '../../model/plan.ts';
import type { ReportSettings } from '../../model/report-settings.ts';
import type { CommentInput } from '../../report/comment/input.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { overrideOf, TRAILER } from '../overrides.ts';
import { type Compared, compareCommits } from './changed.ts';
import type { ForgeContext } from './context.ts';

export interface MaterialFlags extends GlobalFlags {
  readonly base?: string;
  readonly head?: string;
  readonly planUrl?: string;
}

export interface Material {
  readonly input: CommentInput;
  readonly report: ReportSettings;
  /** Of muster.yaml in the repository, with a slash at its end, or empty. */
  readonly folder: string;
  /** Orgs whose desired state or settings differ. */
  readonly orgs: readonly string[];
}

export interface Gathering {
  readonly io: Io;
  readonly flags: MaterialFlags;
  readonly context: ForgeContext;
  readonly plans: readonly Plan[];
}

/** Throws MusterError: `forge-context`, `revision-unknown`, `plan-other-commit`, and what git and the files can give. */
export async function gather(gathering: Gathering): Promise<Material> {
  const { io, flags } = gathering;
  const dir = resolvePath(io.cwd, flags.dir ?? '.');
  const repository = await openRepository({ dir, env: io.env });
  if ('none' in repository) {
    throw problem(
      'forge-context',
      'This folder is not in a git repository, so nothing can be compared.',
    );
  }
  try {
    return await gatherIn(repository, gathering);
  } finally {
    await repository.close();
  }
}

async function gatherIn(repository: Repository, gathering: Gathering): Promise<Material> {
  const { io, context, plans } = gathering;
  const { head, base, into } = await commitsOf(repository, gathering);
  const days = new Map(plans.map(({ org, day }) => [org, day]));
  const now = io.clock.now();
  const compared = await compareCommits({ repository, head, base, into, days, now });
  const overrides = await overridesIn(repository, { after: [base], head });
  const folder = repository.folder === '' ? '' : `${repository.folder}/`;
  const { blob } = context;
  const planUrl = gathering.flags.planUrl ?? context.planUrl;
  return {
    report: compared.report,
    folder,
    orgs: compared.orgs.filter(concerned).map(({ org }) => org.name),
    input: {
      head: context.head ?? head,
      request: context.request,
      ...sectionsOf(compared, { plans, overrides }),
      naming: compared.report.comment,
      proficiency: compared.report.proficiency,
      ...(blob === undefined
        ? {}
        : { links: { head: blob(head) + folder, base: blob(base) + folder } }),
      ...(planUrl === undefined ? {} : { planUrl }),
      limit: MOST_CHARACTERS,
      unit: 'characters',
    },
  };
}

/** The forges take 65,536. */
const MOST_CHARACTERS = 60_000;

function concerned({ changes, settings }: Compared['orgs'][number]): boolean {
  return changes || settings.length > 0;
}

interface Having {
  readonly plans: readonly Plan[];
  readonly overrides: readonly Override[];
}

function sectionsOf(
  { orgs, gone, findings }: Compared,
  { plans, overrides }: Having,
): Pick<CommentInput, 'planned' | 'unplanned' | 'findings'> {
  const byOrg = new Map(plans.map((plan) => [plan.org, plan]));
  const shown = orgs.filter(concerned);
  return {
    planned: shown.flatMap(({ org, head, base, settings }) => {
      const plan = byOrg.get(org.name);
      return plan === undefined ? [] : [{ plan, head, base, overrides, settings }];
    }),
    unplanned: [
      ...shown
        .filter(({ org }) => !byOrg.has(org.name))
        .map(({ org }) => ({
          org: org.name,
          why: 'Its desired state changes, and no plan of it was made.',
        })),
      ...gone.map((org) => ({
        org,
        why: 'It leaves muster.yaml: nothing of it is planned any more.',
      })),
    ],
    // Plans carry what they were made with.
    findings: orgs.length === 0 ? findings : [],
  };
}

interface Commits {
  readonly head: string;
  readonly base: string;
  readonly into: string;
}

async function commitsOf(
  repository: Repository,
  { flags, context, plans }: Gathering,
): Promise<Commits> {
  const planned = [...new Set(plans.map((plan) => plan.head))];
  if (planned.length > 1) throw otherCommit('The plans were made of different commits.');
  const [of] = planned;
  if (of === null) throw otherCommit('The plan was not made of a commit.');
  const named = flags.head ?? of ?? context.head ?? 'HEAD';
  const head = await commitOf(repository, named);
  if (of !== undefined && of !== head) throw otherCommit(madeOf(of, head));
  const own = context.head ?? head;
  const onto = own === head ? undefined : await triedOn(repository, { own, head });
  const against = flags.base ?? onto ?? context.base;
  if (against === undefined) {
    throw problem(
      'forge-context',
      'It is not known which commit the pull request is compared with.',
      {
        hint: 'Name it: --base origin/main.',
      },
    );
  }
  const into = await commitOf(repository, against);
  const base = await repository.mergeBase(into, head);
  if (base !== undefined) return { head, base, into };
  throw ledgerProblem(
    'commit-missing',
    'This clone does not have the commit that both branches share.',
  );
}

/** Of a merge that was made to try one out, the pull request's own commit is a part: what it was tried on. */
async function triedOn(
  repository: Repository,
  { own, head }: { readonly own: string; readonly head: string },
): Promise<string | undefined> {
  if ((await repository.ancestry(own, head)) !== 'ancestor') throw otherCommit(madeOf(head, own));
  const other = await repository.resolve(`${head}^2`);
  return other === own ? repository.resolve(`${head}^1`) : undefined;
}

function madeOf(planned: string, wanted: string): string {
  return `The plan was made of ${planned.slice(0, 12)}, and this is about ${wanted.slice(0, 12)}.`;
}

function otherCommit(message: string): MusterError {
  return new MusterError('plan-other-commit', message, {
    hint: 'Plan each org of the pull request’s own commit, and hand in those plans.',
  });
}

async function commitOf(repository: Repository, name: string): Promise<string> {
  const commit = await repository.resolve(name);
  if (commit !== undefined) return commit;
  throw new MusterError('revision-unknown', `Git knows no revision "${name}".`, {
    hint: 'Fetch it first; of a pull request from a fork: git fetch origin refs/pull/NUMBER/head.',
  });
}

async function overridesIn(
  repository: Repository,
  range: { readonly after: readonly string[]; readonly head: string },
): Promise<Override[]> {
  const trailers = await trailersIn(repository.git, range, TRAILER);
  const found = new Map<string, Override>();
  for (const { value } of trailers) {
    const override = overrideOf(value);
    if (override !== undefined && !found.has(override.guard)) found.set(override.guard, override);
  }
  return [...found.values()];
}
