/** How many errors and warnings there are, and the words for it. */
import type { Finding } from '../../model/finding.ts';
import { count } from '../words.ts';

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

export function findingCounts(findings: readonly Finding[]): FindingCounts {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

/** `2 errors, 1 warning`; what there is none of is left out. */
export function tally({ errors, warnings }: FindingCounts): string {
  return [
    ...(errors > 0 ? [count(errors, 'error', 'errors')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning', 'warnings')] : []),
  ].join(', ');
}
