/** Which points of the ledger stand for a user's base, and what their files say. */

import { type Keyed, keyed } from '../model/assignment.ts';
import type { BaseState, Bases } from '../model/base.ts';
import type { DesiredState, DesiredUser } from '../model/desired.ts';
import type { OpenUser } from '../model/ledger.ts';
import { type Point, pointKey } from '../model/point.ts';

/** What is known before anything is read. */
export interface Files {
  readonly desired: DesiredState;
  readonly bases: Bases | undefined;
  /** File keys to platform ids, as last seen. */
  readonly ids: ReadonlyMap<string, string>;
}

export interface Who {
  readonly id?: string | undefined;
  readonly key: string;
  readonly formerly?: string | undefined;
}

/** The ledger's entry of somebody who is not at the common point, by his platform id or, while it is unknown, his key. */
export function openOf({ ledger }: Bases, { id, key, formerly }: Who): OpenUser | undefined {
  const byId = id === undefined ? undefined : ledger.open[id];
  return byId ?? ledger.open[`key:${key}`] ?? ledger.open[`key:${formerly ?? key}`];
}

/** The points that may stand for the base; empty for somebody never verified nor written. */
export function pointsOf(bases: Bases, open: OpenUser | undefined): readonly Point[] {
  const { applied } = bases.ledger;
  if (open === undefined) return applied === null ? [] : [applied];
  return open.base === null ? open.written : [open.base, ...open.written];
}

/** Their files, as far as they could be read. */
export function statesOf(bases: Bases, points: readonly Point[]): readonly BaseState[] {
  return points.flatMap((point) => bases.states.get(pointKey(point)) ?? []);
}

/** Everybody the ledger's points speak of: keys, each with his entry if he has one. */
export function* baseKeys(
  bases: Bases,
): Iterable<{ readonly key: string; readonly id?: string; readonly open?: OpenUser }> {
  const { applied, open } = bases.ledger;
  const entries = Object.entries(open);
  const opened = new Set(entries.map(([, { key }]) => key));
  for (const [at, user] of entries) {
    yield { key: user.key, open: user, ...(at.startsWith('key:') ? {} : { id: at }) };
  }
  const common = applied === null ? undefined : bases.states.get(pointKey(applied));
  for (const key of common?.onDay.users.keys() ?? []) if (!opened.has(key)) yield { key };
}

/** Keys to platform ids as last seen; whom nobody saw since is where the ledger has him. */
export function idsSeen({ bases, ids }: Pick<Files, 'bases' | 'ids'>): ReadonlyMap<string, string> {
  const open = Object.entries(bases?.ledger.open ?? {}).filter(([at]) => !at.startsWith('key:'));
  return new Map([...open.map(([id, { key }]) => [key, id] as const), ...ids]);
}

/** The earlier keys under which the ledger has people, by those they have now. */
export function formerKeys({ desired, bases }: Pick<Files, 'desired' | 'bases'>): Keyed<string> {
  const known = new Set(Object.values(bases?.ledger.open ?? {}).map(({ key }) => key));
  const renamed = [...desired.users.values()].flatMap(({ key, formerly }) =>
    formerly !== undefined && known.has(formerly) ? [[key, formerly] as const] : [],
  );
  return keyed(renamed);
}

/** Whether a state manages the user: names him and has not released him. */
export function managed(user: DesiredUser | undefined): user is DesiredUser {
  return user !== undefined && !user.released;
}
