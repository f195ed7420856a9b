/**
 * More than a platform lets anybody have: whoever would be given it is held, wholly, for no part of his list is more due
 * to him than another. What is carried counts as well. Pure.
 */
import { KINDS, type Kind } from '../model/assignment.ts';
import type { UserDiff } from '../model/plan.ts';
import type { Held } from '../model/target.ts';

export type Ceilings = { readonly [K in Kind]?: number };

export interface Fitting {
  readonly diffs: readonly UserDiff[];
  readonly held: readonly Held[];
}

/** Somebody who has too much already may change and lose what he has, but is given no more. */
export function holdOverfull(diffs: readonly UserDiff[], ceilings: Ceilings): Fitting {
  const held: Held[] = [];
  const fitting = diffs.filter((diff) => {
    const overfull = KINDS.flatMap((kind) => overfullIn(diff, kind, ceilings[kind]) ?? []);
    held.push(...overfull.slice(0, 1));
    return overfull.length === 0;
  });
  return { diffs: fitting, held };
}

function overfullIn(diff: UserDiff, kind: Kind, most = Number.POSITIVE_INFINITY): Held | undefined {
  const ids = Object.keys(diff.after[kind]);
  const added = diff.changes.find((change) => change.kind === kind && change.action === 'add');
  if (added === undefined || ids.length <= most) return undefined;
  const named = new Set(diff.named[kind]);
  const ours = ids.filter((id) => named.has(id)).length;
  const { file, line, col } = added.source;
  return {
    key: diff.key,
    userId: diff.userId,
    reason: 'over-ceiling',
    message: `The user would have ${ids.length} ${kind}s, ${ours} that the files name and ${ids.length - ours} that are kept; the platform takes at most ${most}.`,
    hint: 'Take some of them out of the files, or off the person on the platform.',
    place: { file, line, col },
  };
}
