/**
 * Removals while not everything live is shown: each is held, and its assignment carried as it is. What is hidden could
 * be the very thing that a removal, or a guard over removals, hangs on. Pure.
 */
import type { Incomplete } from '../model/live.ts';
import type { UserDiff } from '../model/plan.ts';
import type { Held } from '../model/target.ts';
import { only } from './narrow.ts';

export interface Spared {
  /** Undefined when nothing but removals was in it. */
  readonly diff: UserDiff | undefined;
  readonly held: readonly Held[];
}

export function holdRemovals(diff: UserDiff, { why, hint }: Incomplete): Spared {
  const { key, userId } = diff;
  const removals = diff.changes.filter(({ action }) => action === 'remove');
  const held = removals.map(({ kind, id, name, source: { file, line, col } }): Held => {
    const message = `${name} is not taken away while not everything live is shown. ${why}`;
    const assignment = { kind, id, name };
    return {
      key,
      userId,
      assignment,
      reason: 'incomplete',
      message,
      hint,
      place: { file, line, col },
    };
  });
  if (removals.length === 0) return { diff, held };
  const rest = diff.changes.filter(({ action }) => action !== 'remove');
  return { diff: rest.length === 0 ? undefined : only(diff, rest), held };
}
