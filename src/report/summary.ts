/** What a plan comes to. The first line is read by tools: it never changes, and is never painted. */
import type { Plan, Totals } from '../model/plan.ts';
import { count } from './words.ts';

export function planSummary(totals: Totals): string {
  const { add, change, remove, held } = totals;
  if (add + change + remove + held === 0) return 'No changes. Live skills match the files.';
  return `Plan: ${add} to add, ${change} to change, ${remove} to destroy.`;
}

/** What stands below the first line, and a reader should know before saying yes. A sentence each, not cleaned. */
export function planNotes(plan: Plan): string[] {
  return [counts(plan.totals), ...notes(plan), scope(plan)];
}

function counts(totals: Totals): string {
  const people = `${count(totals.people, 'person', 'people')} to change`;
  const foreign = `${count(totals.foreignKept, 'foreign assignment', 'foreign assignments')} kept`;
  return `${people}, ${totals.held} held, ${totals.released} released, ${foreign}.`;
}

function notes(plan: Plan): string[] {
  const changes = Object.values(plan.users).flatMap((user) => user.changes);
  const first = changes.length > 0 && changes.every((change) => change.cause === 'first');
  return [
    ...(first
      ? ['There is no base yet: what left the files cannot be told from foreign, and is kept.']
      : []),
    ...(plan.live.complete
      ? []
      : ['Not everything live could be read: whoever could not is held.']),
  ];
}

function scope(plan: Plan): string {
  const made = `For ${plan.org} (${plan.platform}) on ${plan.day}`;
  if (plan.validUntil === null) return `${made}.`;
  return `${made}; on ${plan.validUntil} a window starts or ends: plan again from then on.`;
}
