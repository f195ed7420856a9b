/** Roster files on the disk: read as they are, looked at as they would be, and written only if nobody else has meanwhile. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folder } from '../desired/folder.ts';
import { MusterError } from '../model/error.ts';
import type { FileSource } from '../model/source.ts';
import type { RosterFile } from '../rosters/edit.ts';
import { writeFiles } from './write-files.ts';

/**
 * Byte order marks and line ends included. `texts` are what they were loaded as, without those marks. Throws MusterError
 * when one of them is another by now.
 */
export async function readRosters(
  dir: string,
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
): Promise<RosterFile[]> {
  const files = folder(dir);
  const read = async (path: string) => {
    const text = textOf(await files.read(path));
    if (text.replace(/^\ufeff/, '') !== texts.get(path)) throw changedMeanwhile(path);
    return { path, text };
  };
  return Promise.all(paths.map(read));
}

/** The folder with some files changed or added. */
export function overlay(files: FileSource, changed: readonly RosterFile[]): FileSource {
  const texts = new Map(changed.map(({ path, text }) => [path, text]));
  return {
    list: async () => [...new Set([...(await files.list()), ...texts.keys()])].sort(),
    read: async (path) => {
      const text = texts.get(path);
      return text === undefined ? files.read(path) : new TextEncoder().encode(text);
    },
  };
}

/** Throws MusterError when one of them is no longer as it was read: then nothing is written. */
export async function saveRosters(
  dir: string,
  changed: readonly RosterFile[],
  before: readonly RosterFile[],
): Promise<void> {
  const known = new Map(before.map(({ path, text }) => [path, text]));
  for (const { path } of changed) {
    if ((await present(join(dir, path))) === known.get(path)) continue;
    throw changedMeanwhile(path);
  }
  await writeFiles(dir, changed);
}

function changedMeanwhile(path: string): MusterError {
  return new MusterError('roster-changed', `The file ${path} was changed meanwhile.`, {
    hint: 'Nothing was written; do it again.',
  });
}

/** Undefined where there is none; one that cannot be read cannot be written either, and that is told then. */
async function present(file: string): Promise<string | undefined> {
  return readFile(file).then(textOf, () => undefined);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
