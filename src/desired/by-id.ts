/** `keys: id`: rosters name people by platform id alone, so that neither their names nor their e-mails are in git. */
import type { Org } from '../model/config.ts';
import type { Finding, Place } from '../model/finding.ts';
import { finding } from './codes.ts';
import { type Roster, takesPart } from './roster.ts';

/** No message repeats what is written: it is what shall not be told. A former key may stand, until it has been applied. */
export function checkById(
  { name: org, keys: rule }: Pick<Org, 'name' | 'keys'>,
  rosters: readonly Roster[],
): Finding[] {
  if (rule !== 'id') return [];
  const users = rosters.flatMap((roster) => roster.users).filter((user) => takesPart(user, org));
  const teams = rosters.flatMap((roster) => roster.teams).filter((team) => takesPart(team, org));
  const keys = [
    ...users.map(({ key, place }) => ({ key, place })),
    ...teams.flatMap(({ members }) => members.map(({ name, place }) => ({ key: name, place }))),
  ];
  return [
    ...keys.filter(({ key }) => !key.startsWith('id:')).map(({ place }) => notById(org, place)),
    ...users.filter(({ person }) => person !== undefined).map(({ place }) => named(org, place)),
  ];
}

function notById(org: string, place: Place): Finding {
  return finding(
    'key-not-id',
    `This names somebody otherwise than by id, and \`${org}\` says \`keys: id\`.`,
    {
      place,
      hint: 'Write `id:<platform id>`.',
    },
  );
}

function named(org: string, place: Place): Finding {
  return finding('key-not-id', `This person has a name here, and \`${org}\` says \`keys: id\`.`, {
    place,
    hint: 'Take `name` out: it is for people alone, and never compared.',
  });
}
