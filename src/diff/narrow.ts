/** Diffs of some causes alone: what changes for another one is left as it is live. Pure. */
import fastJsonPatch from 'fast-json-patch';
import { keyed, type Value } from '../model/assignment.ts';
import type { Cause, PatchOperation, UserDiff } from '../model/plan.ts';

export interface Narrowed {
  readonly diffs: readonly UserDiff[];
  /** Who has other changes besides; keys by platform id. */
  readonly left: Readonly<Record<string, string>>;
}

/** Without causes every diff stays as it is. */
export function narrowCauses(
  diffs: readonly UserDiff[],
  causes: readonly Cause[] | undefined,
): Narrowed {
  if (causes === undefined) return { diffs, left: keyed() };
  const wanted = new Set<Cause>(causes);
  const left = keyed<string>();
  const narrowed = diffs.flatMap((diff) => {
    const changes = diff.changes.filter(({ cause }) => wanted.has(cause));
    if (changes.length === diff.changes.length) return diff;
    left[diff.userId] = diff.key;
    return changes.length === 0 ? [] : only(diff, changes);
  });
  return { diffs: narrowed, left };
}

function only(diff: UserDiff, changes: UserDiff['changes']): UserDiff {
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
