/** Which changes of a plan this pull request makes, and which would be made without it. */
import type { Want } from '../../model/desired.ts';
import type { Change, PlannedUser } from '../../model/plan.ts';
import { peopleOf } from '../plan/order.ts';
import type { PlannedOrg } from './input.ts';

/** Somebody, and those of his changes that are spoken of. Never without one. */
export interface Changed {
  readonly user: PlannedUser;
  readonly changes: readonly Change[];
}

export interface Split {
  /** By this pull request: who left the files, who loses something, and who does not. */
  readonly leavers: readonly Changed[];
  readonly losing: readonly Changed[];
  readonly others: readonly Changed[];
  /** Not by it: drifted, merged earlier and not applied yet, or a window's doing. */
  readonly earlier: readonly Changed[];
}

export function splitOf(org: PlannedOrg): Split {
  const people = peopleOf(org.plan);
  const mine = (all: readonly PlannedUser[]) =>
    pick(all, (change, key) => isMine(org, change, key));
  const staying = mine(people.staying);
  return {
    leavers: mine(people.leavers),
    losing: staying.filter(loses),
    others: staying.filter((one) => !loses(one)),
    earlier: pick(
      [...people.staying, ...people.leavers],
      (change, key) => !isMine(org, change, key),
    ),
  };
}

function loses({ changes }: Changed): boolean {
  return changes.some(({ action }) => action === 'remove');
}

function pick(
  users: readonly PlannedUser[],
  wanted: (change: Change, key: string) => boolean,
): Changed[] {
  return users
    .map((user) => ({ user, changes: user.changes.filter((one) => wanted(one, user.key)) }))
    .filter(({ changes }) => changes.length > 0);
}

/** What the files said before the pull request is asked, and not only the cause: that one is told from what was applied. */
function isMine({ head, base }: PlannedOrg, { kind, name, cause }: Change, key: string): boolean {
  if (cause === 'drift') return false;
  if (base === undefined) return true;
  const [now, before] = [head.users.get(key), base.users.get(key)];
  if (now === undefined || before === undefined) return now !== before;
  if (now.ownership !== before.ownership || now.released !== before.released) return true;
  return !sameWant(now.wants[kind].get(name), before.wants[kind].get(name));
}

function sameWant(a: Want | undefined, b: Want | undefined): boolean {
  if (a?.state === 'value' && b?.state === 'value') return a.proficiency === b.proficiency;
  return a?.state === b?.state;
}
