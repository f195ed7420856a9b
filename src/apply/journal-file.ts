/**
 * The journal as a file, `.muster/runs/<id>/journal.ndjson` beside muster.yaml: one JSON line an entry. Its invariants:
 * a line counts as written when it is on the disk; once a write has failed, nothing is written behind it.
 */
import { copyFile, type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal, JournalLine } from '../model/journal.ts';
import {
  JOURNAL,
  type JournalPlace,
  prepareFolder,
  runFolder,
  unreadable,
  unwritable,
} from './journal-folder.ts';
import { type JournalText, parseJournal } from './journal-lines.ts';

export type { JournalPlace } from './journal-folder.ts';

export interface OpenJournal extends JournalPlace {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Opens the journal of a run, or goes on with it: behind what can be read of it. What cannot, unless it was merely torn,
 * is kept beside it as `journal.broken.ndjson`. Throws MusterError `journal-unwritable`.
 */
export async function openJournal(options: OpenJournal): Promise<Journal> {
  let handle: FileHandle | undefined;
  try {
    const folder = await prepareFolder(options);
    handle = await open(join(folder, JOURNAL), 'a+');
    await mend(handle, folder);
  } catch (error) {
    await handle?.close();
    throw unwritable(options, error);
  }
  return writerOf(handle, options);
}

export type JournalRead = Pick<JournalText, 'lines' | 'broken'>;

/**
 * What a run has kept. Undefined when that is not here, or does not tell that the run began: it may then have done
 * anything. The same holds behind a `broken` line that is not merely `torn`. Throws MusterError `journal-unreadable`.
 */
export async function readJournal(place: JournalPlace): Promise<JournalRead | undefined> {
  const folder = runFolder(place);
  if (folder === undefined) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(folder, JOURNAL));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(place, error);
  }
  const { lines, broken } = parseJournal(bytes);
  if (!lines.some(({ type }) => type === 'begun')) return undefined;
  return { lines, ...(broken === undefined ? {} : { broken }) };
}

/** Cuts off what cannot be read, so that what is written next can be. */
async function mend(handle: FileHandle, folder: string): Promise<void> {
  const stat = await handle.stat();
  if (!stat.isFile() || stat.size === 0) return;
  const bytes = await handle.readFile();
  const { broken, trusted } = parseJournal(bytes);
  if (broken !== undefined) {
    if (!broken.torn) await copyFile(join(folder, JOURNAL), join(folder, 'journal.broken.ndjson'));
    await handle.truncate(trusted);
  } else if (bytes.at(-1) !== 10) await handle.appendFile('\n');
  await handle.sync();
}

function writerOf(handle: FileHandle, options: OpenJournal): Journal {
  let waiting: string[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let failed: { readonly error: unknown } | undefined;

  async function flush(): Promise<void> {
    next = undefined;
    const text = waiting.join('');
    waiting = [];
    if (failed === undefined) {
      try {
        await handle.appendFile(text);
        await handle.sync();
        return;
      } catch (error) {
        failed = { error };
      }
    }
    throw unwritable(options, failed.error);
  }

  return {
    write(...lines) {
      const at = new Date(options.now()).toISOString();
      for (const line of lines) waiting.push(`${JSON.stringify({ ...line, at } as JournalLine)}\n`);
      // Whoever comes while the disk is at work shares the next write and its fsync.
      next ??= last.then(flush);
      last = next.catch(() => undefined);
      return next;
    },
    async close() {
      await last;
      await handle.close();
    },
  };
}
