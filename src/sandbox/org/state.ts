/** The org in service: finds and replaces, and remembers for `lagMs` what reads still show after a write. */
import type { Kind } from '../../model/assignment.ts';
import type { Org, OrgAssignment, OrgSkill, OrgUser } from './org.ts';

interface Shadow {
  readonly until: number;
  readonly assignments: readonly OrgAssignment[];
}

export interface Replacement {
  readonly kind: Kind;
  readonly list: readonly OrgAssignment[];
  /** When it takes effect, in milliseconds since the epoch. */
  readonly at: number;
  /** How long reads go on showing what was before; 0 for a change that shows at once. */
  readonly lagMs: number;
}

export class OrgState {
  readonly org: Org;
  readonly #users: ReadonlyMap<string, OrgUser>;
  readonly #skills: ReadonlyMap<string, OrgSkill>;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #shadows = new Map<string, readonly Shadow[]>();

  constructor(org: Org) {
    this.org = org;
    this.#users = new Map(org.users.map((user) => [user.id, user]));
    this.#positions = new Map(org.users.map((user, n) => [user.id, n]));
    this.#skills = new Map(org.skills.map((skill) => [`${skill.kind} ${skill.id}`, skill]));
  }

  user(id: string): OrgUser | undefined {
    return this.#users.get(id);
  }

  /** Where the user stands in the org, from 0. */
  position(user: OrgUser): number {
    return this.#positions.get(user.id) ?? -1;
  }

  skill(kind: Kind, id: string): OrgSkill | undefined {
    return this.#skills.get(`${kind} ${id}`);
  }

  /** Makes `list` the user's whole list of that kind. */
  replace(user: OrgUser, replacement: Replacement): void {
    const { kind, list, at, lagMs } = replacement;
    if (lagMs > 0) {
      const shadow = { until: at + lagMs, assignments: user.assignments };
      this.#shadows.set(user.id, [...(this.#shadows.get(user.id) ?? []), shadow]);
    } else {
      this.#shadows.delete(user.id);
    }
    user.assignments = [...user.assignments.filter((old) => old.kind !== kind), ...list];
  }

  /** The list a read shows at the instant `now`. */
  visible(user: OrgUser, now: number): readonly OrgAssignment[] {
    const shadows = this.#shadows.get(user.id);
    if (shadows === undefined) return user.assignments;
    const left = shadows.filter((shadow) => shadow.until > now);
    if (left.length === 0) this.#shadows.delete(user.id);
    else this.#shadows.set(user.id, left);
    return left[0]?.assignments ?? user.assignments;
  }
}
