/** Whom a narrowed run is about. Pure, and decided before anything is read, so that requests follow the change. */
import { KINDS } from '../model/assignment.ts';
import type { Bases } from '../model/base.ts';
import type { DesiredState, DesiredUser } from '../model/desired.ts';
import type { RunScope } from '../model/plan.ts';
import { baseKeys, type Files, openOf, pointsOf, statesOf } from './points.ts';
import { sameUser } from './same.ts';

/** The keys, in the files now or at base, that `scope` speaks of; undefined for everybody. */
export function scopeKeys(scope: RunScope | null, files: Files): Set<string> | undefined {
  const { changed, users, teams } = scope ?? {};
  if (changed === undefined && users === undefined && teams === undefined) return undefined;
  const all = new Set(files.desired.users.keys());
  if (files.bases !== undefined) for (const { key } of baseKeys(files.bases)) all.add(key);
  const named = users && new Set(users);
  const inScope = (key: string): boolean => {
    if (named && !named.has(key)) return false;
    const user = files.desired.users.get(key);
    const past = pastOf(key, files);
    if (changed && past?.every((one) => one.sameIds && sameUser(one.user, user))) return false;
    const ever = [user, ...(past ?? []).map((one) => one.user)];
    return teams === undefined || ever.some((one) => isIn(one, teams));
  };
  return new Set([...all].filter(inScope));
}

function isIn(user: DesiredUser | undefined, teams: readonly string[]): boolean {
  return user?.teams.some((team) => teams.includes(team)) ?? false;
}

/** What each point that may stand for his base says of him; undefined when nothing is known of it. */
function pastOf(key: string, { desired, bases, ids }: Files) {
  if (bases === undefined) return undefined;
  const { formerly } = desired.users.get(key) ?? {};
  const open = openOf(bases, { id: ids.get(key), key, formerly });
  const own = pointsOf(bases, open);
  // Never verified nor written: what changed is told by where everybody else is.
  const states = statesOf(bases, own.length > 0 ? own : pointsOf(bases, undefined));
  if (states.length === 0) return undefined;
  return states.map(({ onDay }): Past => {
    const user = onDay.users.get(key);
    const then = user ?? (formerly === undefined ? undefined : onDay.users.get(formerly));
    return { user: then, sameIds: sameIds(then, [onDay, desired], bases) };
  });
}

interface Past {
  readonly user: DesiredUser | undefined;
  /** Every name he has means what it meant. */
  readonly sameIds: boolean;
}

function sameIds(
  user: DesiredUser | undefined,
  [then, now]: readonly [DesiredState, DesiredState],
  { ledger }: Bases,
): boolean {
  if (user === undefined) return true;
  return KINDS.every((kind) => {
    const idIn = ({ catalogue }: DesiredState, name: string) =>
      catalogue.get(name)?.id ?? ledger.names[kind][name];
    return [...user.wants[kind].keys()].every((name) => idIn(then, name) === idIn(now, name));
  });
}
