/** Who stands where in roster files. */
import { get, itemsOf, type Node, pairsOf, plain, textOf } from '../desired/node.ts';
import { parse } from '../desired/parse.ts';
import { type Locate, locator, toFinding } from '../desired/problem.ts';
import { userKey } from '../desired/roster.ts';
import { canonical } from '../model/assignment.ts';
import type { Finding, Place } from '../model/finding.ts';

/** A roster's text as it is worked on: without its byte order mark, which is kept apart. */
export interface Opened {
  readonly path: string;
  readonly mark: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly root: Node | undefined;
  readonly place: Locate;
}

const MARK = '\ufeff';

export function openRoster({ path, text: whole }: { path: string; text: string }): Opened {
  const mark = whole.startsWith(MARK) ? MARK : '';
  const text = whole.slice(mark.length);
  const { root, problems } = parse(new TextEncoder().encode(text));
  const place = locator(path, text);
  const findings = root ? [] : problems.map((problem) => toFinding(problem, place));
  return { path, mark, text, findings, root, place };
}

/** One user's entry in one file. */
export class UserEntry {
  readonly file: string;
  readonly written: string;
  readonly place: Place;
  readonly #node: Node;

  constructor(file: string, written: string, at: { readonly node: Node; readonly place: Place }) {
    this.file = file;
    this.written = written;
    this.place = at.place;
    this.#node = at.node;
  }

  get released(): boolean {
    return textOf(this.#node) === 'released';
  }

  has(section: string): boolean {
    return get(this.#node, section) !== undefined;
  }

  /** What it says of a skill, as canonical JSON; undefined when it does not name it. */
  says(section: string, skill: string): string | undefined {
    const node = get(get(this.#node, section), skill);
    return node && canonical(plain(node));
  }
}

export interface Whereabouts {
  /** By normalized key, in the order of the files. */
  readonly entries: ReadonlyMap<string, readonly UserEntry[]>;
  /** The first file that lists somebody as a member of a team. */
  readonly memberIn: ReadonlyMap<string, string>;
}

/** Entries that say `orgs` without `org` are none of its users'. */
export function locate(rosters: readonly Opened[], org: string | undefined): Whereabouts {
  const entries = new Map<string, UserEntry[]>();
  const memberIn = new Map<string, string>();
  for (const roster of rosters) {
    for (const entry of entriesOf(roster, org)) {
      const key = userKey(entry.written);
      entries.set(key, [...(entries.get(key) ?? []), entry]);
    }
    for (const key of membersOf(roster, org))
      if (!memberIn.has(key)) memberIn.set(key, roster.path);
  }
  return { entries, memberIn };
}

function entriesOf({ root, path, place }: Opened, org: string | undefined): UserEntry[] {
  const own = pairsOf(get(root, 'users')).filter(({ node }) => takesPart(node, org));
  return own.map(({ key, keyAt, node }) => new UserEntry(path, key, { node, place: place(keyAt) }));
}

function membersOf({ root }: Opened, org: string | undefined): string[] {
  const teams = pairsOf(get(root, 'teams')).filter(({ node }) => takesPart(node, org));
  return teams.flatMap(({ node }) =>
    itemsOf(get(node, 'members')).map((member) => userKey(textOf(member) ?? '')),
  );
}

function takesPart(node: Node, org: string | undefined): boolean {
  const orgs = get(node, 'orgs');
  return org === undefined || !orgs || itemsOf(orgs).some((item) => textOf(item) === org);
}

/** What a roster says of each user, as canonical JSON, by the key as it is written. */
export function usersIn(text: string): Map<string, string> {
  const { root } = openRoster({ path: '', text });
  return new Map(
    pairsOf(get(root, 'users')).map(({ key, node }) => [key, canonical(plain(node))] as const),
  );
}
