/** Drift as JSON. */
import { pretty } from '../pretty.ts';
import { type Drift, driftTotals } from './drift.ts';

export function driftJson(drift: Drift): string {
  return pretty({ ...drift, totals: driftTotals(drift) });
}
