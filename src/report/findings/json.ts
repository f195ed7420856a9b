/** Findings as JSON, with their counts, for other tools. */
import type { Finding } from '../../model/finding.ts';
import { pretty } from '../pretty.ts';
import { findingCounts } from './count.ts';

export function findingsJson(findings: readonly Finding[]): string {
  return pretty({ findings, ...findingCounts(findings) });
}
