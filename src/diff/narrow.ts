/** Diffs of some changes alone: what is not among them is left as it is live. Pure. */
import fastJsonPatch from 'fast-json-patch';
import { keyed, type Value } from '../model/assignment.ts';
import type { Cause, Change, PatchOperation, UserDiff } from '../model/plan.ts';

/** A change that was left out. */
interface Dropped {
  readonly userId: string;
  readonly key: string;
  readonly change: Change;
}

export interface Narrowed {
  readonly diffs: readonly UserDiff[];
  /** Who has other changes besides; keys by platform id. */
  readonly left: Readonly<Record<string, string>>;
  readonly dropped: readonly Dropped[];
}

/** Without causes every diff stays as it is. */
export function narrowCauses(
  diffs: readonly UserDiff[],
  causes: readonly Cause[] | undefined,
): Narrowed {
  if (causes === undefined) return { diffs, left: keyed(), dropped: [] };
  const wanted = new Set<Cause>(causes);
  return narrowChanges(diffs, (_userId, { cause }) => wanted.has(cause));
}

export function narrowChanges(
  diffs: readonly UserDiff[],
  keep: (userId: string, change: Change) => boolean,
): Narrowed {
  const left = keyed<string>();
  const dropped: Dropped[] = [];
  const narrowed = diffs.flatMap((diff) => {
    const { userId, key } = diff;
    const kept = new Set(diff.changes.filter((change) => keep(userId, change)));
    if (kept.size === diff.changes.length) return diff;
    left[userId] = key;
    for (const change of diff.changes) if (!kept.has(change)) dropped.push({ userId, key, change });
    return kept.size === 0 ? [] : only(diff, [...kept]);
  });
  return { diffs: narrowed, left, dropped };
}

/** The diff with these of its changes alone; they are not none. */
export function only(diff: UserDiff, changes: UserDiff['changes']): UserDiff {
  const after = {
    skill: keyed<Value>(Object.entries(diff.before.skill)),
    language: keyed<Value>(Object.entries(diff.before.language)),
  };
  for (const { kind, id, after: value } of changes) {
    if (value === undefined) delete after[kind][id];
    else after[kind][id] = value;
  }
  const patch = fastJsonPatch.compare(diff.before, after) as PatchOperation[];
  return { ...diff, after, changes, patch };
}
