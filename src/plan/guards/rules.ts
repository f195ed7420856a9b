/** Whoever holds one skill must, or must not, hold another. Refuses only people whom the plan itself makes break it. */
import type { Assignments } from '../../model/assignment.ts';
import type { HoldingRule } from '../../model/guard.ts';
import type { GuardVerdict } from '../../model/plan.ts';
import { holds, unknownNames, type Wanted } from './holders.ts';
import type { Judged } from './input.ts';
import { count, named, quoted, told, verdict } from './words.ts';

export function judgeRules(judged: Judged): GuardVerdict | undefined {
  const { guards, idsOf } = judged;
  const { rules } = guards;
  if (rules.length === 0) return undefined;
  const hits = rules.flatMap((rule) => broken(rule, judged));
  const unknown = unknownNames(rules.flatMap(namesOf), idsOf);
  if (unknown.length > 0)
    hits.push(`Rules name what is not on the platform: ${named(unknown.map(quoted))}.`);
  if (hits.length > 0) return verdict('rules', false, told(hits));
  const all = count(rules.length, 'rule', 'rules');
  return verdict('rules', true, `Nobody is made to break any of ${all}.`);
}

function namesOf({ holds: holder, must, mustNot }: HoldingRule): string[] {
  return [holder, must, mustNot].filter((name) => name !== undefined);
}

/** A sentence that names those whom the plan makes break the rule; none where it makes nobody. */
function broken(rule: HoldingRule, { diffs, idsOf, better }: Judged): string[] {
  // Looked up once: it is asked of everybody.
  const wanted = (name: string | undefined) => name !== undefined && { ids: idsOf(name), better };
  const holder: Wanted = { ids: idsOf(rule.holds), better };
  const [must, mustNot] = [wanted(rule.must), wanted(rule.mustNot)];
  const breaks = (list: Assignments) =>
    holds(list, holder) && ((must && !holds(list, must)) || (mustNot && holds(list, mustNot)));
  const breakers = diffs.filter(({ before, after }) => breaks(after) && !breaks(before));
  if (breakers.length === 0) return [];
  const why = rule.reason === undefined ? '' : ` (${rule.reason})`;
  const whom = `${breakers.length} would break that: ${named(breakers.map(({ key }) => key))}`;
  return [`Whoever holds ${inWords(rule)}${why}; ${whom}.`];
}

function inWords({ holds: holder, must, mustNot }: HoldingRule): string {
  if (must === undefined) return `${quoted(holder)} must not hold ${quoted(String(mustNot))}`;
  return `${quoted(holder)} must hold ${quoted(must)}`;
}
