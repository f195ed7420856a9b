/**
 * Takes over what is live: drift becomes entries of the people concerned. Its law: of what it could write, the files
 * want just what the platform has.
 */
import { CONFIG_FILE, serve } from '../desired/globs.ts';
import { load } from '../desired/load.ts';
import { resolve } from '../desired/resolve.ts';
import { ABSENT } from '../desired/roster.ts';
import { isHeld } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { DesiredState } from '../model/desired.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import type { Drift, Drifted } from '../report/drift/drift.ts';
import { editFinding } from '../rosters/codes.ts';
import { type Edit, editRosters, type RosterFile } from '../rosters/edit.ts';
import type { Workspace } from './workspace.ts';

export interface Adopted {
  readonly changed: readonly RosterFile[];
  /** Drifted assignments that the changed files take over. */
  readonly assignments: number;
  /** What could not be taken over, and why. */
  readonly findings: readonly Finding[];
}

export async function adopt(drift: Drift, workspace: Workspace): Promise<Adopted> {
  const { org, loaded } = workspace;
  const { byFile } = serve([...loaded.texts.keys()], [org], new Set());
  const files = [...byFile.keys()].map((path) => ({ path, text: loaded.texts.get(path) ?? '' }));
  const spots = drift.people.flatMap(({ key, drifted }) => drifted.map((one) => ({ key, one })));
  const findings = spots
    .filter(({ one }) => !isAdoptable(one))
    .map(({ key, one }) => editFinding('edit-not-a-number', key, one.place));
  const wanted = spots.filter(({ one }) => isAdoptable(one));
  const first = editRosters(
    files,
    wanted.map((spot) => editOf(spot, org)),
    org.name,
  );
  const then = await desiredOf(overlaid(files, first.changed), workspace);
  // Whoever a team or a profile still gives it has to be told apart from them.
  const given = wanted.filter(({ key, one }) => isGone(one) && gives(then, key, one));
  const edits = wanted.map((spot) => editOf(spot, org, given.includes(spot)));
  const { changed, findings: refused } = editRosters(files, edits, org.name);
  const lost = new Set(
    refused.flatMap(({ place }) => (place ? [`${place.file}:${place.line}`] : [])),
  );
  return {
    changed,
    assignments: wanted.length - lost.size,
    findings: [...findings, ...refused],
  };
}

interface Spot {
  readonly key: string;
  readonly one: Drifted;
}

/** The files can say a number, or that there is none. */
function isAdoptable(one: Drifted): boolean {
  return isGone(one) || typeof one.live === 'number';
}

/** What is dormant counts as none. */
function isGone({ live }: Drifted): boolean {
  return !isHeld(live);
}

function editOf({ key, one }: Spot, org: Org, absent = false): Edit {
  const { kind, name: skill, live } = one;
  const level = Object.entries(org.levels).find(([, number]) => number === live)?.[0];
  const value = typeof live === 'number' ? (level ?? live) : absent ? ABSENT : undefined;
  return { user: key, kind, skill, entry: value };
}

function gives(state: DesiredState | undefined, key: string, { kind, name }: Drifted): boolean {
  return state?.users.get(key)?.wants[kind].get(name)?.state === 'value';
}

function overlaid(
  files: readonly RosterFile[],
  changed: readonly RosterFile[],
): Map<string, string> {
  return new Map([...files, ...changed].map(({ path, text }) => [path, text]));
}

/** What files that are not on the disk want today; undefined where they have errors. */
async function desiredOf(
  texts: Map<string, string>,
  { org, loaded, desired }: Workspace,
): Promise<DesiredState | undefined> {
  texts.set(CONFIG_FILE, loaded.texts.get(CONFIG_FILE) ?? '');
  const again = await load(
    {
      list: async () => [...texts.keys()].sort(),
      read: async (path) => new TextEncoder().encode(texts.get(path) ?? ''),
    },
    { org: org.name },
  );
  const resolved = resolve(org, again.rosters.get(org.name) ?? [], desired.day);
  return hasErrors(resolved.findings) ? undefined : resolved.desired;
}
