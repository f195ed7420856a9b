/**
 * How the commands name people in what they print in CI: as `report.log` says, of the files at hand and of the branch
 * they go to; whichever tells less counts, so that a change cannot make its own log more talkative.
 */
import { resolve as resolvePath } from 'node:path';
import { folder } from '../desired/folder.ts';
import { configOf } from '../desired/load.ts';
import { openRepository } from '../ledger/repository.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import type { Naming } from '../model/report-settings.ts';
import type { Result } from '../model/result.ts';
import type { FileSource } from '../model/source.ts';
import { type Labels, labelsFor, type Somebody } from '../report/people/labels.ts';
import { maskedPlan, maskedResult, peopleIn } from '../report/people/masked.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';

interface Where {
  readonly io: Io;
  readonly flags: GlobalFlags;
}

/** From the most that is told to the least. */
const ORDER: readonly Naming[] = ['email', 'name', 'initials', 'id', 'count'];

/** Undefined: in full, as on a terminal. */
async function logNaming({ io, flags }: Where): Promise<Naming | undefined> {
  if (!io.env.CI) return undefined;
  const dir = resolvePath(io.cwd, flags.dir ?? '.');
  const said = [await logOf(folder(dir)), await logOfTarget(dir, io)];
  const words = said.filter((word) => word !== undefined);
  return words.sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0];
}

/** Labels for what is printed; undefined where everything may be told. */
export async function logLabels(
  where: Where,
  people: Iterable<Somebody>,
): Promise<Labels | undefined> {
  const naming = await logNaming(where);
  return naming === undefined ? undefined : labelsFor(naming, people);
}

export async function planForLog(plan: Plan, where: Where): Promise<Plan> {
  const labels = await logLabels(where, peopleIn(plan));
  return labels === undefined ? plan : maskedPlan(plan, { labels, proficiency: true });
}

export async function resultForLog(result: Result, where: Where): Promise<Result> {
  const naming = await logNaming(where);
  return naming === undefined ? result : maskedResult(result, naming);
}

/** Without the lines of the files, where those must not be told. */
export async function findingsForLog<
  T extends { readonly findings: readonly Finding[]; readonly texts: ReadonlyMap<string, string> },
>(told: T, where: Where): Promise<Pick<T, 'findings' | 'texts'>> {
  const labels = await logLabels(where, []);
  if (labels === undefined || labels.naming === 'name' || labels.naming === 'email') return told;
  const { clean } = labels;
  const findings = told.findings.map(({ message, hint, ...finding }) => ({
    ...finding,
    message: clean(message),
    ...(hint === undefined ? {} : { hint: clean(hint) }),
  }));
  return { findings, texts: new Map() };
}

async function logOf(files: FileSource): Promise<Naming | undefined> {
  // What is wrong with the files is told elsewhere, and where there are none nothing is said of logs.
  const config = await configOf(files).catch(() => undefined);
  return config?.report.log;
}

async function logOfTarget(dir: string, { env }: Io): Promise<Naming | undefined> {
  const { GITHUB_BASE_REF: branch, CI_MERGE_REQUEST_DIFF_BASE_SHA: commit } = env;
  const revision = branch ? `origin/${branch}` : commit;
  if (!revision) return undefined;
  const repository = await openRepository({ dir, env });
  if ('none' in repository) return undefined;
  try {
    const target = await repository.resolve(revision);
    return target === undefined
      ? undefined
      : await logOf(repository.filesAt(target, repository.folder));
  } finally {
    await repository.close();
  }
}
