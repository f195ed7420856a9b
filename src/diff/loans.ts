/**
 * Loans without a way back. A windowed value over a live value that nobody declares would destroy that value when the
 * window ends, so it is held: it takes no part in the diff, and its id is carried like a foreign one. What the base had
 * given is declared: its history is in the files; what may never have been written declares no more than its own value. Where the files own the whole list an undeclared value is theirs to
 * remove, so nothing is held.
 */
import { type Assignments, isHeld, KINDS, keyed, sameValue } from '../model/assignment.ts';
import type { Held, Target, TargetWant } from '../model/target.ts';
import type { BaseSide } from './diff.ts';

export interface Loans {
  readonly target: Target;
  readonly held: readonly Held[];
  /** How many of the held the differ, not finding them in the files or a base, takes for foreign. */
  readonly undeclared: number;
}

/** `target` without the loans that have no way back from `live`, and those loans, held. */
export function holdLoans(target: Target, live: Assignments, base: readonly BaseSide[]): Loans {
  const held: Held[] = [];
  let undeclared = 0;
  if (target.ownership === 'complete') return { target, held, undeclared };
  const wants = { skill: keyed<TargetWant>(), language: keyed<TargetWant>() };
  for (const kind of KINDS) {
    for (const [id, wanted] of Object.entries(target.wants[kind])) {
      const { want, value, name } = wanted;
      const old = live[kind][id];
      const lends = want.state === 'value' && want.loan;
      const declared = base.some(({ onDay, unsure }) => {
        const gave = onDay?.wants[kind][id]?.value;
        return gave !== undefined && (!unsure || sameValue(gave, old));
      });
      const destroys = lends && !declared && isHeld(old) && !sameValue(old, value);
      if (!destroys) {
        wants[kind][id] = wanted;
        continue;
      }
      if (!base.some(({ onDay }) => onDay?.wants[kind][id] !== undefined)) undeclared += 1;
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
  return { target: held.length === 0 ? target : { ...target, wants }, held, undeclared };
}
