/** What a run came to, in the words that every format of it shares. */
import { OUTCOMES, type Outcome, type Result, type UserResult } from '../../model/result.ts';
import { count } from '../words.ts';

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  applied: 'applied',
  unchanged: 'unchanged',
  failed: 'failed',
  stale: 'stale',
  'in-doubt': 'in doubt',
  'not-tried': 'not tried',
};

const NEXT: readonly (readonly [Outcome, string])[] = [
  [
    'in-doubt',
    'In doubt: their lists may or may not have been written. Look at muster status, then plan again: the plan reads them, and shows what is missing.',
  ],
  [
    'stale',
    'Stale: somebody changed their lists after the plan was made. Plan again, and review it.',
  ],
  ['failed', 'Failed: mend what the reason names, then plan and apply again.'],
  ['not-tried', 'Not tried: nothing was sent for them. Plan and apply again.'],
];

/** The first line. Changes are counted only where every one of them is known to be live. */
export function resultSummary(result: Result): string {
  const { users, planned, outcomes } = result;
  const done = outcomes.applied + outcomes.unchanged;
  if (result.stopped !== undefined || done < users.length)
    return incomplete(outcomes, users.length);
  if (users.length === 0) return 'Nothing to apply.';
  const people = count(users.length, 'person', 'people');
  if (outcomes.applied === 0) return `Nothing was sent: ${people} already as planned.`;
  return `Applied ${people}: ${planned.add} added, ${planned.change} changed, ${planned.remove} removed.`;
}

/** What stands below the first line: sentences, not cleaned. */
export function resultNotes(result: Result): string[] {
  const { applied, unchanged } = result.outcomes;
  const already = `Of them ${count(unchanged, 'was', 'were')} already as planned: nothing was sent.`;
  return [
    ...(applied > 0 && unchanged > 0 ? [already] : []),
    `For ${result.org} (${result.platform}) on ${result.day}.`,
    ...(result.run === null ? [] : [`Run ${result.run}.`]),
  ];
}

/** What to do about what did not go well, the most pressing first. */
export function nextSteps(result: Result): string[] {
  return NEXT.filter(([outcome]) => result.outcomes[outcome] > 0).map(([, step]) => step);
}

/** The outcomes that need a reason. */
export function isTrouble({ outcome }: UserResult): boolean {
  return outcome !== 'applied' && outcome !== 'unchanged';
}

function incomplete(known: Result['outcomes'], users: number): string {
  const rest = OUTCOMES.filter((outcome) => outcome !== 'applied' && known[outcome] > 0).map(
    (outcome) => `${known[outcome]} ${OUTCOME_WORDS[outcome]}`,
  );
  const people = `${known.applied} of ${count(users, 'person', 'people')} applied`;
  return `Incomplete: ${[people, ...rest].join(', ')}.`;
}

/** Who shares a reason shares its lines: a run that stops leaves hundreds behind for one. */
export function byReason(users: readonly UserResult[]): UserResult[][] {
  const groups = new Map<string, UserResult[]>();
  for (const user of users) {
    const key = JSON.stringify([user.message, user.hint]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [user]);
    else group.push(user);
  }
  return [...groups.values()];
}
