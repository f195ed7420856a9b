/**
 * Loans without a way back. A windowed value over a live value that nobody declares would destroy that value when the
 * window ends, so it is held: it takes no part in the diff, and its id is carried like a foreign one. Where the files
 * own the whole list an undeclared value is theirs to remove, so nothing is held.
 */
import { type Assignments, KINDS, keyed, sameValue } from '../model/assignment.ts';
import type { Held, Target, TargetWant } from '../model/target.ts';

/** `target` without the loans that have no way back from `live`, and those loans, held. */
export function holdLoans(target: Target, live: Assignments): { target: Target; held: Held[] } {
  const held: Held[] = [];
  if (target.ownership === 'complete') return { target, held };
  const wants = { skill: keyed<TargetWant>(), language: keyed<TargetWant>() };
  for (const kind of KINDS) {
    for (const [id, wanted] of Object.entries(target.wants[kind])) {
      const { want, value, name } = wanted;
      const old = live[kind][id];
      const destroys =
        want.state === 'value' && want.loan && old !== undefined && !sameValue(old, value);
      if (!destroys) {
        wants[kind][id] = wanted;
        continue;
      }
      const { file, line, col } = want.source;
      held.push({
        key: target.key,
        userId: target.person.id,
        assignment: { kind, id, name },
        reason: 'loan-no-return',
        message: `${name} has a live value that no file declares; it would be lost when the loan ends.`,
        hint: 'Put the value to return to beside the entry, as a list, or say `then: absent` in it.',
        place: { file, line, col },
      });
    }
  }
  return held.length === 0 ? { target, held } : { target: { ...target, wants }, held };
}
