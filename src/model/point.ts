/** Points in the history of the files: what bases and runs are told by. */
import type { Day } from './day.ts';

/**
 * The files at a moment: those of `commit`, resolved on `day`. `tree` is there when the files differed from the commit:
 * it is a git tree that holds them as they were (the content of the folder of muster.yaml, at the tree's root).
 */
export interface Point {
  readonly commit: string;
  readonly day: Day;
  readonly tree?: string;
}

/** Equal for equal points. */
export function pointKey({ commit, day, tree }: Point): string {
  return `${tree ?? commit} ${day}`;
}
