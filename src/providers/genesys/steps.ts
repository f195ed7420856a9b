/**
 * Which calls bring a user from one list to another, in which order. The least destructive that get there: nothing is
 * replaced where nothing goes, and nothing is replaced by what cannot be said. No step leaves less of a kind than either
 * list has.
 */
import type { WriteRequest } from '../../http/client.ts';
import { segment } from '../../http/client.ts';
import { dormantValue, type Kind, sameValue, type Value } from '../../model/assignment.ts';
import type { Write } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { MOST_ENTRIES, ownPath } from './calls.ts';
import { entriesBody, isCarriable, isSayable, type Values } from './list.ts';

export interface Step {
  readonly use: Kind;
  readonly request: WriteRequest;
  /** What is not there any more need not be removed. */
  readonly removes: boolean;
}

type Entry = readonly [id: string, proficiency: number];

interface Difference {
  readonly userId: string;
  readonly kind: Kind;
  /** New, or active as before with another proficiency. */
  readonly set: readonly Entry[];
  /** To be switched on or off: only the call for one entry can say that. */
  readonly switched: readonly { readonly entry: Entry; readonly state: 'active' | 'inactive' }[];
  readonly gone: readonly string[];
  readonly after: Values;
  /** Something new is to be added. */
  readonly grows: boolean;
}

function sayable(id: string, value: Value | undefined): Entry {
  if (value !== undefined && isSayable(value)) return [id, value];
  throw problem(
    'value-not-writable',
    `The assignment ${id} shall be something that no call of the platform can say.`,
  );
}

function difference({ userId, before, after }: Write, kind: Kind): Difference {
  const set: Entry[] = [];
  const switched: Difference['switched'][number][] = [];
  let grows = false;
  for (const [id, value] of Object.entries(after[kind])) {
    const old = before[kind][id];
    if (sameValue(old, value)) continue;
    const [wakes, sleeps] = [dormantValue(old), dormantValue(value)].map(
      (kept) => kept !== undefined,
    );
    if (sleeps) switched.push({ entry: sayable(id, dormantValue(value)), state: 'inactive' });
    else if (wakes) switched.push({ entry: sayable(id, value), state: 'active' });
    else set.push(sayable(id, value));
    grows ||= old === undefined;
  }
  const gone = Object.keys(before[kind]).filter((id) => after[kind][id] === undefined);
  return { userId, kind, set, switched, gone, after: after[kind], grows };
}

function json(text: string) {
  return { type: 'application/json', text } as const;
}

function bulk(method: 'PUT' | 'PATCH', { userId, kind }: Difference, entries: readonly Entry[]) {
  const request = {
    method,
    path: `${ownPath(userId, kind)}/bulk`,
    body: json(entriesBody(entries)),
  };
  return { use: kind, request, removes: false };
}

function* merges(changes: Difference): Iterable<Step> {
  for (let at = 0; at < changes.set.length; at += MOST_ENTRIES)
    yield bulk('PATCH', changes, changes.set.slice(at, at + MOST_ENTRIES));
}

/** What the call for one entry of a list, to change it, goes by. */
const CHANGES_ONE = { skill: 'PUT', language: 'PATCH' } as const;

function* switches({ userId, kind, switched }: Difference): Iterable<Step> {
  for (const { entry, state } of switched) {
    const [id, proficiency] = entry;
    const path = `${ownPath(userId, kind)}/${segment(id)}`;
    const body = json(JSON.stringify({ id, proficiency, state }));
    yield { use: kind, request: { method: CHANGES_ONE[kind], path, body }, removes: false };
  }
}

function* removals({ userId, kind, gone }: Difference): Iterable<Step> {
  for (const id of gone) {
    const path = `${ownPath(userId, kind)}/${segment(id)}`;
    yield { use: kind, request: { method: 'DELETE', path }, removes: true };
  }
}

/** The complete list, where something goes and all that stays can be said in one call. */
function replacement(skills: Difference): Step | undefined {
  const { gone, switched, after } = skills;
  const entries = Object.entries(after);
  if (gone.length === 0 || switched.length > 0 || entries.length > MOST_ENTRIES) return undefined;
  if (!entries.every(([, value]) => isCarriable(value))) return undefined;
  return bulk(
    'PUT',
    skills,
    entries.map(([id, value]) => sayable(id, value)),
  );
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
  return [
    ...(replace ? [replace] : merges(skills)),
    ...switches(skills),
    ...merges(languages),
    ...switches(languages),
    ...(replace ? [] : removals(skills)),
    ...removals(languages),
  ];
}
