/** The words for runs that `history` and `status` share. Not cleaned. */
import { OUTCOMES } from '../../model/result.ts';
import { count } from '../words.ts';
import type { RunLine } from './history.ts';

/** `2026-11-24T02:40Z`: minutes, UTC. */
export function minute(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16)}Z`;
}

/** `7 applied, 1 stale`; of whom nothing is known are `untold`. */
export function countsText({ people, outcomes }: Pick<RunLine, 'people' | 'outcomes'>): string {
  const told = OUTCOMES.flatMap((outcome) => {
    const number = outcomes[outcome] ?? 0;
    return number === 0 ? [] : [{ number, text: `${number} ${outcome}` }];
  });
  const untold = people - told.reduce((sum, { number }) => sum + number, 0);
  const words = told.map(({ text }) => text);
  if (untold > 0) words.push(`${count(untold, 'person', 'people')} not known of`);
  return words.length === 0 ? 'nobody to write' : words.join(', ');
}

/** How it ended, where that is not simply well. */
export function endText({ end, stopped }: Pick<RunLine, 'end' | 'stopped'>): string {
  if (end === 'not-ended') return 'NOT ENDED';
  if (end === 'taken-over') return 'taken over';
  return stopped === undefined ? 'finished' : `stopped (${stopped.code})`;
}
