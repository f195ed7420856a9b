/** The truth, lag or not, and changes to it by hand: in the words of every platform, at once, and without any check of values. */
import type { SkillEntry } from './admin/entries.ts';
import { editSkills, skillsOf } from './admin/truth.ts';
import type { ControlWorld } from './control-world.ts';
import { type CxoneRow, editRows, rowsOf } from './cxone/truth.ts';
import { editLists, type GenesysLists, listsOf } from './genesys/truth.ts';

/** Everything in here throws a RangeError for unknown ids. */
export interface ByHand {
  /** A user's true list, as the Admin API has it. */
  skillsOf(userId: string): readonly SkillEntry[];
  /** Makes `skills` the user's whole list. */
  edit(userId: string, skills: readonly SkillEntry[]): void;
  readonly genesys: {
    listsOf(userId: string): GenesysLists;
    /** Replaces the lists that are named. */
    edit(userId: string, lists: Partial<GenesysLists>): void;
  };
  readonly cxone: {
    /** The agent's id of an org's user. */
    agentId(userId: string): number;
    skillId(id: string): number;
    rowsOf(agentId: number): readonly CxoneRow[];
    edit(agentId: number, rows: readonly CxoneRow[]): void;
  };
}

/** `now` does whatever is due before the org is looked at. */
export function byHand({ state, numbers, now }: ControlWorld): ByHand {
  return {
    skillsOf(userId) {
      now();
      return skillsOf(state, userId);
    },
    edit: (userId, skills) => editSkills(state, { userId, skills, at: now() }),
    genesys: {
      listsOf(userId) {
        now();
        return listsOf(state, userId);
      },
      edit: (userId, lists) => editLists(state, { userId, ...lists, at: now() }),
    },
    cxone: {
      agentId: (userId) => numbers.agentOf(userId),
      skillId: (id) => numbers.skill(id),
      rowsOf(agentId) {
        now();
        return rowsOf(numbers, agentId);
      },
      edit: (agentId, rows) => editRows(state, numbers, { agentId, rows, at: now() }),
    },
  };
}
