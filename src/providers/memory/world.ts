/** The in-memory platform: people and their lists, as they truly are. Everything else looks at it through the port. */
import {
  type Assignments,
  type Kind,
  keyed,
  NO_ASSIGNMENTS,
  type Value,
} from '../../model/assignment.ts';
import type { CatalogueItem, Person } from '../../model/live.ts';

export interface MemoryUser {
  readonly person: Person;
  /** Default: nothing. */
  readonly assignments?: Assignments;
  /** Why reads cannot show the list. */
  readonly unreadable?: string;
}

export interface World {
  readonly catalogue: readonly CatalogueItem[] | undefined;
  readonly people: ReadonlyMap<string, MemoryUser>;
  /** The true list. */
  listOf(userId: string): Assignments;
  replace(userId: string, assignments: Assignments): void;
  /** Sets one value by hand; undefined takes it away. */
  set(
    userId: string,
    kind: Kind,
    change: { readonly id: string; readonly value: Value | undefined },
  ): void;
}

export function createWorld(
  users: readonly MemoryUser[],
  catalogue: readonly CatalogueItem[] | undefined,
): World {
  const people = new Map(users.map((user) => [user.person.id, user]));
  const lists = new Map(
    users.map(({ person, assignments }) => [person.id, assignments ?? NO_ASSIGNMENTS]),
  );
  const listOf = (userId: string) => lists.get(userId) ?? NO_ASSIGNMENTS;
  return {
    catalogue,
    people,
    listOf,
    replace: (userId, assignments) => void lists.set(userId, assignments),
    set(userId, kind, { id, value }) {
      const before = listOf(userId);
      const others = Object.entries(before[kind]).filter(([each]) => each !== id);
      const entries = value === undefined ? others : [...others, [id, value] as const];
      lists.set(userId, { ...before, [kind]: keyed(entries) });
    },
  };
}
