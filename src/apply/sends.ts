/**
 * What was sent, or may have been, and to whom: by this run, and by the part of it that was cut. Its invariant: the
 * list before the first write of a user is never replaced by a later one.
 */
import type { Assignments } from '../model/assignment.ts';
import type { PlannedUser } from '../model/plan.ts';
import type { Write } from '../model/provider.ts';
import type { ApplyOptions } from './options.ts';

export interface Sends {
  /** Notes a write that went out, or may have. */
  note(write: Write): void;
  /** The pre-image: the list just before the first write. */
  before(userId: string): Assignments | undefined;
  /** The last complete list that is known to have been sent, and may be there. */
  written(userId: string): Assignments | undefined;
  /** Whether what the platform shows may be this run's doing. */
  mayBeOurs(userId: string): boolean;
  /** Whether something may have been sent that no read has settled. */
  unsettled(userId: string): boolean;
  /** Notes that the list reads as before. Whoever is known to have been sent something stays unsettled. */
  readsAsBefore(userId: string): void;
}

export function openSends(users: readonly PlannedUser[], options: ApplyOptions): Sends {
  const { earlier, possiblySent = 'nobody' } = options;
  const before = new Map<string, Assignments>();
  const written = new Map<string, Assignments>();
  const guessed = new Set<string>();
  const unsettled = new Set<string>();
  for (const { userId } of users) {
    const lists = earlier?.sent.get(userId);
    const outcome = earlier?.decided.get(userId);
    if (lists !== undefined) before.set(userId, lists.before);
    const told = outcome !== undefined && outcome !== 'in-doubt';
    const anybody = possiblySent === 'everybody' || earlier?.possible.has(userId) === true;
    if (told || !(lists !== undefined || anybody || outcome === 'in-doubt')) continue;
    unsettled.add(userId);
    if (lists === undefined) guessed.add(userId);
    else written.set(userId, lists.after);
  }
  return {
    note(write) {
      if (!before.has(write.userId)) before.set(write.userId, write.before);
      written.set(write.userId, write.after);
      unsettled.add(write.userId);
    },
    before: (userId) => before.get(userId),
    written: (userId) => written.get(userId),
    mayBeOurs: (userId) => written.has(userId) || guessed.has(userId),
    unsettled: (userId) => unsettled.has(userId),
    readsAsBefore(userId) {
      if (!written.has(userId)) unsettled.delete(userId);
    },
  };
}
