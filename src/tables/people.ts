/** Whom a cell means: by key, platform id or display name, among the people of the rosters and of the platform. */

import { canBeKey } from '../desired/parse.ts';
import { userKey } from '../desired/roster.ts';
import { nearest } from '../desired/suggest.ts';
import type { LiveState, Person } from '../model/live.ts';
import type { NamedBy } from '../model/table.ts';
import { even, folded } from './text.ts';

/** `Ana Ruiz <ana@example.com>`, as mail programs write it. */
const ADDRESSED = /<([^<>\s]+@[^<>\s]+)>$/;

export type Form = 'any' | 'id' | 'name';

export interface Somebody {
  /** As the rosters write it, or would. */
  readonly key: string;
  readonly name?: string;
  readonly by: NamedBy;
  /** Whether a roster, or the platform, knows him. */
  readonly known: boolean;
}

/** What rosters say of who somebody is. */
export interface Listed {
  readonly key: string;
  readonly name?: string;
  readonly released: boolean;
}

interface Entered {
  readonly key: string;
  name?: string;
  released: boolean;
}

export class People {
  readonly #byKey = new Map<string, Set<Entered>>();
  readonly #byId = new Map<string, Set<Entered>>();
  readonly #byName = new Map<string, Set<Entered>>();
  readonly #listed = new Map<string, Entered>();
  /** What the rosters themselves write, in lower case: no alias that the platform adds may lead to somebody else. */
  readonly #written = new Map<string, Set<Entered>>();

  /** `keys`: as the org wants people named in its rosters. */
  constructor(listed: Iterable<Listed>, live?: LiveState, keys?: 'id') {
    for (const one of listed) this.#list(one);
    const persons = [...(live?.users.values() ?? [])].map(({ person }) => person);
    const bearers = bearersOf(persons);
    for (const person of persons)
      this.#meet(person, keys === 'id' ? `id:${person.id}` : bestKey(person, bearers));
  }

  isListed(key: string): boolean {
    return this.#listed.has(key);
  }

  isReleased(key: string): boolean {
    return this.#listed.get(key)?.released === true;
  }

  /** Everybody the text can mean; nobody known, but possible, is the only one then. */
  find(cell: string, form: Form): readonly Somebody[] {
    const exact = form === 'any' ? this.#listed.get(userKey(cell)) : undefined;
    if (exact) return [somebody(exact, 'key')];
    const text = ADDRESSED.exec(cell)?.[1] ?? cell;
    const written = userKey(text);
    const keys = form === 'name' ? undefined : this.#underKey(written, form);
    if (keys) return [...keys].map((one) => somebody(one, 'key'));
    const named = form === 'id' ? undefined : this.#byName.get(nameKey(text));
    if (named) return [...named].map((one) => somebody(one, 'name'));
    const key = possibleKey(written, form);
    return key === undefined ? [] : [{ key, by: 'key', known: false }];
  }

  #underKey(written: string, form: 'any' | 'id'): ReadonlySet<Entered> | undefined {
    if (written.startsWith('id:')) return this.#byId.get(written.slice('id:'.length));
    const named = this.#byKey.get(written.toLowerCase());
    if (form === 'id' && !written.includes('@')) return this.#byId.get(written);
    return named ?? this.#byId.get(written);
  }

  nearest(text: string): string | undefined {
    const names = [...this.#byName.values()].flatMap((all) => [...all].map(({ name }) => name));
    return nearest(text, [...this.#byKey.keys(), ...names.filter((name) => name !== undefined)]);
  }

  #list({ key, name, released }: Listed): void {
    const known = this.#listed.get(key);
    const entered = known ?? { key, released: false };
    this.#listed.set(key, entered);
    entered.released ||= released;
    if (entered.name === undefined && name !== undefined) entered.name = name;
    add(this.#written, key.startsWith('id:') ? key : key.toLowerCase(), entered);
    if (key.startsWith('id:')) add(this.#byId, key.slice('id:'.length), entered);
    else add(this.#byKey, key.toLowerCase(), entered);
    if (name !== undefined) add(this.#byName, nameKey(name), entered);
  }

  /** A person of the platform is whomever a roster has under one of his names; else somebody new under the best of them. */
  #meet({ id, email, userName, name }: Person, key: string): void {
    const login = userName?.toLowerCase();
    const spellings = [`id:${id}`, email, login].filter((spelling) => spelling !== undefined);
    const mine = new Set(spellings.flatMap((spelling) => [...(this.#written.get(spelling) ?? [])]));
    const fresh: Entered = { key, released: false, ...(name !== undefined && { name }) };
    const all = mine.size > 0 ? mine : [fresh];
    for (const one of all) {
      if (one.name === undefined && name !== undefined) one.name = name;
      add(this.#byId, id, one);
      if (email !== undefined) add(this.#byKey, email, one);
      if (login !== undefined) add(this.#byKey, login, one);
      if (name !== undefined) add(this.#byName, nameKey(name), one);
    }
  }
}

/** Who goes by each e-mail and user name, in lower case. */
type Bearers = ReadonlyMap<string, ReadonlySet<Person>>;

function bearersOf(persons: readonly Person[]): Bearers {
  const bearers = new Map<string, Set<Person>>();
  for (const person of persons)
    for (const name of [person.email, person.userName?.toLowerCase()])
      if (name !== undefined) bearers.set(name, (bearers.get(name) ?? new Set()).add(person));
  return bearers;
}

/** What nobody else on the platform goes by. */
function bestKey({ id, email, userName }: Person, bearers: Bearers): string {
  const own = [email, userName].find(
    (name) => name !== undefined && canBeKey(name) && bearers.get(name.toLowerCase())?.size === 1,
  );
  return own === undefined ? `id:${id}` : userKey(own);
}

/** The key of somebody whom neither rosters nor platform know; a text with spaces is a name and no key. */
function possibleKey(written: string, form: Form): string | undefined {
  if (form === 'name' || /\s/.test(written) || written === 'id:') return undefined;
  return form === 'id' && !written.startsWith('id:') && !written.includes('@')
    ? `id:${written}`
    : written;
}

function somebody({ key, name }: Entered, by: NamedBy): Somebody {
  return { key, by, known: true, ...(name !== undefined && { name }) };
}

/** `Ruiz, Ana` is Ana Ruiz. */
export function nameKey(name: string): string {
  const parts = folded(name).split(/\s*,\s*/);
  const [last, first] = parts;
  return parts.length === 2 && first !== '' && last !== ''
    ? `${first} ${last}`
    : even(folded(name));
}

function add(index: Map<string, Set<Entered>>, key: string, one: Entered): void {
  const same = index.get(key);
  if (same) same.add(one);
  else index.set(key, new Set([one]));
}
