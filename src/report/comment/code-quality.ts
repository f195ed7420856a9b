/** Annotations as GitLab's code-quality report, which a merge request shows beside the lines. */
import type { Annotation } from '../../model/forge.ts';
import { pretty } from '../pretty.ts';

const SEVERITY = { failure: 'blocker', warning: 'minor', notice: 'info' } as const;

/** `digest` makes the fingerprint by which GitLab tells new findings from known ones. */
export function codeQuality(
  annotations: readonly Annotation[],
  digest: (text: string) => string,
): string {
  return pretty(
    annotations.map(({ file, line, level, title, message }) => ({
      description: message,
      check_name: title,
      fingerprint: digest(JSON.stringify([file, line, title, message])),
      severity: SEVERITY[level],
      location: { path: file, lines: { begin: line } },
    })),
  );
}
