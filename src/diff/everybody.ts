/** The diffs of everybody: who changes, who is held, who is already as the files say. Pure. */

import { keyed } from '../model/assignment.ts';
import type { UserDiff } from '../model/plan.ts';
import { pointKey } from '../model/point.ts';
import type { Held, Target } from '../model/target.ts';
import { diffUser } from './diff.ts';
import { holdLoans, lendsOver } from './loans.ts';
import { type Gathered, gather } from './people.ts';
import { baseKeys, openOf } from './points.ts';
import { holdRemovals } from './removals.ts';
import { sameUser } from './same.ts';
import type { Gathering } from './sides.ts';

export interface Comparing extends Gathering {
  /** Whom a rollback holds goes on all the same. */
  readonly allowRolledBack: boolean;
}

export interface Compared {
  readonly diffs: readonly UserDiff[];
  readonly held: readonly Held[];
  readonly foreignKept: number;
  /** Read, and already as the files say; keys by platform id. */
  readonly settled: Readonly<Record<string, string>>;
  /** Not as the files say, whatever is applied; keys by platform id or `key:<key>`. */
  readonly left: Readonly<Record<string, string>>;
  /** Of `left`: nothing is to be written, what is not held or waiting was read as the files say, and no point says that. */
  readonly partly: Readonly<Record<string, string>>;
}

export function diffEverybody(input: Comparing): Compared {
  const { people, held: gone, unknown } = gather(input);
  const diffs: UserDiff[] = [];
  const held: Held[] = [...gone];
  const settled = keyed<string>();
  const left = keyed<string>(Object.entries(unknown));
  const partly = keyed<string>();
  let foreignKept = 0;
  for (const one of people) {
    const { person, key } = one.target;
    const { diff, kept, holds, waits, read } = diffOne(one, input);
    held.push(...holds);
    foreignKept += kept;
    if (diff !== undefined) diffs.push(diff);
    if (waits || holds.length > 0) {
      left[person.id] = key;
      if (read && diff === undefined && !isKnown(one)) partly[person.id] = key;
    } else if (diff === undefined) settled[person.id] = key;
  }
  const seen: Seen = { input, left, looked: new Set(people.map(({ target }) => target.person.id)) };
  leaveUnfound(seen);
  if (!input.leavers) leaveUnlooked(seen);
  return { diffs, held, foreignKept, settled, left, partly };
}

/** Whoever left the files is given nothing by them; and what a point says already need not be said again. */
function isKnown({ target, base, leaver }: Gathered): boolean {
  return leaver || base.some(({ onDay }) => onDay === target);
}

interface Seen {
  readonly input: Comparing;
  readonly left: Record<string, string>;
  readonly looked: ReadonlySet<string>;
}

/** Whom the platform does not show today keeps what the ledger says of his id: he may be back under another name. */
function leaveUnfound({ input, left, looked }: Seen): void {
  for (const { key, userId } of input.targets.held) {
    const formerly = input.desired.users.get(key)?.formerly;
    const id = userId ?? input.ids.get(key) ?? input.ids.get(formerly ?? key);
    if (id !== undefined && !looked.has(id)) left[id] = key;
  }
}

/** At the base's files, whoever his own base does not manage is not looked at, whatever else he may have been given. */
function leaveUnlooked({ input, left, looked }: Seen): void {
  if (input.bases === undefined) return;
  const held = new Set(Object.values(left));
  for (const { key, id, open } of baseKeys(input.bases)) {
    const known = held.has(key) || (id !== undefined && looked.has(id));
    if (open !== undefined && !known) left[id ?? `key:${key}`] = key;
  }
}

interface One {
  readonly diff: UserDiff | undefined;
  readonly kept: number;
  readonly holds: readonly Held[];
  readonly waits: boolean;
  /** His list was compared; whoever is held as a whole was not looked at. */
  readonly read: boolean;
}

const NOTHING = { diff: undefined, kept: 0, waits: false, read: false };

function diffOne({ target, base, leaver }: Gathered, input: Comparing): One {
  const list = input.live.users.get(target.person.id)?.list;
  if (!list?.proven) {
    const why = list?.why ?? 'The platform did not return it.';
    return { ...NOTHING, holds: [unread(target, why)] };
  }
  const undone = input.allowRolledBack ? undefined : rolledBack(target, input);
  if (undone !== undefined) return { ...NOTHING, holds: [undone] };
  const loans = holdLoans(target, list.assignments, base);
  const { diff, foreignKept, ...found } = diffUser({
    target: loans.target,
    leaver,
    live: list.assignments,
    base,
    names: input.targets.names,
  });
  // At the base's files nobody is asked what later ones lent, so whoever is verified there would lose it.
  const waits = found.waits || (!input.leavers && lendsOver(list.assignments, base));
  // A held loan is nobody's foreign assignment, though it is carried like one.
  const kept = foreignKept - loans.undeclared;
  const { incomplete } = input.live;
  if (diff === undefined || incomplete === undefined) {
    return { diff, kept, holds: loans.held, waits, read: true };
  }
  const spared = holdRemovals(diff, incomplete);
  return { diff: spared.diff, kept, holds: [...loans.held, ...spared.held], waits, read: true };
}

function unread(user: Target, why: string): Held {
  return {
    key: user.key,
    userId: user.person.id,
    reason: 'unread',
    message: `The user's own list could not be read, and unknown is never taken for empty. ${why}`,
    hint: 'Plan again; if it stays so, look at this person on the platform.',
    place: user.place,
  };
}

/** Somebody a rollback undid, for as long as the files say of him what they said then. */
function rolledBack(user: Target, input: Comparing): Held | undefined {
  const { bases } = input;
  const { formerly } = input.desired.users.get(user.key) ?? {};
  const who = { id: user.person.id, key: user.key, formerly };
  const undone = bases && openOf(bases, who)?.rolledBack;
  if (bases === undefined || undone === undefined) return undefined;
  const then = bases.states.get(pointKey(undone.at))?.now.users.get(user.key);
  if (!sameUser(then, input.desired.users.get(user.key))) return undefined;
  return {
    key: user.key,
    userId: user.person.id,
    reason: 'rolled-back',
    message: `Run ${undone.run} was undone for this person, and the files still say what it wrote.`,
    hint: 'Change the files, or say --allow rolled-back --reason "..." to apply them all the same.',
    place: user.place,
  };
}
