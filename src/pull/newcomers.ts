/** People the files do not know: their entries, and the profiles they share. */
import { byCodeUnit, isHeld, KINDS, type Kind } from '../model/assignment.ts';
import type { Person } from '../model/live.ts';
import type { Left } from '../model/pulled.ts';
import type { Compared } from './compare.ts';
import type { Circumstances } from './edits.ts';
import { keysFor } from './keys.ts';
import { knownIn } from './known.ts';
import { nameOf } from './person-name.ts';
import { entryOf } from './terms.ts';

/** Somebody new, with what he has in the words of the files. */
export interface Newcomer {
  readonly key: string;
  /** As it is written beside the key. */
  readonly name: string | undefined;
  readonly person: Person;
  readonly file: string;
  readonly entries: readonly Own[];
}

export interface Own {
  readonly kind: Kind;
  readonly name: string;
  readonly value: number | string;
}

export interface Arrivals {
  readonly newcomers: readonly Newcomer[];
  readonly left: readonly Left[];
}

export function newcomersOf(compared: Compared, about: Circumstances): Arrivals {
  const { live, home, org } = about;
  const { desired } = compared;
  const known = knownIn(compared, live);
  const persons = [...live.users.values()]
    .filter(({ person, list }) => person.active && list.proven && !known.has(person.id))
    .map(({ person }) => person)
    .sort((a, b) => byCodeUnit(a.id, b.id));
  const keys = keysFor(persons, { org, live, desired });
  const left: Left[] = [];
  const newcomers = persons.map((person): Newcomer => {
    const key = keys.get(person.id) as string;
    const entries = entriesOf({ key, person }, about, left);
    return { key, name: nameOf(person, org), person, file: home(person), entries };
  });
  // With complete ownership somebody for whom nothing is named is a warning: he stays out until he has something.
  const written = newcomers.filter(
    ({ entries }) => entries.length > 0 || org.ownership === 'listed',
  );
  return { newcomers: written.sort((a, b) => byCodeUnit(a.key, b.key)), left };
}

function entriesOf(
  { key, person }: Pick<Newcomer, 'key' | 'person'>,
  { live, names, org }: Circumstances,
  left: Left[],
): Own[] {
  const list = live.users.get(person.id)?.list;
  const entries: Own[] = [];
  if (!list?.proven) return entries;
  for (const kind of KINDS)
    for (const [id, live] of Object.entries(list.assignments[kind])) {
      if (!isHeld(live)) continue;
      const name = names.of(kind, id);
      const value = entryOf(org, kind, live);
      if (name === undefined) left.push({ reason: 'unnamed', key, what: id });
      else if (value === undefined) left.push({ reason: 'odd', key, what: name });
      else entries.push({ kind, name, value });
    }
  return entries.sort((a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.name, b.name));
}
