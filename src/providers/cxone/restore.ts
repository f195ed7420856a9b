/** Puts back rows that a call took away though it did not speak of them. */
import { isHeld, type Keyed, type Value } from '../../model/assignment.ts';
import type { Means } from './means.ts';
import { readOwn } from './own.ts';
import { sendStep } from './send.ts';
import type { Step } from './steps.ts';

/** A list as it was before a call, and the call. */
export interface Trial {
  readonly userId: string;
  readonly list: Keyed<Value>;
  readonly step: Step;
}

/** What the call does not speak of. */
export function othersOf({ list, step }: Trial): Map<string, Value> {
  return new Map(Object.entries(list).filter(([id]) => !step.rows.has(id)));
}

/** Which kinds of rows a call leaves alone, or has yet to be seen to. */
export type Kept = 'held' | 'dormant';

export function kindsOf(trial: Trial): Set<Kept> {
  return new Set(
    [...othersOf(trial).values()].map((value) => (isHeld(value) ? 'held' : 'dormant')),
  );
}

/** Those of `rows` that are not there, or shall be held and are switched off. */
export function lostOf(rows: ReadonlyMap<string, Value>, seen: Keyed<Value>): Map<string, Value> {
  return new Map(
    [...rows].filter(([id, value]) => {
      const has = seen[id];
      return has === undefined || (isHeld(value) && !isHeld(has));
    }),
  );
}

/** The list as it should be after the call. */
function wholeOf(trial: Trial): Map<string, Value> {
  const set = [...trial.step.rows].filter((row): row is [string, Value] => row[1] !== undefined);
  return new Map([...othersOf(trial), ...set]);
}

/**
 * What is missing is created. What is switched off is set by the call for many, with all of the list, and so is everything
 * where it is a call of ours that replaces: whatever else that takes away, it is in it.
 */
function stepsBack(trial: Trial, seen: Keyed<Value>): Step[] {
  const { way } = trial.step;
  const whole = wholeOf(trial);
  if (way === 'create' || way === 'many') return [{ way, rows: whole }];
  const lost = [...lostOf(othersOf(trial), seen)];
  const missing = new Map(lost.filter(([id]) => seen[id] === undefined));
  const steps: Step[] = missing.size > 0 ? [{ way: 'create', rows: missing }] : [];
  return missing.size < lost.length ? [...steps, { way: 'many', rows: whole }] : steps;
}

const TRIES = 3;

async function insist(means: Means, step: Step, userId: string): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const said = await sendStep(means, step, { userId, turn: false });
    if (said.sent !== 'not-sent') return;
  }
}

/** Gives back the ids of what is still lost; undefined when that cannot be read. */
export async function restore(
  means: Means,
  trial: Trial,
  seen: Keyed<Value>,
): Promise<readonly string[] | undefined> {
  const { userId } = trial;
  const whole = wholeOf(trial);
  const lost = async () => {
    const own = await readOwn(means, userId);
    return own.proven ? [...lostOf(whole, own.assignments.skill).keys()] : undefined;
  };
  for (const step of stepsBack(trial, seen)) await insist(means, step, userId);
  const still = await lost();
  if (still === undefined || still.length === 0) return still;
  await insist(means, { way: 'many', rows: whole }, userId);
  return lost();
}
