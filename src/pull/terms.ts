/** Live values in the words of the files. */
import type { Kind, Value } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import { offScale, SCALES } from '../model/platform.ts';

/** A level where the number is one's, else the number; undefined for what no file can say. */
export function entryOf(org: Org, kind: Kind, value: Value): number | string | undefined {
  const scale = SCALES[org.platform][kind];
  if (typeof value !== 'number' || scale === undefined) return undefined;
  if (offScale(scale, value) !== undefined) return undefined;
  const level = Object.entries(org.levels).find(([, number]) => number === value);
  return level === undefined ? value : level[0];
}
