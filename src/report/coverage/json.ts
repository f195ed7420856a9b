/** Coverage as JSON. */
import { pretty } from '../pretty.ts';
import type { CoverageReport } from './coverage.ts';

export function coverageJson(report: CoverageReport): string {
  return pretty(report);
}
