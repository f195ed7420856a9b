/** The places that speak for a user, with their ranks and chains, and who is in the files at all. */
import type { Place } from '../model/finding.ts';
import {
  type Entries,
  type Named,
  type Profile,
  type Roster,
  type Team,
  type Term,
  takesPart,
  type User,
} from './roster.ts';

export interface Layer {
  readonly rank: number;
  readonly entries: Entries;
}

/** Somebody the files name: his own entries, and the teams that list him, in the order of the files. */
export interface Somebody {
  readonly place: Place;
  readonly users: User[];
  readonly teams: Team[];
}

const FIRST_PROFILE_RANK = 2;

export function everybody(org: string, rosters: readonly Roster[]): Map<string, Somebody> {
  const all = new Map<string, Somebody>();
  const somebody = (key: string, place: Place): Somebody => {
    const known = all.get(key);
    if (known) return known;
    const made: Somebody = { place, users: [], teams: [] };
    all.set(key, made);
    return made;
  };
  for (const user of rosters.flatMap((roster) => roster.users))
    if (takesPart(user, org)) somebody(user.key, user.place).users.push(user);
  for (const team of rosters.flatMap((roster) => roster.teams)) {
    if (!takesPart(team, org)) continue;
    for (const member of team.members) {
      const { teams } = somebody(member.name, member.place);
      // Listed twice in one team: once is enough.
      if (teams.at(-1) !== team) teams.push(team);
    }
  }
  return all;
}

export function profilesByName(rosters: readonly Roster[]): ReadonlyMap<string, Profile> {
  const byName = new Map<string, Profile>();
  for (const { profiles } of rosters)
    for (const profile of profiles)
      if (!byName.has(profile.name)) byName.set(profile.name, profile);
  return byName;
}

/** What members get through a team: its own entries, then its profiles'. */
export function teamLayers(team: Team, profiles: ReadonlyMap<string, Profile>): Layer[] {
  const own: Layer = { rank: 1, entries: team.entries };
  return [own, ...profileLayers(team.profiles, [`team ${team.name}`], profiles)];
}

/** Each profile once, at its least depth; one that does not exist is a finding of load(). */
export function profileLayers(
  refs: readonly Named[],
  prefix: readonly string[],
  profiles: ReadonlyMap<string, Profile>,
): Layer[] {
  const layers: Layer[] = [];
  const seen = new Set<Profile>();
  let level = refs.map(({ name }) => ({ name, chain: prefix }));
  for (let rank = FIRST_PROFILE_RANK; level.length > 0; rank++) {
    const next: typeof level = [];
    for (const ref of level) {
      const profile = profiles.get(ref.name);
      if (!profile || seen.has(profile)) continue;
      seen.add(profile);
      const chain = [...ref.chain, `profile ${profile.name}`];
      layers.push({ rank, entries: through(profile.entries, chain) });
      next.push(...profile.extends.map(({ name }) => ({ name, chain })));
    }
    level = next;
  }
  return layers;
}

function through(entries: Entries, chain: readonly string[]): Entries {
  const rechain = (terms: readonly Term[]) =>
    terms.map((term) => ({ ...term, source: { ...term.source, chain } }));
  const map = (terms: ReadonlyMap<string, readonly Term[]>) =>
    new Map([...terms].map(([name, list]) => [name, rechain(list)] as const));
  return { skill: map(entries.skill), language: map(entries.language) };
}
