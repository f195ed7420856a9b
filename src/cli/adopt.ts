/**
 * Takes over what is live: it becomes entries of the people concerned. Its law: of what it could write, the files want
 * just what the platform has.
 */
import { folder } from '../desired/folder.ts';
import { serve } from '../desired/globs.ts';
import { load } from '../desired/load.ts';
import { resolve } from '../desired/resolve.ts';
import { ABSENT } from '../desired/roster.ts';
import { isHeld } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { DesiredState } from '../model/desired.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import type { FileSource } from '../model/source.ts';
import type { Drift, Drifted } from '../report/drift/drift.ts';
import { editFinding } from '../rosters/codes.ts';
import { type Edit, editRosters, type RosterFile } from '../rosters/edit.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { overlay, readRosters, saveRosters } from './roster-files.ts';
import { dirOf } from './running.ts';
import { tellFindings, type Workspace } from './workspace.ts';

export interface Adopted {
  /** As they were read. */
  readonly before: readonly RosterFile[];
  readonly changed: readonly RosterFile[];
  /** What could not be taken over, and why. */
  readonly findings: readonly Finding[];
}

/** What the files shall say of one assignment of somebody: what is live. */
export interface Spot {
  readonly key: string;
  readonly one: Pick<Drifted, 'kind' | 'name' | 'live' | 'place'>;
}

export function spotsOf({ people }: Pick<Drift, 'people'>): Spot[] {
  return people.flatMap(({ key, drifted }) => drifted.map((one) => ({ key, one })));
}

/** The same, into the files on the disk, and what became of it is told. Whether everything could be written. */
export async function adoptHere(
  spots: readonly Spot[],
  workspace: Workspace,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<boolean> {
  const dir = dirOf({ io, flags });
  const { before, changed, findings } = await adopt(spots, workspace, dir);
  await saveRosters(dir, changed, before);
  if (findings.length > 0) await tellFindings(io, flags, { findings, texts: workspace.texts });
  const files = changed.map(({ path }) => path).join(', ');
  if (changed.length > 0) {
    io.stderr(`Taken over into ${files}. Look at it (git diff), commit it, have it reviewed.\n`);
  }
  return findings.length === 0;
}

/** `dir`: where the workspace was read. Throws MusterError when a roster is another by now. */
export async function adopt(
  spots: readonly Spot[],
  workspace: Workspace,
  dir: string,
): Promise<Adopted> {
  const { org, loaded } = workspace;
  const { byFile } = serve([...loaded.texts.keys()], [org], new Set());
  const files = await readRosters(dir, [...byFile.keys()], loaded.texts);
  const findings = spots
    .filter(({ one }) => !isAdoptable(one))
    .map(({ key, one }) => editFinding('edit-not-a-number', key, one.place));
  const wanted = spots.filter(({ one }) => isAdoptable(one));
  const first = editRosters(
    files,
    wanted.map((spot) => editOf(spot, org)),
    org.name,
  );
  const then = await desiredOf(overlay(folder(dir), first.changed), workspace);
  // Whoever a team or a profile still gives it has to be told apart from them.
  const given = wanted.filter(({ key, one }) => isGone(one) && gives(then, key, one));
  const edits = wanted.map((spot) => editOf(spot, org, given.includes(spot)));
  const { changed, findings: refused } = editRosters(files, edits, org.name);
  return { before: files, changed, findings: [...findings, ...refused] };
}

/** The files can say a number, or that there is none. */
function isAdoptable(one: Spot['one']): boolean {
  return isGone(one) || typeof one.live === 'number';
}

/** What is dormant counts as none. */
function isGone({ live }: Spot['one']): boolean {
  return !isHeld(live);
}

function editOf({ key, one }: Spot, org: Org, absent = false): Edit {
  const { kind, name: skill, live } = one;
  const level = Object.entries(org.levels).find(([, number]) => number === live)?.[0];
  const value = typeof live === 'number' ? (level ?? live) : absent ? ABSENT : undefined;
  return { user: key, kind, skill, entry: value };
}

function gives(state: DesiredState | undefined, key: string, { kind, name }: Spot['one']): boolean {
  return state?.users.get(key)?.wants[kind].get(name)?.state === 'value';
}

/** What files that are not on the disk want today; undefined where they have errors. */
async function desiredOf(
  files: FileSource,
  { org, desired }: Workspace,
): Promise<DesiredState | undefined> {
  const again = await load(files, { org: org.name });
  const resolved = resolve(org, again.rosters.get(org.name) ?? [], desired.day);
  return hasErrors(resolved.findings) ? undefined : resolved.desired;
}
