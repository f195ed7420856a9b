/** Diffs of some changes alone: what is not among them is left as it is live. Pure. */
import fastJsonPatch from 'fast-json-patch';
import { keyed, type Value } from '../model/assignment.ts';
import type { Cause, Change, PatchOperation, RunScope, UserDiff } from '../model/plan.ts';

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

/** To the wanted causes, and without what is to be ignored; a scope that says neither leaves every diff as it is. */
export function narrowTo(
  diffs: readonly UserDiff[],
  scope: Pick<RunScope, 'causes' | 'ignore'> | null,
): Narrowed {
  if ((scope?.causes ?? scope?.ignore) === undefined) return { diffs, left: keyed(), dropped: [] };
  const causes = scope?.causes && new Set<Cause>(scope.causes);
  const people = matcher(scope?.ignore?.users ?? []);
  const things = matcher(scope?.ignore?.skills ?? []);
  const ignored = new Set(diffs.filter(({ key }) => people(key)).map(({ userId }) => userId));
  return narrowChanges(diffs, (userId, { name, cause }) => {
    return !(ignored.has(userId) || things(name)) && causes?.has(cause) !== false;
  });
}

/** Whether one of the patterns is the whole of a text, in any case; `*` is any text, `?` any character. */
function matcher(patterns: readonly string[]): (text: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (sign) => WILD[sign] ?? `\\${sign}`);
    return new RegExp(`^${source}$`, 'isu');
  });
  return (text) => expressions.some((expression) => expression.test(text));
}

const WILD: Readonly<Record<string, string>> = { '*': '.*', '?': '.' };

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
