/** From a table and the rosters to a preview and the rosters as they would be. Nothing is written here. */
import { folder } from '../desired/folder.ts';
import { serve } from '../desired/globs.ts';
import { type Loaded, load } from '../desired/load.ts';
import { type Roster, takesPart } from '../desired/roster.ts';
import { speakers } from '../desired/speakers.ts';
import type { Org } from '../model/config.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import type { Said, TableChange, TablePreview } from '../model/table.ts';
import { type Edit, editRosters, type RosterFile } from '../rosters/edit.ts';
import type { DateOrder } from '../tables/days.ts';
import { type Effect, surprises, writtenAt } from '../tables/effect.ts';
import { readTable, type Table, type TableChanges, tableChanges } from '../tables/table.ts';
import { readDirectory } from './directory.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { placeForNew } from './new-people.ts';
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
  const { changes, unchanged } = made;
  const draft = await draftOf(changes, { workspace, table: file }, where);
  if (draft === undefined) return undefined;
  const { org, desired } = workspace;
  const preview = {
    ...{ table: file, how: read.table.how, org: org.name, day: desired.day, changes, unchanged },
    written: writtenAt(changes, draft.effect),
    findings: [...findings, ...shared(changes, rostersOf(draft.after, org), workspace)],
  };
  return { preview, before: draft.before, changed: draft.changed };
}

/** The rosters as they would be. */
interface Draft {
  readonly before: readonly RosterFile[];
  readonly changed: readonly RosterFile[];
  readonly after: Loaded;
  readonly effect: Effect;
}

async function draftOf(
  changes: readonly TableChange[],
  { workspace, table }: { readonly workspace: Workspace; readonly table: string },
  where: Where,
): Promise<Draft | undefined> {
  const { loaded, org, desired } = workspace;
  const paths = rostersOf(loaded, org).map((roster) => roster.file);
  const before = await readRosters(dirOf(where), paths, loaded.texts);
  const into = await placeForNew(changes, { org, paths, table, into: where.flags.into }, where);
  const edits = changes.map((change) => editOf(change, { into, org }));
  const { changed, findings } = editRosters(before, edits, org.name);
  if (findings.length > 0) return stopped(findings, workspace, where);
  const files = overlay(folder(dirOf(where)), changed);
  const after = await load(files, { org: org.name, reuse: loaded });
  if (hasErrors(after.findings)) return unsound(after, where);
  const standingOf = (each: Loaded) => speakers(org.name, rostersOf(each, org));
  const effect = { before: standingOf(loaded), after: standingOf(after), org, day: desired.day };
  const odd = surprises(changes, effect);
  if (odd.length > 0) throw new Error(`the import would come to something else for ${odd[0]}`);
  return { before, changed, after, effect };
}

function rostersOf({ rosters }: Loaded, org: Org): readonly Roster[] {
  return rosters.get(org.name) ?? [];
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
    ...{ org, day: desired.day, rosters: rostersOf(loaded, org) },
    ...{ takeNew, emptyRemoves },
    ...(dates && { dates }),
  };
  const made = tableChanges(table, known);
  const live = made.asks && !offline ? await readDirectory(workspace, where) : undefined;
  return live === undefined ? made : tableChanges(table, { ...known, live });
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

/** What is written into a roster that other orgs read counts there as well, unless the entry is for this org alone. */
function shared(
  changes: readonly TableChange[],
  after: readonly Roster[],
  { loaded, org }: Workspace,
): Finding[] {
  const orgs = Object.values(loaded.config?.orgs ?? {});
  const { byFile } = serve(
    after.map(({ file }) => file),
    orgs,
    new Set(),
  );
  const changed = new Set(changes.map(({ user }) => user));
  return after.flatMap(({ file, users }): Finding[] => {
    const entries = users.filter(({ key }) => changed.has(key));
    const others = (byFile.get(file) ?? [])
      .map(({ name }) => name)
      .filter((name) => name !== org.name && entries.some((entry) => takesPart(entry, name)));
    if (others.length === 0) return [];
    return [
      {
        code: 'table-shared-roster',
        severity: 'warning',
        message: `${file} is read for ${others.join(', ')} as well, so what is written there counts there too.`,
        place: { file, line: 1, col: 1 },
        hint: 'See that it is meant for all of them.',
      },
    ];
  });
}
