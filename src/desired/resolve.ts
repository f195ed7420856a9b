/**
 * Rosters -> the desired state of one org on one day; pure. Members of the same teams with nothing of their own share
 * their wants, so that memory grows with what is written, not with who it is for.
 */
import { byCodeUnit, KINDS, type Kind } from '../model/assignment.ts';
import type { Org, Ownership } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type {
  CatalogueEntry,
  DesiredState,
  DesiredUser,
  Want,
  WindowEdge,
} from '../model/desired.ts';
import type { Finding, Place } from '../model/finding.ts';
import { SCALES } from '../model/platform.ts';
import { Conflicts } from './conflicts.ts';
import type { Contribution } from './decide.ts';
import { type Settled, settle } from './edges.ts';
import {
  everybody,
  type Layer,
  profileLayers,
  profilesByName,
  type Somebody,
  teamLayers,
} from './layers.ts';
import type { Profile, Roster, Team } from './roster.ts';
import { checkEmptied } from './user-rules.ts';

export interface Resolved {
  readonly desired: DesiredState;
  readonly findings: readonly Finding[];
}

/** `rosters` are those load() gave for the org; what it found an error in is left out here. */
export function resolve(org: Org, rosters: readonly Roster[], day: Day): Resolved {
  const resolver = new Resolver(org, rosters, day);
  const all = everybody(org.name, rosters);
  const users = new Map<string, DesiredUser>();
  for (const key of [...all.keys()].sort(byCodeUnit))
    users.set(key, resolver.user(key, all.get(key) as Somebody));
  const desired: DesiredState = {
    org: org.name,
    day,
    users,
    catalogue: catalogueOf(org.name, rosters),
    ...(resolver.validUntil !== undefined && { validUntil: resolver.validUntil }),
    upcoming: resolver.upcoming.sort(byDay),
  };
  return { desired, findings: [...resolver.conflicts.findings(), ...checkEmptied(users.values())] };
}

type Wants = DesiredUser['wants'];
type Keys = ReadonlyMap<string, Settled>;

/** What everybody in the same teams with the same own profiles has in common. */
interface Group {
  readonly layers: readonly Layer[];
  readonly keys: { readonly [K in Kind]: Keys };
  readonly wants: Wants;
}

const NO_WANTS: ReadonlyMap<string, Want> = new Map();
const NO_KEYS: Keys = new Map();
const NOTHING: Wants = { skill: NO_WANTS, language: NO_WANTS };

class Resolver {
  readonly conflicts = new Conflicts();
  readonly upcoming: WindowEdge[] = [];
  validUntil: Day | undefined;
  readonly #org: Org;
  readonly #day: Day;
  readonly #profiles: ReadonlyMap<string, Profile>;
  readonly #teams = new Map<Team, { readonly id: number; readonly layers: readonly Layer[] }>();
  readonly #groups = new Map<string, Group>();
  readonly #names = new Map<string, readonly string[]>();

  constructor(org: Org, rosters: readonly Roster[], day: Day) {
    this.#org = org;
    this.#day = day;
    this.#profiles = profilesByName(rosters);
  }

  user(key: string, somebody: Somebody): DesiredUser {
    const released = somebody.users.some((user) => user.released);
    const name = somebody.users.find((user) => user.person !== undefined)?.person;
    const formerly = somebody.users.find((user) => user.formerly)?.formerly?.name;
    return {
      key,
      ...(name !== undefined && { name }),
      ...(formerly !== undefined && { formerly }),
      teams: this.#teamNames(somebody.teams),
      place: somebody.place,
      ownership: released ? this.#org.ownership : this.#ownership(key, somebody),
      released,
      wants: released ? NOTHING : this.#wants(key, somebody),
    };
  }

  #ownership(key: string, { users, teams }: Somebody): Ownership {
    for (const owners of [users, teams]) {
      const [first, ...rest] = owners.filter((owner) => owner.ownership);
      if (!first?.ownership) continue;
      const other = rest.find((owner) => owner.ownership !== first.ownership);
      if (other) this.conflicts.ownership(key, [first.place, other.place]);
      return first.ownership;
    }
    return this.#org.ownership;
  }

  #wants(user: string, somebody: Somebody): Wants {
    const group = this.#group(somebody);
    const own: Layer[] = somebody.users.map(({ entries }) => ({ rank: 0, entries }));
    const of = (kind: Kind): ReadonlyMap<string, Want> => {
      const keys = this.#keys(kind, own, group.layers);
      for (const [name, settled] of keys) this.#note(user, { kind, name }, settled);
      for (const [name, settled] of group.keys[kind])
        if (!keys.has(name)) this.#note(user, { kind, name }, settled);
      if (keys.size === 0) return group.wants[kind];
      return new Map([...group.wants[kind], ...wantsOf(keys)]);
    };
    return { skill: of('skill'), language: of('language') };
  }

  #group({ users, teams }: Somebody): Group {
    const refs = users.flatMap((user) => user.profiles);
    const joined = teams.map((team) => this.#team(team));
    const id = JSON.stringify([joined.map((team) => team.id), refs.map((ref) => ref.name)]);
    const known = this.#groups.get(id);
    if (known) return known;
    const layers = [
      ...profileLayers(refs, [], this.#profiles),
      ...joined.flatMap((team) => team.layers),
    ];
    const [skill, language] = KINDS.map((kind) => this.#keys(kind, layers, [])) as [Keys, Keys];
    const wants = { skill: wantsOf(skill), language: wantsOf(language) };
    const group = { layers, keys: { skill, language }, wants };
    this.#groups.set(id, group);
    return group;
  }

  /** One array for everybody in the same teams. */
  #teamNames(teams: readonly Team[]): readonly string[] {
    const names = [...new Set(teams.map((team) => team.name))].sort(byCodeUnit);
    const id = JSON.stringify(names);
    const known = this.#names.get(id);
    if (known) return known;
    this.#names.set(id, names);
    return names;
  }

  #team(team: Team): { readonly id: number; readonly layers: readonly Layer[] } {
    const known = this.#teams.get(team);
    if (known) return known;
    const made = { id: this.#teams.size, layers: teamLayers(team, this.#profiles) };
    this.#teams.set(team, made);
    return made;
  }

  /** Every key that `layers` name, settled with what `behind` says of it. */
  #keys(kind: Kind, layers: readonly Layer[], behind: readonly Layer[]): Keys {
    if (!SCALES[this.#org.platform][kind]) return NO_KEYS;
    const keys = new Map<string, Settled>();
    const all = [...layers, ...behind];
    for (const { entries } of layers)
      for (const name of entries[kind].keys())
        if (!keys.has(name))
          keys.set(
            name,
            settle(contributionsTo(kind, name, all), { org: this.#org, day: this.#day }),
          );
    return keys;
  }

  #note(user: string, key: { kind: Kind; name: string }, settled: Settled): void {
    if (settled.conflict) this.conflicts.values(user, key, settled.conflict);
    if (settled.ahead) this.conflicts.ahead(user, key, settled.ahead);
    for (const edge of settled.edges) this.upcoming.push({ ...edge, user, ...key });
    const { next } = settled;
    if (next !== undefined && (this.validUntil === undefined || next < this.validUntil))
      this.validUntil = next;
  }
}

function contributionsTo(kind: Kind, name: string, layers: readonly Layer[]): Contribution[] {
  const contributions: Contribution[] = [];
  for (const { rank, entries } of layers) {
    const terms = entries[kind].get(name);
    if (terms) contributions.push({ rank, terms });
  }
  return contributions;
}

function wantsOf(keys: Keys): ReadonlyMap<string, Want> {
  const wants = new Map<string, Want>();
  for (const [name, { want }] of keys) if (want) wants.set(name, want);
  return wants;
}

function catalogueOf(org: string, rosters: readonly Roster[]): Map<string, CatalogueEntry> {
  const catalogue = new Map<string, CatalogueEntry>();
  for (const { name, place, ids, id: only } of rosters.flatMap((roster) => roster.skills)) {
    const id = ids.get(org) ?? only;
    if (catalogue.get(name)?.id !== undefined) continue;
    if (id !== undefined) catalogue.set(name, { name, id, place });
    else if (!catalogue.has(name)) catalogue.set(name, { name, place });
  }
  return catalogue;
}

function byDay(a: WindowEdge, b: WindowEdge): number {
  return (
    byCodeUnit(a.day, b.day) ||
    byCodeUnit(a.user, b.user) ||
    byCodeUnit(a.kind, b.kind) ||
    byCodeUnit(a.name, b.name) ||
    byCodeUnit(a.edge, b.edge) ||
    placeOrder(a.place, b.place)
  );
}

function placeOrder(a: Place, b: Place): number {
  return byCodeUnit(a.file, b.file) || a.line - b.line || a.col - b.col;
}
