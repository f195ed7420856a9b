/**
 * Where the ledger puts somebody whom a rollback undoes: back to his base of before the run. What the files of a later
 * run wrote to him stays among his points, so that it is not forgotten that those values were theirs. Pure.
 */
import { committed, distinct, priorOf, samePoint, standing, whoIs } from '../ledger/steps.ts';
import type { Ledger, OpenUser, RunRecord } from '../model/ledger.ts';
import type { Point } from '../model/point.ts';
import type { FoundRun } from './runs.ts';

export interface Back {
  readonly userId: string;
  readonly key: string;
  readonly run: FoundRun;
  /** As it is to be gone by now. */
  readonly ledger: Ledger;
  /** The files at hand. */
  readonly point: Point;
  /** Whether the files of two points say the same of the key; false where that cannot be told. */
  readonly sameFiles: (key: string, a: Point, b: Point) => boolean;
  /** Some of what the run changed was changed since, and stays. */
  readonly partly: boolean;
}

/** Undefined when he is there already: undone, and held until his files change. */
export function backOf(back: Back): OpenUser | undefined {
  const { userId, key, run, ledger, point } = back;
  const { record, before } = run;
  const who = whoIs(record, userId, key);
  const now = priorOf(ledger, who);
  if (now.rolledBack?.run === record.id && !back.partly) return undefined;
  const then: OpenUser = before === null ? { key, base: null, written: [] } : priorOf(before, who);
  const later = standing(now).filter((at) => !has(standing(then), at) && stays(at, then, back));
  const goesTo = { ...then, written: distinct([...then.written, ...later]) };
  // To undo an undo is to go forward again: the files may be applied.
  if (record.kind === 'rollback') return goesTo;
  return { ...goesTo, rolledBack: { run: record.id, at: point } };
}

/** The run's own points go with it, and so does a later one whose files say the same as the run's. */
function stays(at: Point, then: OpenUser, { userId, key, run, sameFiles, partly }: Back): boolean {
  if (partly) return true;
  const { record } = run;
  const restored = record.restores?.[userId];
  const files = filesOf(record, then);
  const own = [record.point, committed(record.point), files];
  if (restored !== undefined) own.push(...standing(restored));
  return !has(own, at) && !sameFiles(key, at, files);
}

/** The files that the run went by for somebody. */
function filesOf({ scope, point }: RunRecord, { base }: OpenUser): Point {
  return scope?.at === 'base' && base !== null ? { ...base, day: point.day } : point;
}

/** All the files that the run went by. */
export function filesAsked({ record, before }: FoundRun): Point[] {
  if (before === null) return [record.point];
  const points = Object.entries(record.users).map(([id, { key }]) =>
    filesOf(record, priorOf(before, whoIs(record, id, key))),
  );
  return distinct([record.point, ...points]);
}

function has(points: readonly Point[], point: Point): boolean {
  return points.some((each) => samePoint(each, point));
}
