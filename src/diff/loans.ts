/**
 * Loans without a way back. A windowed value over a live value that nobody declares would destroy that value when the
 * window ends, so it is held: it takes no part in the diff, and its id is carried like a foreign one. It stays held when
 * the window has ended meanwhile: what it never covered is not its to take away. What the base had given is declared: its
 * history is in the files; what may never have been written declares no more than its own value. Where the files own the
 * whole list an undeclared value is theirs to remove, so nothing is held.
 */
import {
  type Assignments,
  isHeld,
  KINDS,
  type Kind,
  keyed,
  sameValue,
  type Value,
} from '../model/assignment.ts';
import type { Held, Target, TargetWant } from '../model/target.ts';
import type { BaseSide } from './diff.ts';
import { lends } from './table.ts';

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
      const gave = base.map(({ onDay, unsure }) => ({ said: onDay?.wants[kind][id], unsure }));
      if (!destroys(wanted, live[kind][id], gave)) {
        wants[kind][id] = wanted;
        continue;
      }
      if (!gave.some(({ said }) => said !== undefined)) undeclared += 1;
      held.push(withoutReturn(target, { kind, id, wanted }));
    }
  }
  return { target: held.length === 0 ? target : { ...target, wants }, held, undeclared };
}

/** What a point that may stand for the base said of one id. */
interface Gave {
  readonly said: TargetWant | undefined;
  readonly unsure: boolean | undefined;
}

function destroys(
  { want, value }: TargetWant,
  old: Value | undefined,
  gave: readonly Gave[],
): boolean {
  if (!isHeld(old) || want.state === 'pending' || want.loan !== true) return false;
  const declared = gave.some(({ said, unsure }) => {
    return said?.value !== undefined && (!unsure || sameValue(said.value, old));
  });
  if (declared) return false;
  if (want.state === 'value') return !sameValue(old, value);
  return gave.some(({ said, unsure }) => unsure && said !== undefined && lends(said));
}

/** Whether files that may never have been written lend over what is there: what it was before only they can tell. */
export function lendsOver(live: Assignments, base: readonly BaseSide[]): boolean {
  return base.some(({ onDay, unsure }) => {
    if (!unsure || onDay === undefined) return false;
    return KINDS.some((kind) =>
      Object.entries(onDay.wants[kind]).some(([id, said]) => {
        const old = live[kind][id];
        return lends(said) && isHeld(old) && !sameValue(old, said.value);
      }),
    );
  });
}

interface Lent {
  readonly kind: Kind;
  readonly id: string;
  readonly wanted: TargetWant;
}

function withoutReturn({ key, person }: Target, { kind, id, wanted }: Lent): Held {
  const { want, name } = wanted;
  const { file, line, col } = want.source;
  const message =
    want.state === 'value'
      ? `${name} has a live value that no file declares; it would be lost when the loan ends.`
      : `${name} has a live value that no file declares, from before a loan that was held and has ended.`;
  return {
    key,
    userId: person.id,
    assignment: { kind, id, name },
    reason: 'loan-no-return',
    message,
    hint:
      want.state === 'value'
        ? 'Put the value to return to beside the entry, as a list, or say `then: absent` in it.'
        : 'Take the entry out to leave the value alone, or say `then: absent` in it.',
    place: { file, line, col },
  };
}
