/**
 * What each step makes of the ledger: a run begins, ends, is taken over; an org is paused. Pure. Its invariant: nobody
 * is closed who was not verified, and whatever may have been written to somebody open is among his points.
 */

import { byCodeUnit, type Keyed, keyed } from '../model/assignment.ts';
import {
  type BegunRun,
  LEDGER_FORMAT,
  type Ledger,
  type LedgerEntry,
  type OpenUser,
  type Paused,
  type RecordedUser,
  type RunRecord,
} from '../model/ledger.ts';
import type { Cause } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import type { Point } from '../model/point.ts';
import type { Outcome, Result } from '../model/result.ts';

export interface Identity {
  readonly org: string;
  readonly orgId: string | null;
  readonly platform: Platform;
  readonly folder: string;
}

/** The ledger of an org that has none yet. */
export function emptyLedger(identity: Identity): Ledger {
  return {
    formatVersion: LEDGER_FORMAT,
    ...identity,
    applied: null,
    names: { skill: keyed(), language: keyed() },
    open: keyed(),
    run: null,
    paused: null,
  };
}

/** The run is under way; whom it may write stands in its record until it ends. */
export function begin(ledger: Ledger, identity: Identity, record: RunRecord): Ledger {
  const { id, kind, begun, by, plan } = record;
  const run: BegunRun = { id, kind, begun, by, plan };
  return { ...ledger, ...identity, names: union(record.settles.names, ledger.names), run };
}

/** Both, and of a name that means two things what the second says. Names stay when the files no longer have them. */
function union(first: Ledger['names'], second: Ledger['names']): Ledger['names'] {
  const join = (a: Keyed<string>, b: Keyed<string>) =>
    sorted([...Object.entries(a), ...Object.entries(b)]);
  return {
    skill: join(first.skill, second.skill),
    language: join(first.language, second.language),
  };
}

/** The record as the result completes it. */
export function concluded(
  record: RunRecord,
  result: Pick<Result, 'users' | 'outcomes' | 'stopped'>,
  ended: string,
): RunRecord {
  const users = keyed<RecordedUser>(Object.entries(record.users));
  for (const { userId, outcome, before } of result.users) {
    const planned = users[userId];
    if (planned) users[userId] = { ...planned, outcome, before: before ?? planned.before };
  }
  const { outcomes, stopped } = result;
  return { ...record, users, outcomes, ended, end: 'finished', ...(stopped ? { stopped } : {}) };
}

/** The record of a run that another one took over: nobody knows what became of whom. */
export function takenOver(record: RunRecord, ended: string): RunRecord {
  return { ...record, ended, end: 'taken-over' };
}

const VERIFIED: readonly (Outcome | null)[] = ['applied', 'unchanged'];
/** Outcomes after which nothing of this run can be live. */
const UNTOUCHED: readonly (Outcome | null)[] = ['failed', 'stale', 'not-tried'];

/** The ledger once the run has ended, by its completed record. */
export function end(ledger: Ledger, record: RunRecord): Ledger {
  if (record.kind === 'rollback') return { ...afterRollback(ledger, record), run: null };
  const whole = record.settles.reach === 'whole' && record.end !== 'taken-over';
  return { ...(whole ? afterWhole(ledger, record) : afterNarrowed(ledger, record)), run: null };
}

/** Everybody stands at the run's point, but for whom it could not verify. */
function afterWhole(ledger: Ledger, record: RunRecord): Ledger {
  const open = keyed<OpenUser>();
  for (const [at, key] of Object.entries(record.settles.left)) {
    const prior = priorOf(ledger, whoIs(record, at, key));
    const user = record.users[at];
    const given = user ? !UNTOUCHED.includes(user.outcome) : record.settles.partly?.[at] === key;
    open[at] = given ? touched(prior, record) : prior;
  }
  for (const [id, user] of Object.entries(record.users)) {
    if (open[id] !== undefined) continue;
    const next = planned(priorOf(ledger, whoIs(record, id, user.key)), user, record);
    if (next !== undefined) open[id] = next;
  }
  if (record.scope?.at === 'base') keepOwnBases(ledger, record, open);
  // While somebody is open, a name goes on meaning what his base meant by it; files that mean another id pin it.
  const alone = Object.keys(open).length === 0;
  return {
    ...ledger,
    applied: committed(record.point),
    names: alone ? union(ledger.names, record.settles.names) : ledger.names,
    open: sorted(Object.entries(open)),
  };
}

/** At the base's files, whoever has a base of his own is verified at that one. */
function keepOwnBases(ledger: Ledger, record: RunRecord, open: Record<string, OpenUser>): void {
  for (const [at, user] of Object.entries(ledger.open)) {
    if (open[at] !== undefined) continue;
    if (user.base === null) open[at] = user;
    else open[at] = { ...user, base: { ...user.base, day: record.point.day }, written: [] };
  }
}

/** Everybody stays where he is, but for whom the run verified or touched. */
function afterNarrowed(ledger: Ledger, record: RunRecord): Ledger {
  const { settles, users } = record;
  const open = keyed<OpenUser>(Object.entries(ledger.open));
  for (const [id, user] of Object.entries(users)) {
    const who = whoIs(record, id, user.key);
    const prior = priorOf(ledger, who);
    const verified = VERIFIED.includes(user.outcome) && settles.left[id] === undefined;
    for (const at of byKey(who)) delete open[at];
    if (verified) open[id] = { key: user.key, base: pointFor(prior, record), written: [] };
    else if (UNTOUCHED.includes(user.outcome)) open[id] = prior;
    else open[id] = touched(prior, record);
  }
  // A run that was taken over verified nobody.
  if (record.end !== 'taken-over') enterRead(ledger, record, open);
  return { ...ledger, open: sorted(Object.entries(open).filter(differs(ledger.applied))) };
}

/** Who was read and not planned; whoever the run had to leave may be as the files say, and yet not at their commit. */
function enterRead(ledger: Ledger, record: RunRecord, open: Record<string, OpenUser>): void {
  const { verified, left, partly = {} } = record.settles;
  for (const [id, key] of Object.entries({ ...verified, ...partly })) {
    if (left[id] !== undefined && partly[id] === undefined) continue;
    const who = whoIs(record, id, key);
    const prior = priorOf(ledger, who);
    for (const at of byKey(who)) delete open[at];
    open[id] =
      partly[id] === undefined
        ? { key, base: pointFor(prior, record), written: [] }
        : touched(prior, record);
  }
}

function pointFor({ base }: OpenUser, { scope, point }: RunRecord): Point {
  return scope?.at === 'base' && base !== null ? { ...base, day: point.day } : committed(point);
}

/** Whom the uncommitted files do not concern stands at the commit itself. */
export function committed({ commit, day }: Point): Point {
  return { commit, day };
}

/** Somebody who stands where everybody stands needs no entry. */
function differs(applied: Point | null) {
  return ([, user]: readonly [string, OpenUser]) =>
    user.written.length > 0 ||
    user.rolledBack !== undefined ||
    user.base === null ||
    applied === null ||
    !samePoint(user.base, applied);
}

function planned(prior: OpenUser, user: RecordedUser, record: RunRecord): OpenUser | undefined {
  if (VERIFIED.includes(user.outcome)) return undefined;
  return UNTOUCHED.includes(user.outcome) ? prior : touched(prior, record);
}

/**
 * Whoever was undone, or needed no write for that, goes back to where the record says. Who could not be written stays,
 * and who is in doubt may have either.
 */
function afterRollback(ledger: Ledger, record: RunRecord): Ledger {
  const open = keyed<OpenUser>(Object.entries(ledger.open));
  for (const [id, back] of Object.entries(record.restores ?? {})) {
    const user = record.users[id];
    if (user !== undefined && UNTOUCHED.includes(user.outcome)) continue;
    const who = { at: id, key: back.key };
    const prior = priorOf(ledger, who);
    for (const at of byKey(who)) delete open[at];
    open[id] =
      user === undefined || VERIFIED.includes(user.outcome)
        ? back
        : { ...back, written: distinct([...back.written, ...standing(prior)]) };
  }
  return { ...ledger, open: sorted(Object.entries(open).filter(differs(ledger.applied))) };
}

/** Every point that may stand for somebody's base. */
export function standing({ base, written }: OpenUser): readonly Point[] {
  return base === null ? written : [base, ...written];
}

/** Somebody in the ledger: his platform id or `key:<key>`, and the keys he has and had. */
interface Who {
  readonly at: string;
  readonly key: string;
  readonly formerly?: string | undefined;
}

export function whoIs({ settles }: RunRecord, at: string, key: string): Who {
  return { at, key, formerly: settles.formerly?.[key] };
}

/** Where the ledger may have him while his id is not known. */
function byKey({ key, formerly = key }: Who): readonly string[] {
  return [`key:${key}`, `key:${formerly}`];
}

/** What the ledger says of somebody, whether he has an entry or stands where everybody does. */
export function priorOf({ open, applied }: Ledger, who: Who): OpenUser {
  const entry = [who.at, ...byKey(who)].flatMap((at) => open[at] ?? [])[0];
  return entry ? { ...entry, key: who.key } : { key: who.key, base: applied, written: [] };
}

function touched(prior: OpenUser, record: RunRecord): OpenUser {
  const news = mayStand(prior, record).filter(
    (point) => prior.base === null || !samePoint(prior.base, point),
  );
  return news.length === 0 ? prior : { ...prior, written: distinct([...prior.written, ...news]) };
}

/** Which points' values a run may have written to somebody: drift goes back to his own, the schedule to theirs today. */
function mayStand(prior: OpenUser, { scope, point }: RunRecord): readonly Point[] {
  const today = (own: Point): Point => ({ ...own, day: point.day });
  if (scope?.at === 'base' && prior.base !== null) return [today(prior.base)];
  const causes = scope?.causes ?? [];
  if (causes.length === 0 || causes.some((cause) => !OF_THE_BASE.includes(cause))) return [point];
  return causes.includes('schedule') ? standing(prior).map(today) : [];
}

const OF_THE_BASE: readonly Cause[] = ['drift', 'schedule'];

export function distinct(points: readonly Point[]): Point[] {
  const seen: Point[] = [];
  for (const point of points) if (!seen.some((each) => samePoint(each, point))) seen.push(point);
  return seen;
}

export function samePoint(a: Point, b: Point): boolean {
  return a.commit === b.commit && a.day === b.day && a.tree === b.tree;
}

/** What is known while a run is under way: whoever it plans may have been written. */
export function effective({ ledger, record }: LedgerEntry): Ledger {
  if (ledger.run === null || record === null) return ledger;
  return { ...end(ledger, takenOver(record, record.begun)), run: ledger.run };
}

export function paused(ledger: Ledger, why: Paused | null): Ledger {
  return { ...ledger, paused: why };
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const last = new Map(entries);
  return keyed([...last].sort(([a], [b]) => byCodeUnit(a, b)));
}
