/** Where a run's journal stands, and what is said when it cannot stand there. */
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MusterError } from '../model/error.ts';

export const JOURNAL = 'journal.ndjson';

export interface JournalPlace {
  /** The folder of muster.yaml. */
  readonly dir: string;
  /** The run's id. */
  readonly run: string;
}

/** Undefined when the id cannot be the name of a folder, and so has none. */
export function runFolder({ dir, run }: JournalPlace): string | undefined {
  return /^[A-Za-z0-9][\w.-]*$/.test(run) ? join(dir, '.muster', 'runs', run) : undefined;
}

/** Makes the run's folder, out of git's sight, and durable with all that leads to it. Throws what the system says. */
export async function prepareFolder(place: JournalPlace): Promise<string> {
  const folder = runFolder(place);
  if (folder === undefined) throw new Error('the id of the run is no name for a folder');
  await mkdir(folder, { recursive: true });
  const top = join(place.dir, '.muster');
  await hide(join(top, '.gitignore'));
  await writeFile(join(folder, JOURNAL), '', { flag: 'a' });
  for (const each of [folder, join(top, 'runs'), top, place.dir]) await syncFolder(each);
  return folder;
}

/** Runs are never committed: whatever the folder holds is ignored, this file included. */
async function hide(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.trim() === '') await writeFile(file, '*\n', { flush: true });
}

/** Some file systems keep no folder open, or do not sync one: they have no more to give. */
const NO_FOLDER_SYNC = ['EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'];

async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(codeOf(error))) throw error;
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'this account may not'],
  ['EPERM', 'this account may not'],
  ['ENOTDIR', 'a file stands where a folder should be'],
  ['EEXIST', 'a file stands where a folder should be'],
  ['EISDIR', 'a folder stands where the file should be'],
]);

export function unwritable(place: JournalPlace, error: unknown): MusterError {
  return new MusterError(
    'journal-unwritable',
    `The journal of run ${shown(place)} cannot be written: ${reasonOf(error)}.`,
    {
      hint: 'Nothing is sent without its line on the disk: make .muster/runs beside muster.yaml writable, then go on.',
      cause: error,
    },
  );
}

export function unreadable(place: JournalPlace, error: unknown): MusterError {
  return new MusterError(
    'journal-unreadable',
    `The journal of run ${shown(place)} cannot be read: ${reasonOf(error)}.`,
    { hint: 'Make .muster/runs beside muster.yaml readable, then try again.', cause: error },
  );
}

function shown({ run }: JournalPlace): string {
  return JSON.stringify(run);
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS.get(code) ?? (code === '' ? messageOf(error) : `the system says ${code}`);
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
