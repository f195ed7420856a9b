/** Roster files as text, and what an edit of them comes to. */
import type { Finding } from '../model/finding.ts';

/** With the byte order mark and the line ends it has; `path` is relative to the folder of muster.yaml. */
export interface RosterFile {
  readonly path: string;
  readonly text: string;
}

export interface Edited {
  /** Changed and new files, in the order of their paths; the others are left out. */
  readonly changed: readonly RosterFile[];
  /** Errors: what could not be done. The rest is done all the same. */
  readonly findings: readonly Finding[];
}
