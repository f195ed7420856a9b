/** New entries in roster files: users, profiles, and names of the catalogue. What the files have already stays as it is. */
import { carryOut, type PlacedJob } from './carry-out.ts';
import type { Edited, RosterFile } from './file.ts';
import type { Section } from './section.ts';
import { openRoster } from './whereabouts.ts';
import type { Tree } from './write.ts';

export interface Addition {
  readonly file: string;
  readonly section: Section;
  readonly key: string;
  readonly tree: Tree;
  /** How many levels of `tree` are written on lines of their own. */
  readonly blocks: number;
  /** Maps and lists on one line that would be longer go on in the next one. */
  readonly width?: number;
}

/** A key that the section has already is refused. */
export function addEntries(files: readonly RosterFile[], additions: readonly Addition[]): Edited {
  const rosters = new Map(files.map((file) => [file.path, openRoster(file)]));
  const jobs = additions.map(({ file, section, key, tree, blocks, width }): PlacedJob => {
    return { file, section, key, to: { tree, blocks, width } };
  });
  return carryOut(rosters, jobs);
}
