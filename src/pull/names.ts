/**
 * What the files call each skill and language: as they call it already, else as the platform does. A name that two share,
 * that looks like another, or that no file can hold is written with its id, and pinned.
 */
import { skeleton } from '../desired/look-alike.ts';
import { canBeKey } from '../desired/parse.ts';
import { byCodeUnit, KINDS, type Kind } from '../model/assignment.ts';
import type { DesiredState } from '../model/desired.ts';
import type { CatalogueItem, LiveState } from '../model/live.ts';

interface Called {
  readonly name: string;
  /** Whether the catalogue of the files has to say the id. */
  readonly pin: boolean;
}

export class SkillNames {
  readonly #called = new Map<string, Called>();
  readonly #pins = new Map<string, string>();

  constructor(live: LiveState, desired: DesiredState) {
    const items = live.catalogue ?? heldBy(live);
    const pinned = pinsOf(desired);
    for (const kind of KINDS) {
      const own = items.filter((item) => item.kind === kind);
      const used = usedIn(desired, kind);
      for (const [id, called] of call(own, { pinned, used, byName: live.catalogue !== undefined }))
        this.#called.set(`${kind} ${id}`, called);
    }
  }

  /** Undefined for what neither the platform's catalogue nor the files know. */
  of(kind: Kind, id: string): string | undefined {
    const called = this.#called.get(`${kind} ${id}`);
    if (called?.pin) this.#pins.set(called.name, id);
    return called?.name;
  }

  /** Names that were asked for and have to be pinned, with their ids; sorted. */
  pins(): readonly (readonly [name: string, id: string])[] {
    return [...this.#pins].sort(([a], [b]) => byCodeUnit(a, b));
  }
}

interface Circumstances {
  readonly pinned: ReadonlyMap<string, string>;
  /** Names the files use. */
  readonly used: ReadonlySet<string>;
  /** Whether the platform finds a name; without a catalogue only ids do. */
  readonly byName: boolean;
}

function* call(
  items: readonly CatalogueItem[],
  { pinned, used, byName }: Circumstances,
): Iterable<readonly [string, Called]> {
  const taken = new Set([...pinned.values(), ...used].map(skeleton));
  const doubles = doublesOf(items.map(({ name }) => name));
  for (const { id, name } of [...items].sort(byNameAndId)) {
    const known = pinned.get(id);
    const free = canBeKey(name) && !doubles.has(name) && !taken.has(skeleton(name));
    const plain = known ?? (used.has(name) || free ? name : undefined);
    const called = plain ?? `${readable(name)} (${id})`;
    taken.add(skeleton(called));
    const pin = known === undefined && !(byName && plain !== undefined);
    if (canBeKey(called)) yield [id, { name: called, pin }];
  }
}

function byNameAndId(a: CatalogueItem, b: CatalogueItem): number {
  return byCodeUnit(a.name, b.name) || byCodeUnit(a.id, b.id);
}

function doublesOf(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

const LONGEST = 80;

/** As much of a name as a file can hold. */
function readable(name: string): string {
  const shown = [...name].filter((char) => char === ' ' || canBeKey(char));
  return shown.slice(0, LONGEST).join('').trim().replace(/\s+/g, ' ') || 'unnamed';
}

function pinsOf(desired: DesiredState): Map<string, string> {
  const pins = new Map<string, string>();
  for (const { id, name } of desired.catalogue.values()) if (id !== undefined) pins.set(id, name);
  return pins;
}

function usedIn(desired: DesiredState, kind: Kind): Set<string> {
  const used = new Set<string>();
  for (const user of desired.users.values())
    for (const name of user.wants[kind].keys()) used.add(name);
  return used;
}

/** Where the platform lists no catalogue, there is what people have. */
function heldBy(live: LiveState): CatalogueItem[] {
  const ids = { skill: new Set<string>(), language: new Set<string>() };
  for (const { list } of live.users.values()) {
    if (!list.proven) continue;
    for (const kind of KINDS)
      for (const id of Object.keys(list.assignments[kind])) ids[kind].add(id);
  }
  return KINDS.flatMap((kind) => [...ids[kind]].map((id) => ({ kind, id, name: id })));
}
