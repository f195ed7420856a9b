/**
 * The first call of each way goes alone and is read back, rows besides those it spoke of included. That the calls merge is
 * only inferred: should one replace, what it took away is put back, and nothing is written any more.
 */
import { fits, isHeld, type Keyed, type Value } from '../../model/assignment.ts';
import { PlatformError } from '../../model/error.ts';
import { problem } from '../codes.ts';
import type { Means } from './means.ts';
import { look } from './own.ts';
import { type Kept, kindsOf, lostOf, othersOf, restore, type Trial } from './restore.ts';
import type { Said } from './send.ts';
import type { Way } from './steps.ts';

const CALLS: Readonly<Record<Way, string>> = {
  create: 'POST /agents/{agentId}/skills',
  change: 'PUT /agents/{agentId}/skills',
  remove: 'DELETE /agents/{agentId}/skills',
  many: 'POST /agents/skills',
};

/** Milliseconds between looks: what was written may take a while to show. */
const LOOKS = [0, 500, 1000, 2000, 4000, 8000];
const AGAIN_MS = 500;

/** Nothing was sent: another's trial went first, and what was known before may have changed. */
export const WAITED: Said = { sent: 'not-sent' };

export interface Trials {
  /** A call took away what it did not speak of: nothing may be written any more. */
  readonly broken: PlatformError | undefined;
  /** Whether the call may be sent for others as well. */
  isFree(trial: Trial): boolean;
  /**
   * Sends when it is this call's turn. `first`: nothing of the agent's write was sent yet. Where that is so, or something
   * is taken away, whoever had to wait for another's trial is told so instead: his list was read too long ago.
   */
  send(trial: Trial & { readonly first: boolean }, call: () => Promise<Said>): Promise<Said>;
}

function shows({ step }: Trial, seen: Keyed<Value>): boolean {
  return [...step.rows].some(([id, value]) => fits(seen[id], value));
}

type Verdict =
  | { readonly kind: 'merges' | 'unknown' }
  | { readonly kind: 'replaces'; readonly seen: Keyed<Value> };

/**
 * A call that replaces takes all that it does not speak of, of one kind at least. Where but some is gone somebody else
 * may have taken it, and whoever reads back will say so.
 */
function isReplaced(trial: Trial, seen: Keyed<Value>): boolean {
  const others = [...othersOf(trial)];
  const lost = lostOf(new Map(others), seen);
  return [true, false].some((held) => {
    const kind = others.filter(([, value]) => isHeld(value) === held);
    return kind.length > 0 && kind.every(([id]) => lost.has(id));
  });
}

/** Whether all that the call does not speak of is there. */
function isWhole(trial: Trial, seen: Keyed<Value>): boolean {
  return lostOf(othersOf(trial), seen).size === 0;
}

/** An answer that shows less than there is happens once: what is gone is looked for again. */
async function replacedIn(means: Means, trial: Trial, seen: Keyed<Value>) {
  if (!isReplaced(trial, seen)) return undefined;
  await means.clock.sleep(AGAIN_MS);
  const again = (await look(means, trial.userId)) ?? seen;
  return isReplaced(trial, again) ? again : undefined;
}

/** What a list that was read says of the call; undefined while nothing of it shows and it may yet. */
async function verdictBy(
  means: Means,
  trial: Trial,
  { seen, last }: { readonly seen: Keyed<Value>; readonly last: boolean },
): Promise<Verdict | undefined> {
  const done = shows(trial, seen);
  const replaced = done || last ? await replacedIn(means, trial, seen) : undefined;
  if (replaced !== undefined) return { kind: 'replaces', seen: replaced };
  return done ? { kind: isWhole(trial, seen) ? 'merges' : 'unknown' } : undefined;
}

/** Reads until something of the call shows, or patience ends: soon, where the platform says that it refused rows. */
async function judge(means: Means, trial: Trial, said: Said): Promise<Verdict> {
  const looks = said.sent === 'refused' ? LOOKS.slice(0, 2) : LOOKS;
  for (const [nth, wait] of looks.entries()) {
    if (wait > 0) await means.clock.sleep(wait);
    const seen = await look(means, trial.userId);
    const last = nth === looks.length - 1;
    const verdict = seen && (await verdictBy(means, trial, { seen, last }));
    if (verdict !== undefined) return verdict;
  }
  return { kind: 'unknown' };
}

async function putBack(means: Means, trial: Trial, seen: Keyed<Value>): Promise<PlatformError> {
  const { userId, step } = trial;
  const taken = lostOf(othersOf(trial), seen).size;
  const left = await restore(means, trial, seen).catch((error: unknown) => {
    if (error instanceof PlatformError) return undefined;
    throw error;
  });
  const outcome =
    left === undefined
      ? 'whether they could be put back is not known'
      : left.length === 0
        ? 'they were put back'
        : `these could not be put back: ${left.join(', ')}`;
  const rows = taken === 1 ? '1 row' : `${taken} rows`;
  return problem(
    'write-replaces',
    `${CALLS[step.way]} took ${rows} of agent ${userId} away that it did not speak of; ${outcome}.`,
  );
}

export function createTrials(means: Means): Trials {
  const proven = new Map<Way, Set<Kept>>();
  const underWay = new Map<Way, Promise<unknown>>();
  let broken: PlatformError | undefined;

  /** What is switched off says nothing of calls that switch off, and what is held nothing of calls that clear away. */
  function prove(trial: Trial): void {
    const { way } = trial.step;
    proven.set(way, new Set([...(proven.get(way) ?? []), ...kindsOf(trial)]));
  }

  async function tryOut(trial: Trial, call: () => Promise<Said>): Promise<Said> {
    const said = await call();
    // A refusal inside a 200 may be of some rows alone.
    const refused = said.sent === 'refused' && said.error?.status !== 200;
    if (said.sent === 'not-sent' || refused) return said;
    const verdict = await judge(means, trial, said);
    if (verdict.kind === 'merges') prove(trial);
    if (verdict.kind === 'replaces') {
      const error = await putBack(means, trial, verdict.seen);
      broken ??= error;
    }
    return said;
  }

  const isFree = (trial: Trial) =>
    [...kindsOf(trial)].every((kind) => proven.get(trial.step.way)?.has(kind));

  /** Somebody else's trial of the same way. */
  const ahead = (trial: Trial) => (isFree(trial) ? undefined : underWay.get(trial.step.way));

  async function alone(trial: Trial, call: () => Promise<Said>): Promise<Said> {
    const own = tryOut(trial, call);
    underWay.set(trial.step.way, own);
    try {
      return await own;
    } finally {
      underWay.delete(trial.step.way);
    }
  }

  return {
    get broken() {
      return broken;
    },
    isFree,
    async send({ first, ...trial }, call) {
      let waited = false;
      // Between the last look and the own trial nothing is awaited, so that no two are under way at once.
      for (let other = ahead(trial); other !== undefined; other = ahead(trial)) {
        waited = true;
        await other.catch(() => undefined);
      }
      if (broken !== undefined) return { sent: 'not-sent', error: broken };
      if (waited && (first || trial.step.way === 'remove')) return WAITED;
      return isFree(trial) ? call() : alone(trial, call);
    },
  };
}
