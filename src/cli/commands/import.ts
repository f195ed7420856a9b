/** `muster import FILE`: a spreadsheet into the rosters. The preview is always printed; without a yes nothing is written. */
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { MusterError } from '../../model/error.ts';
import type { TablePreview } from '../../model/table.ts';
import { importSummary } from '../../report/import/words.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, styleOf } from '../flags.ts';
import { type ImportFlags, type Importing, makeImport } from '../importing.ts';
import { Interrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { saveRosters } from '../roster-files.ts';
import { dirOf } from '../running.ts';
import { openWorkspace } from '../workspace.ts';

const FORMATS = ['text', 'json'] as const;
type Format = (typeof FORMATS)[number];

export async function importCommand(io: Io, flags: ImportFlags, file: string): Promise<ExitCode> {
  const format = formatOf(flags, [...FORMATS]);
  if (!flags.yes && !flags.dryRun && !io.terminal.stdin)
    throw new UsageError(
      'There is no terminal to ask on.',
      'Say --yes to write without being asked, or --dry-run to see what would be written.',
    );
  const bytes = await readSource(io, file);
  const workspace = await openWorkspace(io, flags, { mayBeEmpty: true });
  if (workspace === undefined) return EXIT.error;
  const importing = await makeImport(workspace, { file, bytes }, { io, flags });
  if (importing === undefined) return EXIT.error;
  return decide(importing, format, { io, flags });
}

interface Where {
  readonly io: Io;
  readonly flags: ImportFlags;
}

async function decide(importing: Importing, format: Format, where: Where): Promise<ExitCode> {
  const { preview, changed, before } = importing;
  const { io, flags } = where;
  const writes = changed.length > 0 && !flags.dryRun;
  if (format === 'text') io.stdout(await text(preview, where, 'stdout'));
  else if (writes && !flags.yes) io.stderr(await text(preview, where, 'stderr'));
  if (writes && !flags.yes && !(await agreed(io))) return EXIT.error;
  if (writes) await saveRosters(dirOf(where), changed, before);
  if (format === 'json') io.stdout(await json(preview, writes));
  else if (writes) io.stderr(saved(changed.map(({ path }) => path)));
  return EXIT.done;
}

async function readSource(io: Io, file: string): Promise<Uint8Array> {
  try {
    return await readFile(resolvePath(io.cwd, file));
  } catch (cause) {
    throw new MusterError('table-unreadable', `The file ${file} cannot be read.`, {
      hint: 'Check that it is there and that this account may read it.',
      cause,
    });
  }
}

async function text(
  preview: TablePreview,
  { io, flags }: Where,
  stream: 'stdout' | 'stderr',
): Promise<string> {
  if (flags.quiet) return `${importSummary(preview)}\n`;
  const { previewText } = await import('../../report/import/text.ts');
  return previewText(preview, styleOf(io, flags, stream));
}

async function json(preview: TablePreview, written: boolean): Promise<string> {
  const { previewJson } = await import('../../report/import/json.ts');
  return previewJson(preview, written);
}

async function agreed(io: Io): Promise<boolean> {
  const answer = await io.ask('\nWrite this to the rosters? Only "yes" is taken for a yes: ');
  if (io.signal.aborted) throw new Interrupted();
  if (answer.trim() === 'yes') return true;
  io.stderr('Nothing was written.\n');
  return false;
}

function saved(paths: readonly string[]): string {
  return `Written: ${paths.join(', ')}. Look at it (git diff), then plan.\n`;
}
