/** Whether what a run tells of each person is true to the platform. */

import { type List, sameList, shown } from './list.ts';
import type { World } from './world.ts';

export interface OutcomeTold {
  readonly code: number;
  readonly output: string;
  /** By platform id, of the run's record; empty when no run began. */
  readonly outcomes: ReadonlyMap<string, string | null>;
}

/** To be asked when all is quiet after the run, and before the next. */
export function outcomeLies(world: World, told: OutcomeTold): string[] {
  const { code, output, outcomes } = told;
  const lies: string[] = [];
  for (const { id } of world.story.org.users) {
    const lie = lieAbout(world, id, outcomes.get(id));
    if (lie !== undefined) lies.push(lie);
  }
  const all = [...outcomes.values()];
  const reached = all.every((outcome) => outcome === 'applied' || outcome === 'unchanged');
  if (code === 0 && !reached)
    lies.push(`it ended with 0, and not everybody was reached: ${output}`);
  if (![0, 1, 4].includes(code)) lies.push(`it ended with ${code}: ${output}`);
  if (/error\[internal\]/.test(output)) lies.push(output);
  return lies;
}

function lieAbout(world: World, id: string, outcome: string | null | undefined) {
  const { reads, written } = seenOf(world, id);
  const asPlanned = reads.some((list) => sameList(world.story.wanted(id, list), list));
  const told = outcome ?? 'nothing';
  switch (told) {
    case 'applied':
      return written && asPlanned ? undefined : `${id} is told applied, and never was seen so`;
    case 'unchanged':
      return !written && asPlanned ? undefined : `${id} is told unchanged, and was not`;
    case 'in-doubt':
      return written ? undefined : `${id} is told in doubt, and nothing was sent`;
    default:
      return sameList(world.untouched(id), world.list(id))
        ? undefined
        : `${id} is told ${told}, and has ${shown(world.list(id))} where ${shown(world.untouched(id))} was his`;
  }
}

/** What muster was shown of somebody: since it first wrote him, or, when it never did, at all. */
function seenOf(world: World, id: string): { readonly reads: List[]; readonly written: boolean } {
  let reads: List[] = [];
  let written = false;
  for (const call of world.calls()) {
    if (call.type === 'read' && call.userId === id) reads.push(call.list);
    if (call.type !== 'write' || !call.lists.has(id)) continue;
    if (!written) reads = [];
    written = true;
  }
  return { reads, written };
}
