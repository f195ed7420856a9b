/** From a table and the rosters to a preview and the rosters as they would be. Nothing is written here. */
import { basename, extname } from 'node:path';
import { folder } from '../desired/folder.ts';
import { serve } from '../desired/globs.ts';
import { type Loaded, load } from '../desired/load.ts';
import { speakers } from '../desired/speakers.ts';
import type { Org } from '../model/config.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import type { Said, TableChange, TablePreview } from '../model/table.ts';
import { type Edit, editRosters, type RosterFile } from '../rosters/edit.ts';
import type { DateOrder } from '../tables/days.ts';
import { surprises, writtenAt } from '../tables/effect.ts';
import { readTable, type Table, type TableChanges, tableChanges } from '../tables/table.ts';
import { readDirectory } from './directory.ts';
import { UsageError } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { overlay, readRosters } from './roster-files.ts';
import { dirOf } from './running.ts';
import { tellFindings, type Workspace } from './workspace.ts';

export interface ImportFlags extends GlobalFlags {
  readonly sheet?: string;
  readonly dates?: DateOrder;
  /** Where people go whom no roster names. */
  readonly into?: string;
  readonly new?: boolean;
  readonly emptyRemoves?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export interface Importing {
  readonly preview: TablePreview;
  readonly before: readonly RosterFile[];
  readonly changed: readonly RosterFile[];
}

interface Where {
  readonly io: Io;
  readonly flags: ImportFlags;
}

/** Undefined when findings stand in the way, which have then been told. */
export async function makeImport(
  workspace: Workspace,
  source: { readonly file: string; readonly bytes: Uint8Array },
  where: Where,
): Promise<Importing | undefined> {
  const { file, bytes } = source;
  const read = readTable(file, bytes, where.flags.sheet);
  const made = read.table && (await changesOf(read.table, workspace, where));
  const findings = [...read.findings, ...(made?.findings ?? [])];
  if (read.table === undefined || made === undefined || hasErrors(findings))
    return stopped(findings, workspace, where);
  const { loaded, org } = workspace;
  const paths = (loaded.rosters.get(org.name) ?? []).map((roster) => roster.file);
  const before = await readRosters(dirOf(where), paths);
  const into = await placeForNew(made.changes, { org, paths, table: file }, where);
  const edited = editRosters(
    before,
    made.changes.map((change) => editOf(change, { into, org })),
    org.name,
  );
  if (edited.findings.length > 0) return stopped(edited.findings, workspace, where);
  const after = await look(workspace, edited.changed, where);
  if (hasErrors(after.findings)) return unsound(after, where);
  const rostersOf = ({ rosters }: Loaded) => speakers(org.name, rosters.get(org.name) ?? []);
  const { day } = workspace.desired;
  const effect = { before: rostersOf(loaded), after: rostersOf(after), org, day };
  const odd = surprises(made.changes, effect);
  if (odd.length > 0) throw new Error(`the import would come to something else for ${odd[0]}`);
  const preview = {
    ...{ table: file, how: read.table.how, org: org.name, day },
    changes: made.changes,
    unchanged: made.unchanged,
    written: writtenAt(made.changes, effect),
    findings: [...findings, ...shared(edited.changed, workspace)],
  };
  return { preview, before, changed: edited.changed };
}

/** The places are those of the rosters as they would be. */
async function unsound(after: Loaded, where: Where): Promise<undefined> {
  if (where.flags.format !== 'json')
    where.io.stderr('With this table the rosters would have errors, so nothing is written.\n\n');
  return stopped(after.findings, { loaded: after }, where);
}

async function stopped(
  findings: readonly Finding[],
  { loaded }: { readonly loaded: Loaded },
  { io, flags }: Where,
): Promise<undefined> {
  await tellFindings(io, flags, { findings, texts: loaded.texts });
}

/** Once more with the platform's people and skills, where those could tell more and can be asked. */
async function changesOf(table: Table, workspace: Workspace, where: Where): Promise<TableChanges> {
  const { org, loaded, desired } = workspace;
  const { dates, emptyRemoves = false, offline, new: takeNew = false } = where.flags;
  const known = {
    ...{ org, day: desired.day, rosters: loaded.rosters.get(org.name) ?? [] },
    ...{ takeNew, emptyRemoves },
    ...(dates && { dates }),
  };
  const made = tableChanges(table, known);
  const live = made.asks && !offline ? await readDirectory(workspace, where) : undefined;
  return live === undefined ? made : tableChanges(table, { ...known, live });
}

/** A path that the org reads; undefined where nobody is new. */
async function placeForNew(
  changes: readonly TableChange[],
  about: { readonly org: Org; readonly paths: readonly string[]; readonly table: string },
  { io, flags }: Where,
): Promise<string | undefined> {
  const { org, paths, table } = about;
  const into = flags.into?.replace(/^\.\//, '');
  if (into === undefined) {
    if (!changes.some(({ newUser }) => newUser)) return undefined;
    if (paths.length === 1) return paths[0];
    if (paths.length > 1)
      throw new UsageError(
        'The table has people whom no roster names, and there are several rosters.',
        `Say where they go: --into ${paths[0]}, or a new file beside it.`,
      );
  }
  const wanted = into ?? newRoster(org, table);
  const all = [...(await folder(dirOf({ io, flags })).list()), wanted];
  if (serve(all, [org], new Set()).byFile.get(wanted)) return wanted;
  throw new UsageError(
    `The org ${org.name} would not read ${wanted}.`,
    `Say --into with a path that fits ${org.rosters.join(' or ')}.`,
  );
}

/** Named after the table: `Skills Q4.xlsx` becomes `rosters/skills-q4.yaml`. An org that reads one file alone gets that. */
function newRoster({ rosters: [first = ''] }: Org, table: string): string {
  const wild = first.search(/[*?[{]/);
  if (wild === -1) return first;
  const stem = basename(table, extname(table)).normalize('NFD').toLowerCase();
  const plain = stem.replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-');
  const name = plain.replace(/^-|-$/g, '') || 'people';
  return `${first.slice(0, first.lastIndexOf('/', wild) + 1)}${name}.yaml`;
}

function editOf(
  { user, name, kind, skill, entry, newUser }: TableChange,
  { into, org }: { readonly into: string | undefined; readonly org: Org },
): Edit {
  return {
    ...{ user, kind, skill, entry: entryOf(entry) },
    ...(name !== undefined && org.keys !== 'id' && { name }),
    ...(newUser && into !== undefined && { file: into }),
  };
}

function entryOf(said: readonly Said[]): Edit['entry'] {
  const terms = said.map((one) => {
    const { proficiency, ...rest } = one;
    return Object.keys(rest).length === 0 ? proficiency : one;
  });
  return terms.length > 1 ? terms : terms[0];
}

/** The rosters as they would be. */
function look({ loaded, org }: Workspace, changed: readonly RosterFile[], where: Where) {
  const files = overlay(folder(dirOf(where)), changed);
  return load(files, { org: org.name, reuse: loaded });
}

/** What is written into a roster that other orgs read counts there as well. */
function shared(changed: readonly RosterFile[], { loaded, org }: Workspace): Finding[] {
  const paths = changed.map(({ path }) => path);
  const { byFile } = serve(paths, Object.values(loaded.config?.orgs ?? {}), new Set());
  return paths.flatMap((file): Finding[] => {
    const others = (byFile.get(file) ?? []).filter(({ name }) => name !== org.name);
    if (others.length === 0) return [];
    return [
      {
        code: 'table-shared-roster',
        severity: 'warning',
        message: `${others.map(({ name }) => name).join(', ')} read this roster as well, so what is written there counts for them too.`,
        place: { file, line: 1, col: 1 },
        hint: 'See that it is meant for all of them.',
      },
    ];
  });
}
