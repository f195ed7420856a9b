/** What a plan's findings and held people say beside their lines, and the verdict over all of it. */
import type { Finding } from '../../model/finding.ts';
import type { Annotation, Check } from '../../model/forge.ts';
import type { Held } from '../../model/target.ts';
import { plain } from '../plain.ts';
import { planSummary } from '../summary.ts';
import { count, thing } from '../words.ts';
import { type Comment, labelsOf } from './comment.ts';
import type { CommentInput } from './input.ts';
import { guardLines } from './standing.ts';

/** `folder` is that of muster.yaml, with a slash at its end, or empty. Each once, in the order of the orgs. */
export function annotationsOf(input: CommentInput, folder: string): Annotation[] {
  const found = new Map<string, Annotation>();
  const enter = (annotation: Annotation) => found.set(JSON.stringify(annotation), annotation);
  const said = (text: string) => plain(text);
  for (const finding of input.findings) enter(ofFinding(finding, { folder, said }));
  for (const org of input.planned) {
    const { clean } = labelsOf(org, input);
    const about = { folder, said: (text: string) => plain(clean(text)) };
    for (const finding of org.plan.findings) enter(ofFinding(finding, about));
    for (const held of org.plan.held) enter(ofHeld(held, about));
  }
  return [...found.values()];
}

interface About {
  readonly folder: string;
  readonly said: (text: string) => string;
}

function ofFinding(
  { severity, code, message, hint, place }: Finding,
  { folder, said }: About,
): Annotation {
  return {
    file: folder + (place?.file ?? 'muster.yaml'),
    line: place?.line ?? 1,
    level: severity === 'error' ? 'failure' : 'warning',
    title: code,
    message: said(hint === undefined ? message : `${message} ${hint}`),
  };
}

function ofHeld(
  { reason, message, hint, place, assignment }: Held,
  { folder, said }: About,
): Annotation {
  const what = assignment === undefined ? '' : `${thing(assignment)}: `;
  return {
    file: folder + place.file,
    line: place.line,
    level: 'notice',
    title: `held: ${reason}`,
    message: said(`${what}${message}${hint === undefined ? '' : ` ${hint}`}`),
  };
}

const CHECK = 'muster';

/** Failed: something cannot be applied as it is, or was not shown. Neutral: no org is concerned. */
export function checkOf(
  input: CommentInput,
  { review }: Comment,
  { folder, url }: { readonly folder: string; readonly url?: string },
): Check {
  const orgs = Object.values(review.orgs);
  const errors = input.findings.filter(({ severity }) => severity === 'error').length;
  const failed =
    errors + input.unplanned.length > 0 ||
    review.truncated ||
    orgs.some(({ state }) => state === 'refused');
  const lines = input.planned.map(({ plan }) => `${plan.org}: ${planSummary(plan.totals)}`);
  const title = errors > 0 ? count(errors, 'error in the files', 'errors in the files') : lines[0];
  const guards = input.planned.flatMap((org) =>
    guardLines({ org, labels: labelsOf(org, input), input }),
  );
  const unplanned = input.unplanned.map(({ org }) => `${org}: not planned`);
  return {
    name: CHECK,
    commit: input.head,
    conclusion: failed ? 'failure' : orgs.length === 0 ? 'neutral' : 'success',
    title: title ?? unplanned[0] ?? 'No org is concerned.',
    summary: [...lines, ...unplanned, ...guards].join('\n\n') || 'No org is concerned.',
    annotations: annotationsOf(input, folder),
    ...(url === undefined ? {} : { url }),
  };
}
