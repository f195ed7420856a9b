/** CXone's own ids: whole numbers in what it tells, the same as text in what it is told. */
import { findUser } from '../org/find.ts';
import type { Org, OrgSkill, OrgUser } from '../org/org.ts';
import type { OrgState } from '../org/state.ts';

const FIRST_AGENT = 1001;
const FIRST_SKILL = 4001;
const FIRST_TEAM = 201;

export class Numbers {
  readonly #state: OrgState;
  readonly #agents: ReadonlyMap<string, OrgUser>;
  readonly #skills: ReadonlyMap<string, OrgSkill>;
  readonly #skillNumbers: ReadonlyMap<string, number>;
  readonly #teams: ReadonlyMap<string, number>;

  constructor(state: OrgState) {
    const { org } = state;
    this.#state = state;
    this.#agents = new Map(org.users.map((user) => [String(this.agent(user)), user]));
    const skills = org.skills
      .filter(({ kind }) => kind === 'skill')
      .map((skill, n) => [numberOf(skill.id, FIRST_SKILL + n), skill] as const);
    this.#skills = new Map(skills.map(([number, skill]) => [String(number), skill]));
    this.#skillNumbers = new Map(skills.map(([number, { id }]) => [id, number]));
    this.#teams = teamNumbers(org);
  }

  /** An id that is a number already stands for itself. */
  agent(user: OrgUser): number {
    return numberOf(user.id, FIRST_AGENT + this.#state.position(user));
  }

  /** Throws a RangeError for an unknown user. */
  agentOf(userId: string): number {
    return this.agent(findUser(this.#state, userId));
  }

  skill(id: string): number {
    return this.#skillNumbers.get(id) ?? 0;
  }

  team(name: string): number {
    return this.#teams.get(name) ?? 0;
  }

  user(agentId: string): OrgUser | undefined {
    return this.#agents.get(agentId);
  }

  orgSkill(skillId: string): OrgSkill | undefined {
    return this.#skills.get(skillId);
  }
}

function numberOf(id: string, otherwise: number): number {
  return /^\d{1,9}$/.test(id) ? Number(id) : otherwise;
}

function teamNumbers({ users }: Org): ReadonlyMap<string, number> {
  const names = [...new Set(users.map(({ team }) => team))];
  return new Map(names.map((name, n) => [name, FIRST_TEAM + n]));
}
