/** What the files cannot be made to say, and why: nothing is left out without a word. */
import { byCodeUnit } from '../model/assignment.ts';
import type { LiveState } from '../model/live.ts';
import type { Left } from '../model/pulled.ts';
import type { Compared } from './compare.ts';
import type { Newcomer } from './newcomers.ts';

export interface Aftermath {
  readonly after: Compared;
  readonly live: LiveState;
  readonly newcomers: readonly Newcomer[];
  /** What was found on the way. */
  readonly left: readonly Left[];
}

export function everythingLeft({ after, live, newcomers, left }: Aftermath): Left[] {
  const all = [...left, ...unreadIn(live, after), ...missing(after)];
  const told = new Set(all.map(({ key }) => key));
  const refused = [...after.diffs, ...newcomers.filter(({ key }) => !after.desired.users.has(key))];
  for (const { key } of refused) {
    if (told.has(key)) continue;
    const place = after.desired.users.get(key)?.place;
    all.push({ reason: 'refused', key, ...(place && { place }) });
  }
  // Somebody new is looked at twice: as new, and in the files.
  return [...new Map(all.map((one) => [idOf(one), one])).values()].sort(byReason);
}

function idOf({ reason, key, what }: Left): string {
  return JSON.stringify([reason, key, what]);
}

/** Unknown is never written as empty. */
function unreadIn(live: LiveState, { targets }: Compared): Left[] {
  const keys = new Map(targets.users.map(({ person, key }) => [person.id, key]));
  return [...live.users.values()].flatMap(({ person, list }): Left[] => {
    if (list.proven || !person.active) return [];
    const { id, email, userName } = person;
    const key = keys.get(id) ?? email ?? userName ?? `id:${id}`;
    return [{ reason: 'unread', key, why: list.why }];
  });
}

function missing({ held }: Compared): Left[] {
  return held.flatMap(({ key, reason, place }): Left[] => {
    if (reason === 'not-found') return [{ reason: 'gone', key, place }];
    return reason === 'inactive' ? [{ reason, key, place }] : [];
  });
}

function byReason(a: Left, b: Left): number {
  return (
    byCodeUnit(a.reason, b.reason) ||
    byCodeUnit(a.key, b.key) ||
    byCodeUnit(a.what ?? '', b.what ?? '')
  );
}
