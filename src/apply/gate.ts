/**
 * The gate: what may be done to a user now that his own list has just been read again. Pure. Its invariant: only ids
 * that the plan changes or the files name are decided here; every other id is carried as just read.
 */
import { type Assignments, fits, isHeld, KINDS, keyed, type Value } from '../model/assignment.ts';
import type { OwnList } from '../model/live.ts';
import type { PlannedUser } from '../model/plan.ts';

export type Gate =
  | { readonly verdict: 'unchanged' }
  | { readonly verdict: 'stale'; readonly message: string }
  | {
      readonly verdict: 'write';
      /** The list as it is now, and as it shall be. */
      readonly before: Assignments;
      readonly after: Assignments;
      /** The list as it was before this run wrote any of it. */
      readonly image: Assignments;
    };

/** `ours`: this run may have written the list already, and part of that may be there. */
export function gate(user: PlannedUser, own: OwnList | undefined, ours: boolean): Gate {
  if (own === undefined)
    return stale('The platform did not return the list just before the write.');
  if (!own.proven) return stale(`The list could not be read just before the write: ${own.why}`);
  if (matches(user, own.assignments, user.after)) return { verdict: 'unchanged' };
  const partly = ours && isPartWay(user, own.assignments);
  if (!partly && !matches(user, own.assignments, user.before)) {
    return stale('The list was changed on the platform after the plan was made.');
  }
  const before = own.assignments;
  const after = carry(user, before, user.after);
  return {
    verdict: 'write',
    before,
    after,
    image: partly ? carry(user, before, user.before) : before,
  };
}

function stale(message: string): Gate {
  return { verdict: 'stale', message };
}

/** Whether every id that the plan changes or the files name has in `list` what it has in `wanted`. */
export function matches(user: PlannedUser, list: Assignments, wanted: Assignments): boolean {
  return KINDS.every((kind) =>
    [...decidedIds(user, kind)].every((id) => fits(list[kind][id], wanted[kind][id])),
  );
}

/** Whether `list` has some of the decided ids as before and all others as planned: what takes several calls may be cut. */
export function isPartWay(user: PlannedUser, list: Assignments): boolean {
  return KINDS.every((kind) =>
    [...decidedIds(user, kind)].every((id) => {
      const has = list[kind][id];
      return fits(has, user.before[kind][id]) || fits(has, user.after[kind][id]);
    }),
  );
}

/** How many ids of `written` that the plan only carries are missing from `list`, or switched off there. */
export function lost(user: PlannedUser, list: Assignments, written: Assignments): number {
  let missing = 0;
  for (const kind of KINDS) {
    const decided = decidedIds(user, kind);
    for (const [id, value] of Object.entries(written[kind])) {
      const has = list[kind][id];
      if (!decided.has(id) && (has === undefined || (isHeld(value) && !isHeld(has)))) missing += 1;
    }
  }
  return missing;
}

/** The list with the decided ids as in `wanted`, and every other as it is. */
function carry(user: PlannedUser, own: Assignments, wanted: Assignments): Assignments {
  const after = { skill: keyed<Value>(), language: keyed<Value>() };
  for (const kind of KINDS) {
    const decided = decidedIds(user, kind);
    for (const id of new Set([...Object.keys(own[kind]), ...decided])) {
      const has = own[kind][id];
      // What is dormant and shall be none is none already.
      const none = isHeld(has) ? undefined : has;
      const value = decided.has(id) ? (wanted[kind][id] ?? none) : has;
      if (value !== undefined) after[kind][id] = value;
    }
  }
  return after;
}

export function decidedIds(user: PlannedUser, kind: (typeof KINDS)[number]): Set<string> {
  const changed = user.changes.filter((change) => change.kind === kind).map((change) => change.id);
  return new Set([...user.named[kind], ...changed]);
}
