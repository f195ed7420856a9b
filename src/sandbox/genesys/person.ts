/** A user as Genesys Cloud shows him, with the lists that `expand` asks for. */
import type { Kind } from '../../model/assignment.ts';
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import { mix, stableId } from '../org/random.ts';
import type { OrgState } from '../org/state.ts';
import type { World } from '../world.ts';
import { proficiencyOf } from './scale.ts';

const DIVISIONS = 32;

export const LISTS = { skill: 'skills', language: 'languages' } as const;
export const ROUTING = { skill: 'routingskills', language: 'routinglanguages' } as const;

export function person({ settings }: World, user: OrgUser): Readonly<Record<string, unknown>> {
  const { id, name, email, team, state = 'active' } = user;
  return {
    id,
    name,
    division: { id: divisionId(settings.seed, team), name: team },
    department: team,
    email,
    state,
    username: email,
    version: 1,
    acdAutoAnswer: false,
    selfUri: `/api/v2/users/${id}`,
  };
}

/** The list of one kind, as it stands inside a user. */
export function entries(
  state: OrgState,
  list: readonly OrgAssignment[],
  kind: Kind,
): readonly object[] {
  return list.filter((held) => held.kind === kind).map((held) => entry(state, held));
}

/** One assignment; `selfUri` is there where the user is told. */
export function entry(state: OrgState, held: OrgAssignment, userId?: string): object {
  const { kind, id, inactive } = held;
  const skill = state.skill(kind, id);
  const proficiency = proficiencyOf(held);
  const deleted = skill?.state === 'deleted';
  return {
    id,
    name: skill?.name ?? '',
    ...(proficiency === undefined ? {} : { proficiency }),
    state: deleted ? 'deleted' : inactive ? 'inactive' : 'active',
    [`${kind}Uri`]: `/api/v2/routing/${LISTS[kind]}/${id}`,
    ...(userId === undefined ? {} : { selfUri: `/api/v2/users/${userId}/${ROUTING[kind]}/${id}` }),
  };
}

/** The same for the same name in every answer. */
function divisionId(seed: number, team: string): string {
  let hash = 0;
  for (const letter of team) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return stableId(mix(seed, DIVISIONS), hash);
}
