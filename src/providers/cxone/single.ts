/** Writes one agent's list, call by call. Whatever is not accepted ends it, so that a removal never goes alone. */
import { fits, type Keyed, keyed, type Value } from '../../model/assignment.ts';
import type { Write, WriteReport } from '../../model/provider.ts';
import type { Means } from './means.ts';
import { look } from './own.ts';
import { type Said, sendStep } from './send.ts';
import { type Step, stepsOf, type Ways } from './steps.ts';
import type { Trials } from './trial.ts';

/** The list after a step that was accepted. */
function taken(list: Keyed<Value>, { rows }: Step): Keyed<Value> {
  const next = keyed(Object.entries(list));
  for (const [id, value] of rows) {
    if (value === undefined) delete next[id];
    else next[id] = value;
  }
  return next;
}

/** A row that is there already cannot be created, and one that is gone not be removed: that is no refusal. */
async function settled(means: Means, { said, step, userId }: Refusable): Promise<Said> {
  if (said.error?.code !== 'rows-refused') return said;
  const seen = await look(means, userId);
  const done = seen !== undefined && [...step.rows].every(([id, value]) => fits(seen[id], value));
  if (!done) return said;
  const { requestId } = said;
  return { sent: 'accepted', ...(requestId === undefined ? {} : { requestId }) };
}

interface Refusable {
  readonly said: Said;
  readonly step: Step;
  readonly userId: string;
}

/** What is said of a write whose earlier calls were accepted: nothing more is under way, but not nothing was sent. */
function partly(said: Said): Said {
  return said.sent === 'not-sent' ? { ...said, sent: 'unknown' } : said;
}

export interface How {
  readonly means: Means;
  readonly trials: Trials;
  /** What to make of what the call for many said: it may be closed where others are open. */
  readonly heedMany: (said: Said) => Said;
  /** A turn was taken for the first request. */
  readonly turn: boolean;
}

/** Steps of one agent from `list` on. `begun`: something of his write was accepted before. */
export async function takeSteps(
  { userId, list, steps, begun }: Path,
  { means, trials, heedMany, turn }: How,
): Promise<WriteReport> {
  let now = list;
  let said: Said = { sent: 'accepted' };
  for (const [nth, step] of steps.entries()) {
    const first = !begun && nth === 0;
    const call = () => sendStep(means, step, { userId, turn: turn && nth === 0 });
    const told = await trials.send({ userId, list: now, step, first }, call);
    const heeded = step.way === 'many' ? heedMany(told) : told;
    said = await settled(means, { said: heeded, step, userId });
    if (said.sent !== 'accepted') return { userId, ...(first ? said : partly(said)) };
    now = taken(now, step);
  }
  return { userId, ...said };
}

export interface Path {
  readonly userId: string;
  readonly list: Keyed<Value>;
  readonly steps: readonly Step[];
  readonly begun: boolean;
}

export function writeSingle(write: Write, ways: Ways, how: How): Promise<WriteReport> {
  const { userId, before } = write;
  const steps = stepsOf(write, ways);
  return takeSteps({ userId, list: before.skill, steps, begun: false }, how);
}
