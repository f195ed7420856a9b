/** `muster github comment` and `muster gitlab comment`: what plans do to whom, and what became of them, on the pull request. */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { problem } from '../../forge/codes.ts';
import { openRepository } from '../../ledger/repository.ts';
import { MusterError } from '../../model/error.ts';
import type { Forge } from '../../model/forge.ts';
import type { Plan } from '../../model/plan.ts';
import { DEFAULT_REPORT } from '../../model/report-settings.ts';
import type { Result } from '../../model/result.ts';
import { sha256 } from '../../plan/digest.ts';
import { annotationsOf } from '../../report/comment/annotations.ts';
import { codeQuality } from '../../report/comment/code-quality.ts';
import { comment } from '../../report/comment/comment.ts';
import { labelsFor } from '../../report/people/labels.ts';
import { maskedPlan, peopleIn } from '../../report/people/masked.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { contextOf, type ForgeContext, type ForgeKind } from '../forge/context.ts';
import { gather, type Material, type MaterialFlags } from '../forge/material.ts';
import {
  MOST_COMMITS,
  moveOn,
  outdate,
  type Step,
  stepOf,
  stepTo,
  waitingFor,
} from '../forge/move.ts';
import { type Said, say, tellJob, tellOutputs } from '../forge/say.ts';
import type { Io } from '../io.ts';
import { readSaved } from '../saved.ts';
import { loadFolder } from '../workspace.ts';

export interface CommentFlags extends MaterialFlags {
  readonly pr?: number;
  readonly dryRun?: boolean;
  readonly labels?: boolean;
  readonly check?: boolean;
  readonly state?: 'applying' | 'outdated' | 'refused';
  readonly reason?: string;
  readonly codeQuality?: string;
  readonly pages?: string;
}

interface Run {
  readonly io: Io;
  readonly flags: CommentFlags;
  readonly context: ForgeContext;
}

export async function commentCommand(
  kind: ForgeKind,
  io: Io,
  { flags, files }: { readonly flags: CommentFlags; readonly files: readonly string[] },
): Promise<ExitCode> {
  const { plans, results } = await saved(io, files);
  const known: Run = { io, flags, context: await contextOf(kind, io) };
  const run = flags.dryRun ? known : await completed(known);
  if (flags.state === 'outdated') return outdatePlans(run);
  if (flags.state !== undefined) return moveTo(run, flags.state);
  if (results.length > 0) return tellResults(run, results);
  const material = await gather({ ...run, plans });
  if (flags.codeQuality !== undefined) await saveQuality(run, material, flags.codeQuality);
  if (flags.pages !== undefined) await savePages(run, { material, plans }, flags.pages);
  if (flags.dryRun) {
    io.stdout(comment(material.input).body);
    return EXIT.done;
  }
  return tellPlans(run, material, plans);
}

/** Of a pull request that is named and not the job's own, the forge is asked which commits it is about. */
async function completed(run: Run): Promise<Run> {
  const { flags, context } = run;
  if (flags.pr === undefined || flags.pr === context.number) return run;
  const { number, head, base } = await withForge(run, (forge) => forge.requestOf(Number(flags.pr)));
  return { ...run, context: { ...context, number, head, base: base.commit } };
}

async function saved(io: Io, files: readonly string[]) {
  const plans: Plan[] = [];
  const results: Result[] = [];
  for (const file of files) {
    const read = await readSaved(io, file);
    if (read.is === 'plan') plans.push(read.plan);
    else results.push(read.result);
  }
  if (plans.length > 0 && results.length > 0) {
    throw new UsageError('Plans and results cannot be told together.', 'Hand in one kind of file.');
  }
  const twice = plans.find(({ org }, at) => plans.findIndex((plan) => plan.org === org) < at);
  if (twice !== undefined) throw new UsageError(`There are two plans of ${twice.org}.`);
  return { plans, results };
}

async function tellPlans(run: Run, material: Material, plans: readonly Plan[]): Promise<ExitCode> {
  const { io, flags, context } = run;
  await tellJob(io, material);
  const number = numberOf(run);
  const said = await withForge(run, (forge) =>
    say({
      ...{ io, forge, context, material, number },
      labels: flags.labels !== false,
      check: flags.check !== false,
    }),
  );
  tellSaid(io, said);
  const shown = new Set(material.input.planned.map(({ plan }) => plan));
  await tellOutputs(
    io,
    said,
    plans.filter((plan) => shown.has(plan)),
  );
  return EXIT.done;
}

function tellSaid(io: Io, said: Said): void {
  if (said.did === 'left') io.stderr(`note: Nothing was posted: ${said.why}.\n`);
  else if (said.did === 'nothing') io.stdout('Nothing to tell: no org is concerned.\n');
  else io.stdout(`The comment was ${WORDS[said.did]}: ${said.comment?.url ?? ''}\n`);
}

const WORDS = { added: 'added', edited: 'edited', unchanged: 'left as it is' } as const;

/** Of a result that names no pull request, every merged one is told whose comment still waits for it. */
async function tellResults(run: Run, results: readonly Result[]): Promise<ExitCode> {
  const { io, flags, context } = run;
  const { config } = await loadFolder(io, flags);
  const report = config?.report ?? DEFAULT_REPORT;
  const steps = results.map((result) => stepOf(result, { report, url: context.jobUrl }));
  const told = await withForge(run, async (forge) => {
    const numbers = await numbersFor(run, forge, steps);
    const moves = await inTurn(numbers, (number) => moveOn(forge, number, steps));
    return numbers.filter((_, at) => (moves[at] ?? 0) > 0);
  });
  const where = told.map((number) => `#${number}`).join(', ');
  io.stdout(told.length === 0 ? 'No comment waits for it.\n' : `Told on ${where}.\n`);
  return EXIT.done;
}

async function numbersFor(run: Run, forge: Forge, steps: readonly Step[]): Promise<number[]> {
  const { io, flags, context } = run;
  const number = flags.pr ?? context.number;
  if (number !== undefined) return [number];
  const repository = await openRepository({
    dir: resolvePath(io.cwd, flags.dir ?? '.'),
    env: io.env,
  });
  if ('none' in repository) throw unknownNumber(run);
  try {
    const commits = await repository.git.text(['rev-list', `--max-count=${MOST_COMMITS}`, 'HEAD']);
    const found = await inTurn(steps, ({ org }) => waitingFor(forge, commits.split('\n'), org));
    return [...new Set(found.flat())].sort((a, b) => a - b);
  } finally {
    await repository.close();
  }
}

async function outdatePlans(run: Run): Promise<ExitCode> {
  const number = numberOf(run);
  const orgs = await withForge(run, (forge) => outdate(forge, number, run.flags.org));
  tellMoved(run.io, 'outdated', orgs);
  return EXIT.done;
}

async function moveTo(run: Run, state: 'applying' | 'refused'): Promise<ExitCode> {
  const { io, flags, context } = run;
  if (state === 'refused' && !flags.reason)
    throw new UsageError('--state refused needs a --reason.');
  const orgs = await orgsToMove(run);
  const words = { url: context.jobUrl, reason: flags.reason ?? '' };
  const steps = orgs.map((org) => stepTo(state, org, words));
  const moves = await withForge(run, async (forge) => {
    const numbers = await numbersFor(run, forge, steps);
    const moved = await inTurn(numbers, (number) => moveOn(forge, number, steps));
    return moved.reduce((sum, one) => sum + one, 0);
  });
  tellMoved(io, state, moves === 0 ? [] : orgs);
  return EXIT.done;
}

function tellMoved({ stdout }: Io, state: string, orgs: readonly string[]): void {
  stdout(orgs.length === 0 ? 'No section was moved on.\n' : `${state}: ${orgs.join(', ')}.\n`);
}

async function orgsToMove({ io, flags }: Run): Promise<readonly string[]> {
  if (flags.org !== undefined) return [flags.org];
  return Object.keys((await loadFolder(io, flags)).config?.orgs ?? {}).sort();
}

/** Each full plan as a page, for the job to keep: its people are named as `report.artifact` says. */
async function savePages(
  { io }: Run,
  { material, plans }: { readonly material: Material; readonly plans: readonly Plan[] },
  dir: string,
): Promise<void> {
  const { planHtml } = await import('../../report/plan/html.ts');
  const { artifact, proficiency } = material.report;
  await mkdir(resolvePath(io.cwd, dir), { recursive: true });
  for (const plan of plans) {
    const labels = labelsFor(artifact, peopleIn(plan));
    const page = planHtml(maskedPlan(plan, { labels, proficiency }));
    await save(io, `${dir}/${plan.org}.html`, page);
  }
}

function saveQuality({ io }: Run, { input, folder }: Material, file: string): Promise<void> {
  return save(io, file, codeQuality(annotationsOf(input, folder), sha256));
}

async function save(io: Io, file: string, text: string): Promise<void> {
  try {
    await writeFile(resolvePath(io.cwd, file), text);
  } catch (cause) {
    throw new MusterError('job-file-unwritable', `The file ${file} of the job cannot be written.`, {
      hint: 'Name a file in a folder that exists and can be written to.',
      cause,
    });
  }
}

function numberOf(run: Run): number {
  const number = run.flags.pr ?? run.context.number;
  if (number === undefined) throw unknownNumber(run);
  return number;
}

function unknownNumber({ context }: Run) {
  return problem('forge-context', `It is not known which ${context.request} is meant.`, {
    hint: 'Name it: --pr NUMBER.',
  });
}

async function withForge<T>({ context }: Run, work: (forge: Forge) => Promise<T>): Promise<T> {
  const forge = await context.open();
  try {
    return await work(forge);
  } finally {
    await forge.close();
  }
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}
