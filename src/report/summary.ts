/** What a plan comes to, in one line. It is read by tools: it never changes, and is never painted. */
import type { Totals } from '../model/plan.ts';

export function planSummary(totals: Totals): string {
  const { add, change, remove, held } = totals;
  if (add + change + remove + held === 0) return 'No changes. Live skills match the files.';
  return `Plan: ${add} to add, ${change} to change, ${remove} to destroy.`;
}
