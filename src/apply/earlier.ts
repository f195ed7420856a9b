/** What a run that was cut is known to have done, told by its journal. Pure. */
import type { Assignments } from '../model/assignment.ts';
import type { JournalLine } from '../model/journal.ts';
import type { Outcome } from '../model/result.ts';

/** By user id. */
export interface Earlier {
  /** Who was sent something, or may have been: his list before the first write, and the complete list of the last. */
  readonly sent: ReadonlyMap<string, SentLists>;
  /** The last outcome, unless something was sent after it. */
  readonly decided: ReadonlyMap<string, Outcome>;
  /** Who may have been sent something that nothing more is known of. */
  readonly possible: ReadonlySet<string>;
}

interface SentLists {
  readonly before: Assignments;
  readonly after: Assignments;
}

type Of<T extends JournalLine['type']> = Extract<JournalLine, { type: T }>;

/** Lines in the order they were written; those of a run that was cut and resumed follow each other. */
export function earlierOf(lines: readonly JournalLine[]): Earlier {
  const sent = new Map<string, SentLists>();
  const decided = new Map<string, Outcome>();
  const possible = new Set<string>();
  /** What stood before a user's newest `sending`, should it turn out that nothing went out. */
  const stood = new Map<string, { lists: SentLists | undefined; outcome: Outcome | undefined }>();

  function sending({ users }: Of<'sending'>): void {
    for (const { userId, before, after } of users) {
      const lists = sent.get(userId);
      stood.set(userId, { lists, outcome: decided.get(userId) });
      sent.set(userId, { before: lists?.before ?? before, after });
      decided.delete(userId);
    }
  }

  function answered({ userId, sent: answer }: Of<'answered'>): void {
    const old = stood.get(userId);
    if (old === undefined) {
      if (answer === 'unknown') possible.add(userId);
      return;
    }
    if (answer !== 'not-sent') return;
    restore(sent, userId, old.lists);
    restore(decided, userId, old.outcome);
  }

  for (const line of lines) {
    if (line.type === 'sending') sending(line);
    else if (line.type === 'answered') answered(line);
    else if (line.type === 'decided') {
      decided.set(line.userId, line.outcome);
      if (line.outcome !== 'in-doubt') possible.delete(line.userId);
    }
  }
  return { sent, decided, possible };
}

function restore<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
