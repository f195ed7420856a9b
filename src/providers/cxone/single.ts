/** Writes one agent's list, call by call. Whatever is not accepted ends it, so that a removal never goes alone. */
import { HTTP_CODES } from '../../http/codes.ts';
import { fits, isHeld, type Keyed, keyed, sameValue, type Value } from '../../model/assignment.ts';
import { PlatformError } from '../../model/error.ts';
import type { Write, WriteReport } from '../../model/provider.ts';
import type { Means } from './means.ts';
import { look } from './own.ts';
import { type Said, sendStep } from './send.ts';
import { type Step, stepsOf, type Ways } from './steps.ts';
import { type Trials, WAITED } from './trial.ts';

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
  const { status, code } = said.error ?? {};
  const refused = said.sent === 'refused' || code === 'rows-refused';
  if (!refused || status === 401 || status === 403) return said;
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

/** What is said of a write whose earlier calls were accepted: no answer to a later one says that nothing was done. */
function partly(said: Said): Said {
  return said.sent === 'accepted' ? said : { ...said, sent: 'unknown' };
}

export interface How {
  readonly means: Means;
  readonly trials: Trials;
  /** What to make of what the call for many said: it may be closed where others are open. */
  readonly heedMany: (said: Said) => Said;
  /** A turn was taken for the first request. */
  readonly turn: boolean;
  /** When the gate asked for each agent's list, in epoch milliseconds. */
  readonly readAt: ReadonlyMap<string, number>;
}

/** What is taken away must be what the gate saw: after so long it is looked at once more. */
const FRESH_MS = 5_000;

/** The list to take `step` on; undefined when somebody has changed one of its rows since, or it cannot be told. */
async function freshList(
  { means, readAt }: How,
  { userId, list, step }: { userId: string; list: Keyed<Value>; step: Step },
): Promise<Keyed<Value> | undefined> {
  const age = means.clock.now() - (readAt.get(userId) ?? 0);
  if (step.way !== 'remove' || age <= FRESH_MS) return list;
  const seen = await look(means, userId);
  const same = (id: string) => !isHeld(seen?.[id]) || sameValue(seen?.[id], list[id]);
  return seen !== undefined && [...step.rows.keys()].every(same) ? seen : undefined;
}

function changedMeanwhile(): Said {
  const message =
    'The list was changed, or could not be read, just before something was to be taken away.';
  const details = { hint: HTTP_CODES.conflict.cure, effect: 'none' } as const;
  return { sent: 'not-sent', error: new PlatformError('conflict', message, details) };
}

interface Next extends Path {
  readonly step: Step;
  readonly first: boolean;
  /** What is to be taken away in the end: nobody misses it before. */
  readonly leaving: ReadonlySet<string>;
}

/** The list less these of its rows. */
export function without(list: Keyed<Value>, ids: ReadonlySet<string>): Keyed<Value> {
  return keyed(Object.entries(list).filter(([id]) => !ids.has(id)));
}

async function take(path: Next, how: How): Promise<Said> {
  const { means, trials, heedMany } = how;
  const { userId, step, first } = path;
  const call = () => sendStep(means, step, { userId, turn: how.turn });
  let told: Said;
  do {
    const list = await freshList(how, path);
    if (list === undefined) return changedMeanwhile();
    const staying = without(list, path.leaving);
    told = await trials.send({ userId, list: staying, step, first }, call);
  } while (told === WAITED && step.way === 'remove');
  const said = step.way === 'many' ? heedMany(told) : told;
  return settled(means, { said, step, userId });
}

/** Steps of one agent from `list` on. `begun`: something of his write was accepted before. */
export async function takeSteps(path: Path, how: How): Promise<WriteReport> {
  const { userId, steps, begun } = path;
  const removals = steps.filter(({ way }) => way === 'remove');
  const leaving = new Set(removals.flatMap(({ rows }) => [...rows.keys()]));
  let { list } = path;
  let said: Said = { sent: 'accepted' };
  for (const [nth, step] of steps.entries()) {
    const first = !begun && nth === 0;
    const turn = how.turn && nth === 0;
    said = await take({ ...path, list, step, first, leaving }, { ...how, turn });
    if (said.sent !== 'accepted') return { userId, ...(first ? said : partly(said)) };
    list = taken(list, step);
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
