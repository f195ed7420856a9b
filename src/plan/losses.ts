/** Which skills and languages a plan takes from somebody, and how many people hold them. */
import { type Assignments, byCodeUnit, isHeld, KINDS, type Kind } from '../model/assignment.ts';
import type { LiveState } from '../model/live.ts';
import type { Loss, UserDiff } from '../model/plan.ts';
import { type People, peopleOf } from './guards/holders.ts';

interface Counted {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  lose: number;
  gain: number;
  holders: number;
}

type ByKind = { readonly [K in Kind]: Map<string, Counted> };

/** The most losers first. Only people the platform says are active count. */
export function lossesOf({ still, changed }: People): Required<Loss>[] {
  const losses: ByKind = { skill: new Map(), language: new Map() };
  const changes = changed.flatMap((user) => user.changes);
  for (const { kind, id, name, action } of changes) {
    if (action !== 'remove') continue;
    const loss = losses[kind].get(id) ?? { kind, id, name, lose: 0, gain: 0, holders: 0 };
    loss.lose += 1;
    losses[kind].set(id, loss);
  }
  for (const { kind, id, action } of changes) {
    const loss = action === 'add' ? losses[kind].get(id) : undefined;
    if (loss) loss.gain += 1;
  }
  for (const list of still) countHolder(list, losses);
  for (const { before } of changed) countHolder(before, losses);
  return KINDS.flatMap((kind) => [...losses[kind].values()]).sort(worstFirst);
}

export interface Looked {
  readonly diffs: readonly UserDiff[];
  readonly live: LiveState;
  readonly narrowed: boolean;
}

/** For the plan: holders are told only where everybody was read. */
export function planLosses({ diffs, live, narrowed }: Looked): Loss[] {
  const losses = lossesOf(peopleOf({ diffs, live }));
  return narrowed ? losses.map(({ holders: _holders, ...loss }) => loss) : losses;
}

function countHolder(list: Assignments, losses: ByKind): void {
  for (const kind of KINDS) {
    if (losses[kind].size === 0) continue;
    for (const [id, value] of Object.entries(list[kind])) {
      const loss = losses[kind].get(id);
      if (loss && isHeld(value)) loss.holders += 1;
    }
  }
}

function worstFirst(a: Counted, b: Counted): number {
  return b.lose - a.lose || byCodeUnit(a.name, b.name) || byCodeUnit(a.id, b.id);
}
