/** What CXone tells: agents, skills, who has which at which proficiency, and the business unit. */
import { type Answer, json, Refusal } from '../answer.ts';
import type { Call, Params } from '../call.ts';
import type { OrgAssignment, OrgSkill, OrgUser } from '../org/org.ts';
import { userNameOf } from '../org/org.ts';
import { isOmitted } from '../seen.ts';
import { businessUnitId, flag, isFound, paged, refuseSince } from './pages.ts';
import { proficiencyOf } from './scale.ts';
import { type CxoneWorld, hiddenAgents, isSeen } from './world.ts';

const CAMPAIGN = 901;
const VOICE = 4;

export function listAgents(world: CxoneWorld, call: Call): Answer {
  refuseSince(call);
  const active = flag(call, 'isActive');
  const rows = seen(world)
    .filter((user) => active === undefined || isActive(user) === active)
    .filter((user) => isFound(call, [user.name, user.email, userNameOf(user)]))
    .map((user) => agent(world, user));
  return paged(world, call, { name: 'agents', rows, more: { hiddenAgents: hiddenAgents(world) } });
}

export function listSkills(world: CxoneWorld, call: Call): Answer {
  const active = flag(call, 'isActive');
  const medium = call.query.get('mediaTypeId');
  const rows = world.state.org.skills
    .filter(({ kind, state, unlisted }) => kind === 'skill' && state !== 'deleted' && !unlisted)
    .filter((skill) => active === undefined || isActive(skill) === active)
    .filter(({ name }) => isFound(call, [name]))
    .filter(() => medium === null || medium === String(VOICE))
    .map((skill) => ({
      skillId: world.numbers.skill(skill.id),
      skillName: skill.name,
      mediaTypeId: VOICE,
      mediaTypeName: 'Phone Call',
      isActive: isActive(skill),
      campaignId: CAMPAIGN,
    }));
  return paged(world, call, { name: 'skills', rows });
}

export function listAssignments(world: CxoneWorld, call: Call): Answer {
  const hidden = hiddenAgents(world);
  const more = hidden === 0 ? {} : { hiddenAgents: hidden };
  const users = seen(world).filter((user) => !isOmitted(world, user, 'skill'));
  return assignments(world, call, { users, more });
}

export function listOwn(world: CxoneWorld, call: Call, params: Params): Answer {
  return assignments(world, call, { users: [agentOf(world, params)], more: {} });
}

/** The agent that the path names. Throws a Refusal for one that is not there, or hidden. */
export function agentOf(world: CxoneWorld, params: Params): OrgUser {
  const user = world.numbers.user(params.get('agentId') ?? '');
  if (user === undefined || !isSeen(world, user)) {
    throw new Refusal(404, 'not_found', 'The agent was not found');
  }
  return user;
}

/** `apiPublishedLimit`: how many calls a day there should be at most. */
export function readBusinessUnit({ state }: CxoneWorld): Answer {
  const unit = { businessUnitId, businessUnitName: 'Muster Sandbox', tenantId: state.org.id };
  return json({ businessUnits: [{ ...unit, apiPublishedLimit: 250_000, isActive: true }] });
}

interface Whose {
  readonly users: readonly OrgUser[];
  readonly more: object;
}

function assignments(world: CxoneWorld, call: Call, { users, more }: Whose): Answer {
  refuseSince(call);
  const now = world.now();
  const wanted = {
    row: flag(call, 'isActive'),
    agent: flag(call, 'isAgentActive'),
    skill: flag(call, 'isSkillActive'),
  };
  const rows = users
    .filter((user) => wanted.agent === undefined || isActive(user) === wanted.agent)
    .flatMap((user) => world.state.visible(user, now).map((own) => ({ user, own })))
    .flatMap(({ user, own }) => {
      const skill = world.state.skill('skill', own.id);
      return own.kind === 'skill' && skill !== undefined ? [{ user, own, skill }] : [];
    })
    .filter(({ own }) => wanted.row === undefined || !own.inactive === wanted.row)
    .filter(({ skill }) => wanted.skill === undefined || isActive(skill) === wanted.skill)
    .filter(({ user, skill }) => isFound(call, [user.name, skill.name]))
    .map((held) => assignment(world, held));
  return paged(world, call, { name: 'agentSkillAssignments', rows, more });
}

function seen(world: CxoneWorld): readonly OrgUser[] {
  return world.state.org.users.filter((user) => isSeen(world, user));
}

function agent({ numbers }: CxoneWorld, user: OrgUser): object {
  const { id, email, team } = user;
  return {
    agentId: numbers.agent(user),
    userId: id,
    userName: userNameOf(user),
    emailAddress: email,
    ...names(user),
    isActive: isActive(user),
    teamId: numbers.team(team),
    teamName: team,
  };
}

interface Held {
  readonly user: OrgUser;
  readonly own: OrgAssignment;
  readonly skill: OrgSkill;
}

function assignment({ numbers }: CxoneWorld, { user, own, skill }: Held): object {
  return {
    agentId: numbers.agent(user),
    ...names(user),
    teamId: numbers.team(user.team),
    teamName: user.team,
    skillId: numbers.skill(skill.id),
    skillName: skill.name,
    agentProficiencyValue: proficiencyOf(own) ?? null,
    isActive: !own.inactive,
    isSkillActive: isActive(skill),
    mediaTypeId: VOICE,
    campaignId: CAMPAIGN,
  };
}

function names({ name }: OrgUser): object {
  const [firstName = '', ...rest] = name.split(' ');
  return { firstName, lastName: rest.join(' ') };
}

function isActive({ state = 'active' }: OrgUser | OrgSkill): boolean {
  return state === 'active';
}
