/** The rules over all rosters of one org that hold on every day. */
import type { Finding } from '../model/finding.ts';
import { bare, finding } from './codes.ts';
import { lookAlikes } from './look-alike.ts';
import { type Named, type Profile, type Roster, takesPart } from './roster.ts';
import { didYouMean, listed } from './suggest.ts';
import { checkFormer, checkUsers } from './user-rules.ts';

export function checkOrg(org: string, rosters: readonly Roster[]): Finding[] {
  const profiles = rosters.flatMap((roster) => roster.profiles);
  const teams = rosters.flatMap((roster) => roster.teams).filter((team) => takesPart(team, org));
  const users = rosters.flatMap((roster) => roster.users).filter((user) => takesPart(user, org));
  const refs = [...profiles.flatMap((profile) => profile.extends)];
  for (const owner of [...teams, ...users]) refs.push(...owner.profiles);
  return [
    ...twice(profiles, 'profile'),
    ...twice(teams, 'team'),
    ...unknown(refs, profiles),
    ...cycles(profiles),
    ...checkCatalogue(org, rosters),
    ...checkUsers(users),
    ...checkFormer(
      users,
      teams.flatMap((team) => team.members),
    ),
    ...lookAlikes(profiles, 'profiles'),
    ...lookAlikes(teams, 'teams'),
    ...lookAlikes([...users, ...teams.flatMap((team) => team.members)].map(asKey), 'users'),
    ...lookAlikes(skillNames(rosters), 'skills'),
    ...lookAlikes(entryNames(rosters, 'language'), 'languages'),
  ];
}

function asKey(user: Named & { readonly key?: string }): Named {
  return { name: user.key ?? user.name, place: user.place };
}

function* skillNames(rosters: readonly Roster[]): Iterable<Named> {
  for (const roster of rosters) yield* roster.skills;
  yield* entryNames(rosters, 'skill');
}

function* entryNames(rosters: readonly Roster[], kind: 'skill' | 'language'): Iterable<Named> {
  for (const { profiles, teams, users } of rosters)
    for (const owner of [...profiles, ...teams, ...users])
      for (const [name, terms] of owner.entries[kind])
        for (const term of terms.slice(0, 1)) yield { name, place: bare(term.source) };
}

const TWICE = { profile: 'profile-duplicate', team: 'team-duplicate' } as const;

function twice(all: readonly Named[], what: 'profile' | 'team'): Finding[] {
  const first = new Map<string, Named>();
  const findings: Finding[] = [];
  for (const named of all) {
    const before = first.get(named.name);
    if (!before) first.set(named.name, named);
    // Within one file it is a duplicate key, which has been told.
    else if (before.place.file !== named.place.file)
      findings.push(
        finding(TWICE[what], `The ${what} \`${named.name}\` is defined in two files.`, {
          place: named.place,
          hint: 'Keep one of them, or give one another name.',
          related: [before.place],
        }),
      );
  }
  return findings;
}

function unknown(refs: readonly Named[], profiles: readonly Profile[]): Finding[] {
  const names = new Set(profiles.map((profile) => profile.name));
  const others = names.size > 0 ? `There are: ${listed(names)}.` : 'Define it under `profiles`.';
  return refs
    .filter((ref) => !names.has(ref.name))
    .map((ref) =>
      finding('profile-unknown', `There is no profile \`${ref.name}\`.`, {
        place: ref.place,
        hint: didYouMean(ref.name, names, others),
      }),
    );
}

/** One finding a cycle, at the profile of it that comes first. */
function cycles(profiles: readonly Profile[]): Finding[] {
  const byName = new Map(profiles.map((profile) => [profile.name, profile]));
  const settled = new Set<string>();
  const findings: Finding[] = [];
  const visit = (profile: Profile, path: readonly Profile[]): void => {
    const start = path.indexOf(profile);
    if (start !== -1) {
      findings.push(cycle(path.slice(start)));
      return;
    }
    if (settled.has(profile.name)) return;
    for (const { name } of profile.extends) {
      const next = byName.get(name);
      if (next) visit(next, [...path, profile]);
    }
    settled.add(profile.name);
  };
  for (const profile of byName.values()) visit(profile, []);
  return findings;
}

function cycle(members: readonly Profile[]): Finding {
  const [first, ...rest] = members as [Profile, ...Profile[]];
  const round = [...members, first].map((profile) => `\`${profile.name}\``).join(' -> ');
  return finding('extends-cycle', `Profiles extend each other in a circle: ${round}.`, {
    place: first.place,
    hint: 'Take one of them out of `extends`.',
    related: rest.map((profile) => profile.place),
  });
}

/** The id a name is pinned to in an org. */
function checkCatalogue(org: string, rosters: readonly Roster[]): Finding[] {
  const byName = new Map<string, Named & { id: string }>();
  const byId = new Map<string, Named>();
  const findings: Finding[] = [];
  for (const skill of rosters.flatMap((roster) => roster.skills)) {
    const id = skill.ids.get(org) ?? skill.id;
    if (id === undefined) continue;
    const same = byName.get(skill.name);
    const holder = byId.get(id);
    if (same && same.id !== id) findings.push(pinnedTwice(skill, same));
    else if (holder && holder.name !== skill.name) findings.push(shared(skill, holder, id));
    byName.set(skill.name, { name: skill.name, place: skill.place, id });
    byId.set(id, skill);
  }
  return findings;
}

function pinnedTwice(skill: Named, other: Named): Finding {
  return finding('skill-id-conflict', `\`${skill.name}\` is pinned to two different ids.`, {
    place: skill.place,
    hint: 'Keep the id that the platform shows for it.',
    related: [other.place],
  });
}

function shared(skill: Named, holder: Named, id: string): Finding {
  return finding(
    'skill-id-shared',
    `\`${skill.name}\` and \`${holder.name}\` are both pinned to the id \`${id}\`.`,
    {
      place: skill.place,
      hint: 'Keep one name for one skill.',
      related: [holder.place],
    },
  );
}
