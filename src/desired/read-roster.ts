/** Located data -> Roster. The schema has told of wrong shapes; this takes what is well-formed and applies the named rules of one file. */
import type { Ownership } from '../model/config.ts';
import { emptyName, readEntries } from './entry.ts';
import { get, itemsOf, type Node, type Pair, pairsOf, textOf } from './node.ts';
import {
  type CatalogueName,
  type Named,
  type Profile,
  type Roster,
  type Team,
  takesPart,
  type User,
  userKey,
} from './roster.ts';
import { checkKey, type Reader, report, type Sheet } from './sheet.ts';
import { didYouMean, listed } from './suggest.ts';

const OWN: readonly string[] = [];

export function readRoster(sheet: Sheet, root: Node): Roster {
  const section = <T>(key: string, read: (sheet: Sheet, pair: Pair) => T): T[] =>
    pairsOf(get(root, key)).map((pair) => {
      if (pair.key !== '' && pair.key.trim() === '') emptyName(sheet, pair.keyAt);
      return read(sheet, pair);
    });
  return {
    file: sheet.place(0).file,
    skills: section('skills', readSkill),
    profiles: section('profiles', readProfile),
    teams: section('teams', readTeam),
    users: section('users', readUser),
  };
}

function readSkill(sheet: Sheet, { key, keyAt, node }: Pair): CatalogueName {
  const id = textOf(get(node, 'id'));
  const ids = new Map<string, string>();
  for (const pair of pairsOf(get(node, 'ids'))) {
    checkOrg(sheet, pair.key, pair.keyAt);
    const text = textOf(pair.node);
    if (text !== undefined) ids.set(pair.key, text);
  }
  if (id !== undefined && sheet.served.length > 1)
    report(sheet, 'id-ambiguous', keyAt, {
      message: `\`${key}\` has one id, but ${listed(sheet.served.map((org) => org.name))} read this file.`,
      hint: 'Write `ids`, with an id for each org.',
    });
  return { name: key, place: sheet.place(keyAt), ids, ...(id !== undefined && { id }) };
}

function readProfile(sheet: Sheet, { key, keyAt, node }: Pair): Profile {
  const chain = [`profile ${key}`];
  return {
    name: key,
    place: sheet.place(keyAt),
    extends: readNames(sheet, get(node, 'extends')),
    entries: readEntries(sheet, node, { chain, orgs: sheet.served }),
  };
}

function readTeam(sheet: Sheet, { key, keyAt, node }: Pair): Team {
  const scope = readScope(sheet, node);
  const orgs = orgsOf(sheet, scope);
  return {
    name: key,
    place: sheet.place(keyAt),
    ...scope,
    profiles: readNames(sheet, get(node, 'profiles')),
    members: readTexts(get(node, 'members')).map(({ text, at }) => {
      checkKey(sheet, text, at);
      return { name: userKey(text), place: sheet.place(at) };
    }),
    entries: readEntries(sheet, node, { chain: [`team ${key}`], orgs }),
  };
}

function readUser(sheet: Sheet, { key, keyAt, node }: Pair): User {
  checkKey(sheet, key, keyAt);
  const scope = readScope(sheet, node);
  const person = textOf(get(node, 'name'));
  const formerly = readFormer(sheet, get(node, 'formerly'));
  return {
    name: key,
    key: userKey(key),
    place: sheet.place(keyAt),
    ...scope,
    ...(person !== undefined && { person }),
    ...(formerly && { formerly }),
    released: textOf(node) === 'released',
    profiles: readNames(sheet, get(node, 'profiles')),
    entries: readEntries(sheet, node, { chain: OWN, orgs: orgsOf(sheet, scope) }),
  };
}

function readFormer(sheet: Sheet, node: Node | undefined): Named | undefined {
  const text = textOf(node);
  if (!node || text === undefined || text.trim() === '') return undefined;
  checkKey(sheet, text, node.at);
  return { name: userKey(text), place: sheet.place(node.at) };
}

interface Scope {
  readonly orgs?: readonly string[];
  readonly ownership?: Ownership;
}

function readScope(sheet: Sheet, node: Node): Scope {
  const written = get(node, 'orgs');
  const orgs = readTexts(written);
  for (const { text, at } of orgs) checkOrg(sheet, text, at);
  const ownership = textOf(get(node, 'ownership'));
  return {
    ...(written && { orgs: orgs.map(({ text }) => text) }),
    ...((ownership === 'listed' || ownership === 'complete') && { ownership }),
  };
}

function orgsOf(sheet: Sheet, scope: Scope): readonly Reader[] {
  return scope.orgs ? sheet.served.filter((org) => takesPart(scope, org.name)) : sheet.served;
}

function checkOrg(sheet: Sheet, name: string, at: number): void {
  if (sheet.orgNames.includes(name)) return;
  report(sheet, 'org-unknown', at, {
    message: `There is no org \`${name}\` in muster.yaml.`,
    hint: didYouMean(name, sheet.orgNames, `There are: ${listed(sheet.orgNames)}.`),
  });
}

function readNames(sheet: Sheet, node: Node | undefined): Named[] {
  return readTexts(node).map(({ text, at }) => ({ name: text, place: sheet.place(at) }));
}

function readTexts(node: Node | undefined): { text: string; at: number }[] {
  const texts: { text: string; at: number }[] = [];
  for (const item of itemsOf(node)) {
    const text = textOf(item);
    if (text !== undefined && text.trim() !== '') texts.push({ text, at: item.at });
  }
  return texts;
}
