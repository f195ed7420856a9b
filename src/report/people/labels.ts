/**
 * Who somebody is, as told to those a report is for. Its invariant: under `initials`, `id` and `count` nothing that comes
 * out of here holds a person's name or key.
 */
import type { Place } from '../../model/finding.ts';
import type { Naming } from '../../model/report-settings.ts';
import { fileLine } from '../words.ts';
import { initialsOf } from './initials.ts';

/** What is known of a person; of `key` alone the rest is looked up. */
export interface Somebody {
  readonly key: string;
  readonly name?: string;
  readonly userId?: string;
  readonly place?: Place;
}

export interface Labels {
  readonly naming: Naming;
  /** Not escaped. */
  who(person: Somebody): string;
  /** A sentence of a guard, a finding or a held person, without what must not be told. */
  clean(sentence: string): string;
}

const NOBODY = 'somebody';
const SPLIT = /([\s,;()`"<>]+)/;
const EMAIL = /[^\s@<>"'`,;:()[\]{}/]+(?:@|%40)[^\s@<>"'`,;:()[\]{}/]+/g;
/** Words of the longest name that is looked for in a sentence. */
const LONGEST = 5;

/** `people` are all whom the report may speak of; what is said of one of them later is added up. */
export function labelsFor(naming: Naming, people: Iterable<Somebody>): Labels {
  const known = new Map<string, Somebody>();
  for (const person of people) known.set(person.key, { ...known.get(person.key), ...person });
  const full = (person: Somebody): Somebody => ({ ...known.get(person.key), ...person });
  const shared = sharedBy(known.values(), (person) => short(naming, person));
  const who = (given: Somebody): string => {
    const person = full(given);
    const label = short(naming, person);
    return shared.has(label) ? `${label} (${idOf(person)})` : label;
  };
  if (naming === 'name' || naming === 'email') return { naming, who, clean: (text) => text };
  const words = new Map<string, string>();
  for (const person of known.values()) {
    const label = naming === 'count' ? NOBODY : who(person);
    if (person.name !== undefined) words.set(person.name.toLowerCase(), label);
    words.set(person.key.toLowerCase(), label);
  }
  return { naming, who, clean: (sentence) => cleaned(sentence, words) };
}

function short(naming: Naming, person: Somebody): string {
  switch (naming) {
    case 'name':
      return person.name ?? person.key;
    case 'email':
      return person.key;
    case 'initials':
      return initialsOf(person.name ?? person.key);
    case 'id':
      return idOf(person);
    case 'count':
      return NOBODY;
  }
}

/** By the platform's id or, where it is not known, by where the files speak of him. */
function idOf({ key, userId, place }: Somebody): string {
  if (userId !== undefined) return userId;
  if (key.startsWith('id:')) return key.slice('id:'.length);
  return place === undefined ? NOBODY : fileLine(place);
}

/** Labels that more than one person would have; that of nobody in particular is not told apart. */
function sharedBy(people: Iterable<Somebody>, labelOf: (person: Somebody) => string): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const person of people) {
    const label = labelOf(person);
    if (seen.has(label) && label !== NOBODY) shared.add(label);
    seen.add(label);
  }
  return shared;
}

/** The longest run of words that is somebody's name or key is replaced, and so is all that looks like an e-mail. */
function cleaned(sentence: string, words: ReadonlyMap<string, string>): string {
  const tokens = sentence.split(SPLIT);
  let text = '';
  for (let at = 0; at < tokens.length; ) {
    const found = at % 2 === 0 ? nameAt(tokens, at, words) : undefined;
    text += found?.label ?? tokens[at];
    at += found?.length ?? 1;
  }
  return text.replace(EMAIL, NOBODY);
}

function nameAt(tokens: readonly string[], at: number, words: ReadonlyMap<string, string>) {
  for (let length = 2 * LONGEST - 1; length > 0; length -= 2) {
    const run = tokens.slice(at, at + length).join('');
    const name = run.replace(/[.:]+$/, '');
    const label = words.get(name.toLowerCase());
    if (label !== undefined) return { label: label + run.slice(name.length), length };
  }
  return undefined;
}
