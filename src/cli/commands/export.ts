/** `muster export`: who has which skill, as a table: what the files say or, with --live, what the platform has. */
import { writeFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { MusterError } from '../../model/error.ts';
import { pretty } from '../../report/pretty.ts';
import { csvText, plainCsv } from '../../tables/csv.ts';
import { type Form, longForm, wideForm } from '../../tables/forms.ts';
import type { Listing } from '../../tables/listing.ts';
import { Skills } from '../../tables/skills.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import {
  bulkOfLive,
  bulkOfPlan,
  type Exported,
  type ExportFlags,
  fromFiles,
  fromPlatform,
} from '../exporting.ts';
import { formatOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { refuse } from './apply.ts';

const FORMATS = ['csv', 'json', 'bulk-csv'] as const;
const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const BULK_HEADER = ['id', 'skillId', 'proficiency'];

interface Where {
  readonly io: Io;
  readonly flags: ExportFlags;
}

export async function exportCommand(io: Io, flags: ExportFlags): Promise<ExitCode> {
  const format = formatOf(flags, [...FORMATS]);
  const workspace = await openWorkspace(io, flags, { mayBeEmpty: flags.live === true });
  if (workspace === undefined) return EXIT.error;
  const where = { io, flags };
  if (format === 'bulk-csv') return exportBulk(workspace, where);
  const exported = flags.live ? await fromPlatform(workspace, where) : fromFiles(workspace, flags);
  const form = formOf(exported.rows, workspace, flags);
  const text = format === 'csv' ? csvOf(form, flags) : jsonOf(form, workspace, flags);
  return give(text, exported, where);
}

function formOf(
  rows: readonly Listing[],
  { org, loaded, desired }: Workspace,
  flags: ExportFlags,
): Form {
  if (!flags.wide) return longForm(rows);
  const skills = new Skills(org.name, loaded.rosters.get(org.name) ?? []);
  const kinds = new Map<string, Set<string>>();
  for (const { skill, kind } of rows) kinds.set(skill, (kinds.get(skill) ?? new Set()).add(kind));
  const isClear = (text: string) =>
    (kinds.get(text)?.size ?? 0) < 2 &&
    skills.find({ text, form: 'name', kind: undefined }).length < 2;
  return wideForm(rows, { day: desired.day, isClear });
}

function csvOf({ columns, rows }: Form, { separator, bom }: ExportFlags): string {
  return csvText([columns, ...rows], { separator: SEPARATORS[separator], mark: bom === true });
}

/** An object a row; what is empty is left out. */
function jsonOf(
  { columns, rows }: Form,
  { org, desired }: Workspace,
  { live }: ExportFlags,
): string {
  const objects = rows.map((row) =>
    Object.fromEntries(
      columns.map((column, index) => [column, row[index]]).filter(([, value]) => value !== ''),
    ),
  );
  const from = live ? 'live' : 'files';
  return pretty({ formatVersion: '1.0', org: org.name, day: desired.day, from, rows: objects });
}

async function exportBulk(workspace: Workspace, where: Where): Promise<ExitCode> {
  const { org } = workspace;
  if (org.platform !== 'admin')
    throw new UsageError(`The platform of ${org.name} takes no bulk CSV: it is ${org.platform}.`);
  const exported = where.flags.live
    ? await bulkOfLive(workspace, where)
    : await bulkOfPlan(workspace, where);
  if (exported === undefined) return EXIT.error;
  const { refused = [] } = exported;
  if (refused.length > 0) return refuse(where.io, refused);
  return give(plainCsv([BULK_HEADER, ...exported.rows]), exported, where);
}

/** The text where it is wanted, and on standard error whoever is not in it. */
async function give(text: string, { lacking }: Exported<unknown>, where: Where): Promise<ExitCode> {
  const { io, flags } = where;
  if (flags.out === undefined) io.stdout(text);
  else await save(text, resolvePath(io.cwd, flags.out));
  if (lacking.length === 0) return EXIT.done;
  for (const why of lacking) io.stderr(`left out: ${why}.\n`);
  io.stderr('The export is not complete.\n');
  return EXIT.incomplete;
}

async function save(text: string, path: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new MusterError('export-unwritten', `The export could not be written to ${path}.`, {
      hint: 'Name a file in a folder that exists and can be written to.',
      cause,
    });
  }
}
