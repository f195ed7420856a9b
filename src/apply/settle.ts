/**
 * Settles what a cut run sent, or may have sent, by reading it back before anything is sent again. Its invariant: all
 * wait together, once; whoever already reads as planned does not wait at all.
 */
import { type Assignments, KINDS, keyed, type Value } from '../model/assignment.ts';
import { staged } from '../model/event.ts';
import type { PlannedUser } from '../model/plan.ts';
import { CARRIED_LOST } from './batch.ts';
import { decidedIds } from './gate.ts';
import { carriedLost } from './judge.ts';
import { type ApplyOptions, patienceOf } from './options.ts';
import type { Decision } from './outcome.ts';
import type { Run } from './run.ts';
import { isBarred, look, readAll, type Seen, type Sent } from './verify.ts';

/** So many are read in one go: what is seen of them is kept before the next are read. */
const LOOK_SIZE = 100;

export async function settle(run: Run, options: ApplyOptions): Promise<void> {
  const { clock, listener, signal } = options;
  const open = run.users.filter(
    (user) => run.outcomeOf(user) === undefined && run.sends.unsettled(user.userId),
  );
  if (open.length === 0) return;
  await staged(listener, { phase: 'verify', users: open.length }, async () => {
    const end = clock.now() + patienceOf(options);
    const sent = open.map((user) => sentTo(user, run));
    const early = await readThrough(sent, run, { ...options, end });
    const left = end - clock.now();
    if (early.length > 0 && left > 0 && run.stopped === undefined) await clock.sleep(left, signal);
    await readThrough(early, run, { ...options, end, last: true });
  });
}

interface Pass extends ApplyOptions {
  /** When patience ends. */
  readonly end: number;
  /** This look decides. */
  readonly last?: true;
}

/** Gives back whoever may yet change. */
async function readThrough(sent: readonly Sent[], run: Run, pass: Pass): Promise<Sent[]> {
  const open: Sent[] = [];
  for (let at = 0; at < sent.length && run.stopped === undefined; at += LOOK_SIZE) {
    const some = sent.slice(at, at + LOOK_SIZE);
    const late = pass.clock.now() >= pass.end;
    const lists = await readAll(pass.provider, some);
    for (const one of some) {
      const seen = look(one, lists.get(one.user.userId));
      if (pass.last || isFinal(seen, late)) conclude(one, seen, { run, options: pass });
      else open.push(one);
    }
    await run.keepDecided();
  }
  return open;
}

/** Whoever is first read when patience has ended, and as before or part-way, has waited long enough. */
function isFinal(seen: Seen, late: boolean): boolean {
  if (seen.state === 'unread') return isBarred(seen.error);
  if (seen.state === 'as-before' || seen.state === 'part-way') return late;
  return seen.state === 'applied' || seen.state === 'lost';
}

function conclude({ user }: Sent, seen: Seen, { run, options }: Books): void {
  const decision = decisionOn(user, seen);
  if (decision === undefined) {
    if (seen.state === 'as-before') run.sends.readsAsBefore(user.userId);
    return;
  }
  run.decide(user, decision);
  // The run was stopped for him before, and has been resumed all the same.
  const known = options.earlier?.decided.get(user.userId) === 'in-doubt';
  if (seen.state === 'lost' && !known) run.stop(CARRIED_LOST);
}

interface Books {
  readonly run: Run;
  readonly options: ApplyOptions;
}

/** Undefined: not all of a write shows, so that he goes on to his gate. */
function decisionOn(user: PlannedUser, seen: Seen): Decision | undefined {
  switch (seen.state) {
    case 'as-before':
    case 'part-way':
      return undefined;
    case 'applied':
      return { outcome: 'applied' };
    case 'lost':
      return carriedLost(user, seen.missing);
    case 'unclear':
      return {
        outcome: 'in-doubt',
        message:
          'The list reads neither as before nor as planned, and the cut run may have written it.',
        hint: 'Look at the person on the platform, then plan again.',
      };
    case 'unread':
      return {
        outcome: 'in-doubt',
        message: `The cut run may have written the list, and it could not be read back. ${seen.why}`,
        hint: 'Resume again when the platform can be read.',
        ...(seen.error === undefined ? {} : { error: seen.error }),
      };
  }
}

function sentTo(user: PlannedUser, run: Run): Sent {
  const written = run.sends.written(user.userId) ?? decidedOf(user);
  return { user, written, report: { userId: user.userId, sent: 'unknown' } };
}

/** What the plan decides of a list: where it is not known what a write carried along, nothing can be missed. */
function decidedOf(user: PlannedUser): Assignments {
  const decided = { skill: keyed<Value>(), language: keyed<Value>() };
  for (const kind of KINDS) {
    for (const id of decidedIds(user, kind)) {
      const value = user.after[kind][id];
      if (value !== undefined) decided[kind][id] = value;
    }
  }
  return decided;
}
