/** Entries of people new in the files, as they are written: one line an assignment, or what people share in profiles. */
import { skeleton } from '../desired/look-alike.ts';
import { byCodeUnit, KINDS } from '../model/assignment.ts';
import type { Addition } from '../rosters/add.ts';
import type { Tree } from '../rosters/write.ts';
import { factor } from './factor.ts';
import type { Newcomer, Own } from './newcomers.ts';

export interface Written {
  readonly additions: readonly Addition[];
  /** Profiles that were made. */
  readonly profiles: number;
}

export function plainEntries(newcomers: readonly Newcomer[]): Written {
  const additions = newcomers.map(({ key, name, file, entries }): Addition => {
    const tree = userTree(name, { entries, profiles: [] });
    return { file, section: 'users', key, tree, blocks: 2 };
  });
  return { additions, profiles: 0 };
}

/** Of compact entries, the longest line. */
const WIDTH = 100;

interface Shelf {
  /** Names of profiles that there are already. */
  readonly taken: Iterable<string>;
  /** The file for profiles of people in several files. */
  readonly file: string;
}

/** What at least three people have in common becomes a profile; what is left of each is written compactly. */
export function profiledEntries(newcomers: readonly Newcomer[], shelf: Shelf): Written {
  const { shared, rest } = factor(newcomers.map(({ entries }) => entries.map(itemOf)));
  const nameFor = namer(shelf.taken);
  const profilesOf = newcomers.map((): string[] => []);
  const profiles = shared.map(({ items, holders }): Addition => {
    const having = holders.map((at) => newcomers[at] as Newcomer);
    const entries = items.map(ownOf).sort(byKindAndName);
    const key = nameFor(entries, having);
    for (const at of holders) profilesOf[at]?.push(key);
    const tree = new Map(sectionsOf(entries));
    return { file: fileOf(having, shelf), section: 'profiles', key, tree, blocks: 1, width: WIDTH };
  });
  const users = newcomers.map(({ key, name, file }, at): Addition => {
    const own = { entries: (rest[at] ?? []).map(ownOf), profiles: (profilesOf[at] ?? []).sort() };
    return { file, section: 'users', key, tree: userTree(name, own), blocks: 1, width: WIDTH };
  });
  return { additions: [...profiles, ...users], profiles: profiles.length };
}

function fileOf([first, ...others]: readonly Newcomer[], shelf: Shelf): string {
  const alone = first && others.every(({ file }) => file === first.file);
  return alone ? first.file : shelf.file;
}

/** A team's own profile is called by the team, any other by the first of what it gives; and by how much, where need be. */
function namer(taken: Iterable<string>) {
  const shapes = new Set([...taken].map(skeleton));
  return (entries: readonly Own[], having: readonly Newcomer[]): string => {
    const teams = new Set(having.map(({ person }) => person.team));
    const [team] = teams.size === 1 ? teams : [];
    const first = entries.slice(0, 2);
    const plain = worded(team ?? '') || joined(first.map(({ name }) => worded(name)));
    const exact = joined(first.map(({ name, value }) => worded(`${name} ${value}`)));
    const name = firstFree([plain, ...(team === undefined ? [exact] : [])], shapes);
    shapes.add(skeleton(name));
    return name;
  };
}

/** Letters and digits of any script, and dashes for all else: the name of a profile is no name of a file. */
function worded(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return words.replace(/^-+|-+$/g, '');
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].filter((word) => word !== '').join('-') || 'profile';
}

function firstFree(names: readonly string[], taken: ReadonlySet<string>): string {
  const free = names.find((name) => !taken.has(skeleton(name)));
  if (free !== undefined) return free;
  const base = names.at(-1) ?? 'profile';
  let n = 2;
  while (taken.has(skeleton(`${base}-${n}`))) n += 1;
  return `${base}-${n}`;
}

function itemOf({ kind, name, value }: Own): string {
  return JSON.stringify([kind, name, value]);
}

function ownOf(item: string): Own {
  const [kind, name, value] = JSON.parse(item);
  return { kind, name, value };
}

function byKindAndName(a: Own, b: Own): number {
  return byCodeUnit(a.kind, b.kind) || byCodeUnit(a.name, b.name);
}

function userTree(
  name: string | undefined,
  { entries, profiles }: { entries: readonly Own[]; profiles: readonly string[] },
): Tree {
  return new Map<string, Tree>([
    ...(name === undefined ? [] : [['name', name] as const]),
    ...(profiles.length === 0 ? [] : [['profiles', profiles] as const]),
    ...sectionsOf(entries),
  ]);
}

const SECTIONS = { skill: 'skills', language: 'languages' } as const;

function sectionsOf(entries: readonly Own[]): (readonly [string, Tree])[] {
  return KINDS.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    if (own.length === 0) return [];
    return [[SECTIONS[kind], new Map(own.map(({ name, value }) => [name, value]))] as const];
  });
}
