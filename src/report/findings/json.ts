/** Findings as JSON, with their counts, for other tools. */
import type { Finding } from '../../model/finding.ts';
import { pretty } from '../pretty.ts';
import { see } from '../see.ts';
import { findingCounts } from './count.ts';

export function findingsJson(findings: readonly Finding[]): string {
  const told = findings.map((finding) => ({ ...finding, see: see('findings', finding.code) }));
  return pretty({ findings: told, ...findingCounts(findings) });
}
