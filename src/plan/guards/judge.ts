/**
 * The guards over a whole plan. Pure. No verdict depends on the order of anything that is handed in, and a guard that
 * cannot be judged does not pass.
 */
import type { Guards, Override } from '../../model/guard.ts';
import type { GuardVerdict } from '../../model/plan.ts';
import { judgeCoverage } from './coverage.ts';
import { judgeFreeze } from './freeze.ts';
import type { GuardInput, Judged } from './input.ts';
import { judgeLeavers, judgeRemovals, judgeUsers } from './limits.ts';
import { judgeProtected } from './protected.ts';
import { judgeRules } from './rules.ts';
import { judgeSkills } from './skills.ts';
import { strictest } from './stricter.ts';
import { told, verdict } from './words.ts';

export type { GuardInput } from './input.ts';

/** One verdict for each guard that has something to look at, passed or not, always in the same order. */
export function judge(input: GuardInput): GuardVerdict[] {
  const judged: Judged = { ...input, guards: strictest(input.guards) };
  return [
    judgeRemovals(judged),
    judgeUsers(judged),
    judgeLeavers(judged),
    judgeSkills(judged),
    judgeCoverage(judged),
    freezeOf(judged),
    judgeProtected(judged),
    judgeRules(judged),
    judgeBase(judged),
  ].filter((found) => found !== undefined);
}

/** The freeze alone, for a plan that is applied later than it was made; undefined when none is set. */
export function freezeVerdict(guards: readonly Guards[], now: number): GuardVerdict | undefined {
  return judgeFreeze(strictest(guards).freeze, now);
}

/** What still refuses the plan once `overrides` are taken into account. */
export function refusals(
  verdicts: readonly GuardVerdict[],
  overrides: readonly Override[],
): GuardVerdict[] {
  const allowed = new Set(overrides.map(({ guard }) => guard));
  return verdicts.filter(({ guard, passed }) => !passed && !allowed.has(guard));
}

/** A plan that changes nobody needs no moment to be applied at. */
function freezeOf({ guards, diffs, now }: Judged): GuardVerdict | undefined {
  const found = judgeFreeze(guards.freeze, now);
  if (!found || found.passed || diffs.length > 0) return found;
  return verdict('freeze', true, `Nothing is changed. ${found.message}`);
}

function judgeBase({ doubts }: Judged): GuardVerdict | undefined {
  if (doubts.length === 0) return undefined;
  return verdict('base', false, `The base cannot be used as it is. ${told(doubts)}`);
}
