/**
 * What undoing a run would do: every key it changed goes back to what it was, and all others are carried. A key that was
 * changed since is nobody's to undo, and is held. Pure.
 */
import {
  type Assignments,
  byCodeUnit,
  fits,
  isHeld,
  KINDS,
  keyed,
  type Value,
} from '../model/assignment.ts';
import type { RecordedUser } from '../model/ledger.ts';
import { actionOf, type Change, type UserDiff } from '../model/plan.ts';
import type { Held } from '../model/target.ts';

export interface Undoing {
  readonly userId: string;
  readonly user: RecordedUser;
  /** Proven. */
  readonly live: Assignments;
  readonly name?: string;
  /** Display names by kind and id. */
  readonly names: {
    readonly skill: Readonly<Record<string, string>>;
    readonly language: Readonly<Record<string, string>>;
  };
}

export interface Undone {
  readonly diff: UserDiff | undefined;
  readonly held: readonly Held[];
}

const NOWHERE = { file: 'muster.yaml', line: 1, col: 1 };

export function undo({ userId, user, live, name, names }: Undoing): Undone {
  const after = {
    skill: keyed<Value>(Object.entries(live.skill)),
    language: keyed<Value>(Object.entries(live.language)),
  };
  const changes: Change[] = [];
  const held: Held[] = [];
  for (const change of user.changes) {
    const { kind, id } = change;
    const now = live[kind][id];
    const thing = { kind, id, name: names[kind][id] ?? id };
    if (fits(now, change.before)) continue;
    if (!fits(now, change.after)) {
      held.push(changedSince(user.key, userId, thing));
      continue;
    }
    if (change.before === undefined) delete after[kind][id];
    else after[kind][id] = change.before;
    changes.push({ ...thing, ...backTo(change.before, now) });
  }
  if (changes.length === 0) return { diff: undefined, held };
  const decided = (kind: 'skill' | 'language') =>
    changes.filter((change) => change.kind === kind).map(({ id }) => id);
  const foreign = KINDS.flatMap((kind) => {
    const held = Object.entries(live[kind]).filter(([, value]) => isHeld(value));
    return held.filter(([id]) => !decided(kind).includes(id));
  }).length;
  const diff: UserDiff = {
    userId,
    key: user.key,
    ...(name === undefined ? {} : { name }),
    before: live,
    after,
    changes: changes.sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.id, b.id)),
    named: {
      skill: decided('skill').sort(byCodeUnit),
      language: decided('language').sort(byCodeUnit),
    },
    foreignKept: foreign,
    patch: [],
  };
  return { diff, held };
}

function backTo(before: Value | undefined, now: Value | undefined) {
  return {
    action: actionOf(now, before),
    ...(now === undefined ? {} : { before: now }),
    ...(before === undefined ? {} : { after: before }),
    cause: 'git',
    source: { ...NOWHERE, chain: [] },
  } as const;
}

function changedSince(
  key: string,
  userId: string,
  assignment: { readonly kind: 'skill' | 'language'; readonly id: string; readonly name: string },
): Held {
  return {
    key,
    userId,
    assignment,
    reason: 'changed-since',
    message: `${assignment.name} was changed after the run that is undone, so it is left as it is.`,
    hint: 'Set it in the files if it shall be something else.',
    place: NOWHERE,
  };
}
