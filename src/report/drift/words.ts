/** The sentences about drift that every format shares. Not cleaned. */
import { count, valueText } from '../words.ts';
import { type Drift, type Drifted, driftTotals } from './drift.ts';

/** The first line, for people and for tools. */
export function driftSummary(drift: Pick<Drift, 'people'>): string {
  const { added, changed, removed, people } = driftTotals(drift);
  if (people === 0) return 'No drift. Live skills match what was applied.';
  return `Drift: ${added} added, ${changed} changed, ${removed} removed on the platform.`;
}

/** What a reader should know besides; a sentence each. */
export function driftNotes(drift: Drift): string[] {
  const { people, contested } = driftTotals(drift);
  const { pending, ignored, applied, held } = drift;
  return [
    ...(people === 0 ? [] : [`${count(people, 'person', 'people')} concerned.`]),
    ...(contested === 0
      ? []
      : [
          `${count(contested, 'assignment is', 'assignments are')} contested: put back twice already, and changed again.`,
        ]),
    ...(held.length === 0
      ? []
      : [`${count(held.length, 'person or assignment', 'people or assignments')} held.`]),
    ...(ignored === 0
      ? []
      : [`${count(ignored, 'drifted assignment', 'drifted assignments')} ignored.`]),
    pendingNote(pending),
    `For ${drift.org} (${drift.platform}), against commit ${applied.commit.slice(0, 12)} as applied on ${applied.day}.`,
  ];
}

function pendingNote(pending: Drift['pending']): string {
  if (pending === null)
    return 'What is in git and not applied yet cannot be told: the files have errors.';
  if (pending.changes === 0) return 'Everything in git is applied.';
  const changes = count(pending.changes, 'change', 'changes');
  return `In git and not applied yet, so no drift: ${changes} of ${count(pending.people, 'person', 'people')}.`;
}

/** `90 -> 40`, `-> 40`, `90 ->`. */
export function driftValues({ applied, live }: Drifted, arrow: string): string {
  const from = applied === undefined ? '' : valueText(applied);
  const to = live === undefined ? '' : valueText(live);
  return `${from} ${arrow} ${to}`.trim();
}

export const DRIFT_MARKS = { added: '+', changed: '~', removed: '-' } as const;

export function driftKind({ applied, live }: Drifted): keyof typeof DRIFT_MARKS {
  if (applied === undefined) return 'added';
  return live === undefined ? 'removed' : 'changed';
}

/** `contested`, `put back once before`, or nothing. */
export function historyWords({ contested, putBack }: Drifted): string {
  if (putBack === 0) return '';
  const times = putBack === 1 ? 'once' : `${putBack} times`;
  return `${contested ? 'contested, ' : ''}put back ${times} before`;
}
