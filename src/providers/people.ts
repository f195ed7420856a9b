/** Whom a key of the files means: by platform id, e-mail or user name, among the people the platform knows. */
import type { Person } from '../model/live.ts';

const BY_ID = 'id:';

export interface People {
  /** Everybody the key fits; several where the platform itself has doubles. */
  find(key: string): readonly Person[];
  /** The e-mails and user names that a key could have meant. */
  keys(): Iterable<string>;
}

/** The platform id that a key spells out; undefined for e-mails and user names. */
export function idIn(key: string): string | undefined {
  return key.startsWith(BY_ID) ? key.slice(BY_ID.length) : undefined;
}

export function indexPeople(persons: Iterable<Person>): People {
  const byId = new Map<string, Person>();
  const byName = new Map<string, Person[]>();
  const enter = (name: string | undefined, person: Person) => {
    if (name === undefined) return;
    const key = name.toLowerCase();
    const same = byName.get(key);
    if (!same) byName.set(key, [person]);
    else if (!same.includes(person)) same.push(person);
  };
  for (const person of persons) {
    byId.set(person.id, person);
    enter(person.email, person);
    enter(person.userName, person);
  }
  return {
    find(key) {
      const id = idIn(key);
      if (id === undefined) return byName.get(key.toLowerCase()) ?? [];
      const person = byId.get(id);
      return person ? [person] : [];
    },
    keys: () => byName.keys(),
  };
}
