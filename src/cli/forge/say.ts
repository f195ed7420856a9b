/** Says a comment on the forge: the comment itself, labels, the check with its annotations, the job's summary and outputs. */
import { appendFile } from 'node:fs/promises';
import { findReview, type Posted, post, type ReviewComment } from '../../forge/upsert.ts';
import { MusterError } from '../../model/error.ts';
import type { Forge, ForgeRequest } from '../../model/forge.ts';
import type { Plan } from '../../model/plan.ts';
import { checkOf } from '../../report/comment/annotations.ts';
import { type Comment, comment } from '../../report/comment/comment.ts';
import { isBegun } from '../../report/comment/state.ts';
import { findingsGithub } from '../../report/findings/github.ts';
import type { Io } from '../io.ts';
import type { ForgeContext } from './context.ts';
import type { Material } from './material.ts';

export interface Saying {
  readonly io: Io;
  readonly forge: Forge;
  readonly context: ForgeContext;
  readonly material: Material;
  readonly number: number;
  /** Whether labels and the check are wanted. */
  readonly labels: boolean;
  readonly check: boolean;
}

export type Said = Posted | { readonly did: 'left'; readonly why: string };

export async function say(saying: Saying): Promise<Said> {
  const { forge, material, number } = saying;
  const made = comment(material.input);
  const request = await forge.requestOf(number);
  const found = await findReview(forge, number);
  const why = leftFor(request, { found, head: material.input.head });
  if (why !== undefined) return { did: 'left', why };
  const worth = material.input.findings.length + material.orgs.length > 0 || hasUnplanned(material);
  const { posting } = material.report;
  const posted = await post(forge, { number, found }, { body: made.body, posting, worth });
  if (saying.labels) await label(forge, request, made);
  if (saying.check) await check(saying, made);
  return posted;
}

function hasUnplanned({ input }: Material): boolean {
  return input.unplanned.length > 0;
}

/** A job that comes late must not speak of what has gone on meanwhile. */
function leftFor(
  request: ForgeRequest,
  { found, head }: { readonly found: ReviewComment | undefined; readonly head: string },
): string | undefined {
  const begun = Object.entries(found?.review.orgs ?? {}).find(([, org]) => isBegun(org));
  if (begun !== undefined) return `${begun[0]} is being applied, or was`;
  if (request.state !== 'open') return `the ${request.state} request is not open any more`;
  if (request.head === head) return undefined;
  return `it has moved on to ${request.head.slice(0, 12)}, and this is about ${head.slice(0, 12)}`;
}

/** Labels of muster's own; others are left alone. */
const LABELS = { removes: 'muster:removes', refused: 'muster:refused' } as const;

async function label(forge: Forge, { number, labels }: ForgeRequest, { review }: Comment) {
  const orgs = Object.values(review.orgs);
  const wanted = new Set<string>([
    ...(orgs.some(({ remove }) => remove > 0) ? [LABELS.removes] : []),
    ...(orgs.some(({ state }) => state === 'refused') ? [LABELS.refused] : []),
  ]);
  await forge.label(number, {
    add: [...wanted].filter((name) => !labels.includes(name)),
    remove: Object.values(LABELS).filter((name) => labels.includes(name) && !wanted.has(name)),
  });
}

/** Where the token may not say it, what it would have said is printed for the job to pick up. */
async function check({ io, forge, context, material }: Saying, made: Comment): Promise<void> {
  const { jobUrl: url } = context;
  const { folder, input } = material;
  const verdict = checkOf(input, made, { folder, ...(url === undefined ? {} : { url }) });
  if (await forge.check(verdict)) return;
  io.stderr('note: This token may not add a check, so its annotations are printed instead.\n');
  const findings = verdict.annotations.map(({ file, line, level, title, message }) => ({
    severity: level === 'failure' ? ('error' as const) : ('warning' as const),
    code: title,
    message,
    place: { file, line, col: 1 },
  }));
  io.stdout(findingsGithub(findings));
}

/** GitHub takes 1 MiB for a step. */
const MOST_SUMMARY_BYTES = 1_000_000;

/** The same for the job's own page, where there is more room. */
export async function tellJob(io: Io, { input }: Material): Promise<void> {
  const path = io.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  const { body } = comment({ ...input, limit: MOST_SUMMARY_BYTES, unit: 'bytes' });
  await append(path, body);
}

/** What later steps of the job may go by. */
export async function tellOutputs(io: Io, said: Said, plans: readonly Plan[]): Promise<void> {
  const path = io.env.GITHUB_OUTPUT;
  if (!path) return;
  const sum = (name: 'add' | 'change' | 'remove') =>
    plans.reduce((total, { totals }) => total + totals[name], 0);
  const [only, ...others] = plans;
  const posted = 'comment' in said ? said.comment : undefined;
  const outputs = {
    changes: String(plans.some(({ totals }) => totals.people > 0)),
    'to-add': String(sum('add')),
    'to-change': String(sum('change')),
    'to-destroy': String(sum('remove')),
    'review-digest': only !== undefined && others.length === 0 ? only.reviewDigest : '',
    'comment-url': posted?.url ?? '',
    'comment-id': posted?.id ?? '',
  };
  await append(
    path,
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}

async function append(path: string, text: string): Promise<void> {
  try {
    await appendFile(path, text);
  } catch (cause) {
    throw new MusterError('job-file-unwritable', `The file ${path} of the job cannot be written.`, {
      hint: 'See that GITHUB_STEP_SUMMARY and GITHUB_OUTPUT name files that this step may write.',
      cause,
    });
  }
}
