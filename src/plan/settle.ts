/** What the ledger may say once a plan has been applied. Pure. */

import { byCodeUnit, type Keyed, KINDS, keyed } from '../model/assignment.ts';
import type { RunScope, Settlement } from '../model/plan.ts';
import type { Point } from '../model/point.ts';
import type { Held, Targets } from '../model/target.ts';

export interface Settling {
  readonly point: Point | null;
  readonly scope: RunScope | null;
  readonly targets: Targets;
  readonly held: readonly Held[];
  readonly settled: Keyed<string>;
  readonly left: Keyed<string>;
  /** Of those left: read as the files say but for what is held or waits. */
  readonly partly: Keyed<string>;
  /** Of those whom the ledger has under an earlier key. */
  readonly formerly: Keyed<string>;
}

/**
 * `reach` follows whom the run looked at: a run of some causes looks at everybody, and leaves whom it does not plan. Only
 * a run that goes by the whole of today's files can say of somebody left that the rest of him is as they say.
 */
export function settlement(input: Settling): Settlement {
  const { scope, point } = input;
  const narrowed = [scope?.changed, scope?.users, scope?.teams].some((by) => by !== undefined);
  const byFiles = (scope?.at ?? scope?.causes ?? scope?.ignore) === undefined;
  const left = keyed<string>(Object.entries(input.left));
  const known = new Set(Object.values(input.left));
  for (const { key, userId } of input.held) {
    if (userId !== undefined || !known.has(key)) left[userId ?? `key:${key}`] = key;
  }
  return {
    point,
    reach: narrowed ? 'narrowed' : 'whole',
    verified: narrowed ? sorted(input.settled) : keyed(),
    left: sorted(left),
    ...(byFiles && Object.keys(input.partly).length > 0 ? { partly: sorted(input.partly) } : {}),
    ...(Object.keys(input.formerly).length === 0 ? {} : { formerly: sorted(input.formerly) }),
    names: namesOf(input.targets),
  };
}

function namesOf({ users }: Targets): Settlement['names'] {
  const names = { skill: keyed<string>(), language: keyed<string>() };
  for (const { wants } of users) {
    for (const kind of KINDS) {
      for (const [id, { name }] of Object.entries(wants[kind])) names[kind][name] = id;
    }
  }
  return { skill: sorted(names.skill), language: sorted(names.language) };
}

function sorted(map: Keyed<string>): Keyed<string> {
  return keyed(Object.entries(map).sort(([a], [b]) => byCodeUnit(a, b)));
}
