/**
 * Which calls bring a user from one list to another, in which order. The least destructive that get there: nothing is
 * replaced where nothing goes, and nothing is replaced by what cannot be said. No step leaves less of a kind than either
 * list has.
 */
import type { WriteRequest } from '../../http/client.ts';
import { segment } from '../../http/client.ts';
import { type Kind, sameValue, type Value } from '../../model/assignment.ts';
import type { Write } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { MOST_ENTRIES, ownPath } from './calls.ts';
import { entriesBody, isSayable, type Values } from './list.ts';

export interface Step {
  readonly use: Kind;
  readonly request: WriteRequest;
  /** What is not there any more need not be removed. */
  readonly removes: boolean;
}

interface Difference {
  readonly userId: string;
  readonly kind: Kind;
  readonly grows: boolean;
  /** New, or with another value than before. */
  readonly set: readonly (readonly [string, number])[];
  readonly gone: readonly string[];
  readonly after: Values;
}

function sayable([id, value]: readonly [string, Value]): readonly [string, number] {
  if (isSayable(value)) return [id, value];
  throw problem(
    'value-not-writable',
    `The assignment ${id} shall be something that no call of the platform can say.`,
  );
}

function difference({ userId, before, after }: Write, kind: Kind): Difference {
  const changed = Object.entries(after[kind]).filter(
    ([id, value]) => !sameValue(before[kind][id], value),
  );
  const gone = Object.keys(before[kind]).filter((id) => after[kind][id] === undefined);
  const grows = changed.some(([id]) => before[kind][id] === undefined);
  return { userId, kind, grows, set: changed.map(sayable), gone, after: after[kind] };
}

function bulk(
  method: 'PUT' | 'PATCH',
  { userId, kind }: Difference,
  entries: readonly (readonly [string, number])[],
): Step {
  const body = { type: 'application/json', text: entriesBody(entries) } as const;
  const path = `${ownPath(userId, kind)}/bulk`;
  return { use: kind, request: { method, path, body }, removes: false };
}

function* merges(changes: Difference): Iterable<Step> {
  for (let at = 0; at < changes.set.length; at += MOST_ENTRIES)
    yield bulk('PATCH', changes, changes.set.slice(at, at + MOST_ENTRIES));
}

function* removals({ userId, kind, gone }: Difference): Iterable<Step> {
  for (const id of gone) {
    const path = `${ownPath(userId, kind)}/${segment(id)}`;
    yield { use: kind, request: { method: 'DELETE', path }, removes: true };
  }
}

/** The complete list, where something goes and all that stays can be said in one call. */
function replacement(skills: Difference): Step | undefined {
  const entries = Object.entries(skills.after);
  if (skills.gone.length === 0 || entries.length > MOST_ENTRIES) return undefined;
  if (!entries.every(([, value]) => isSayable(value))) return undefined;
  return bulk('PUT', skills, entries.map(sayable));
}

function checkCeiling({ grows, after }: Difference): void {
  const many = Object.keys(after).length;
  if (grows && many > MOST_ENTRIES)
    throw problem(
      'too-many-skills',
      `The list would have ${many} skills, and the platform takes at most ${MOST_ENTRIES}.`,
    );
}

/** Throws PlatformError, before anything is sent, for a list that cannot be written. */
export function stepsFor(write: Write): readonly Step[] {
  const skills = difference(write, 'skill');
  const languages = difference(write, 'language');
  checkCeiling(skills);
  const replace = replacement(skills);
  if (replace) return [replace, ...merges(languages), ...removals(languages)];
  return [...merges(skills), ...merges(languages), ...removals(skills), ...removals(languages)];
}
