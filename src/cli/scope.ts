/** The flags that narrow a run, or let a guard pass, as values. */

import { didYouMean } from '../desired/suggest.ts';
import { baseKeys, pointsOf, statesOf } from '../diff/points.ts';
import type { Bases } from '../model/base.ts';
import type { Ignore } from '../model/config.ts';
import type { DesiredState, DesiredUser } from '../model/desired.ts';
import { ALLOWABLE, type GuardName, type Override } from '../model/guard.ts';
import { CAUSES, type Cause, type RunScope } from '../model/plan.ts';
import { UsageError } from './exit.ts';

export interface ScopeFlags {
  readonly changed?: boolean;
  readonly user?: readonly string[];
  readonly team?: readonly string[];
  readonly cause?: readonly string[];
  readonly at?: string;
}

export interface AllowFlags {
  readonly allow?: readonly string[];
  readonly reason?: string;
}

/**
 * Null when nothing narrows the run; `ignore` is for runs about drift. Throws UsageError for a cause that does not
 * exist.
 */
export function scopeOf(
  { changed, user, team, cause, at }: ScopeFlags,
  ignore?: Ignore,
): RunScope | null {
  const causes = cause?.map((word): Cause => {
    const found = CAUSES.find((name) => name === word);
    if (found !== undefined) return found;
    throw new UsageError(`There is no cause "${word}".`, `Causes: ${CAUSES.join(', ')}.`);
  });
  const scope: RunScope = {
    ...(at === 'base' ? { at } : {}),
    ...(changed ? { changed: true as const } : {}),
    ...(user === undefined ? {} : { users: user.map(asKey) }),
    ...(team === undefined ? {} : { teams: team }),
    ...(causes === undefined ? {} : { causes }),
    ...(ignore === undefined ? {} : { ignore }),
  };
  return Object.keys(scope).length === 0 ? null : scope;
}

/** As the files write keys: e-mails in lower case. */
function asKey(written: string): string {
  const key = written.trim();
  return key.includes('@') && !key.startsWith('id:') ? key.toLowerCase() : key;
}

/** Throws UsageError for people and teams that neither the files nor the base know. */
export function checkScope(
  scope: RunScope | null,
  desired: DesiredState,
  bases: Bases | undefined,
): void {
  const known = new Set(desired.users.keys());
  const teams = new Set([...desired.users.values()].flatMap((user) => user.teams));
  if (bases !== undefined) {
    for (const { key } of baseKeys(bases)) known.add(key);
    for (const { onDay } of bases.states.values()) {
      for (const user of onDay.users.values()) for (const team of user.teams) teams.add(team);
    }
  }
  const user = scope?.users?.find((key) => !known.has(key));
  if (user !== undefined) {
    const hint = didYouMean(user, known, 'Write the key as the files do.');
    throw new UsageError(`The files have no user "${user}".`, hint);
  }
  const team = scope?.teams?.find((name) => !teams.has(name));
  if (team !== undefined) {
    const hint = didYouMean(team, teams, 'Write the name as the files do.');
    throw new UsageError(`The files have no team "${team}".`, hint);
  }
}

/** Throws UsageError for a guard that does not exist, and for an override without a reason. */
export function overridesOf({ allow = [], reason }: AllowFlags): Override[] {
  if (allow.length === 0) {
    if (reason !== undefined) throw new UsageError('--reason is for --allow.');
    return [];
  }
  const given = reason?.trim() ?? '';
  if (given === '') {
    throw new UsageError('--allow needs a reason.', 'Say why: --reason "site closed".');
  }
  return allow.map((word) => {
    const guard = ALLOWABLE.find((name): name is GuardName => name === word);
    if (guard !== undefined) return { guard, reason: given };
    throw new UsageError(`There is no guard "${word}".`, `Guards: ${ALLOWABLE.join(', ')}.`);
  });
}

/** What the base's files say today: of everybody, those of the point he was last verified at. */
export function desiredAtBase(bases: Bases, desired: DesiredState): DesiredState {
  const users = new Map<string, DesiredUser>();
  const edges = new Set<string>();
  for (const { key, open } of baseKeys(bases)) {
    const [state] = statesOf(bases, pointsOf(bases, open).slice(0, 1));
    const user = open?.base === null ? undefined : state?.now.users.get(key);
    if (user === undefined) continue;
    users.set(key, user);
    if (state?.now.validUntil !== undefined) edges.add(state.now.validUntil);
  }
  const [validUntil] = [...edges].sort();
  const { applied } = bases.ledger;
  const [common] = applied === null ? [] : statesOf(bases, [applied]);
  const { now } = common ?? {};
  const ordered = new Map([...users].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { org, day } = desired;
  return {
    org,
    day,
    users: ordered,
    catalogue: now?.catalogue ?? desired.catalogue,
    ...(validUntil === undefined ? {} : { validUntil }),
    upcoming: now?.upcoming ?? [],
  };
}
