/** Jobs, by file, on the rosters they are for; a file that is not there is made. */
import { byCodeUnit } from '../model/assignment.ts';
import type { Finding, Place } from '../model/finding.ts';
import { editFinding } from './codes.ts';
import type { Edited, RosterFile } from './file.ts';
import { type Job, rewrite } from './rewrite.ts';
import { type Opened, openRoster } from './whereabouts.ts';
import { NEW_ROSTER } from './write.ts';

export interface PlacedJob extends Job {
  readonly file: string;
  /** Of the entry that is changed. */
  readonly place?: Place | undefined;
}

export function carryOut(rosters: ReadonlyMap<string, Opened>, jobs: readonly PlacedJob[]): Edited {
  const changed: RosterFile[] = [];
  const findings: Finding[] = [];
  for (const [path, here] of byFile(jobs)) {
    const roster = rosters.get(path) ?? openRoster({ path, text: NEW_ROSTER });
    const { text, refused } = rewrite(roster.text, here);
    findings.push(...refused.map(({ key, place }) => editFinding('edit-refused', key, place)));
    if (text !== roster.text) changed.push({ path, text: roster.mark + text });
  }
  return { changed, findings };
}

/** In the order of the files. */
function byFile(jobs: readonly PlacedJob[]): (readonly [string, readonly PlacedJob[]])[] {
  const files = new Map<string, PlacedJob[]>();
  for (const job of jobs) {
    const here = files.get(job.file);
    if (here) here.push(job);
    else files.set(job.file, [job]);
  }
  return [...files].sort(([a], [b]) => byCodeUnit(a, b));
}
