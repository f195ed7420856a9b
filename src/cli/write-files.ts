/** Writes files below a folder: each whole or not at all, and never through a link. */
import { lstat, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MusterError } from '../model/error.ts';

export interface TextFile {
  /** Relative to the folder, '/'-separated. */
  readonly path: string;
  readonly text: string;
}

/** Throws MusterError `file-link` before anything is written, and `file-unwritable`. */
export async function writeFiles(dir: string, files: readonly TextFile[]): Promise<void> {
  for (const { path } of files) await demandNoLink(dir, path);
  for (const [n, { path, text }] of files.entries()) {
    const file = join(dir, path);
    const whole = `${file}.muster-new`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(whole, text);
      await rename(whole, file);
    } catch (cause) {
      throw new MusterError('file-unwritable', `The file ${path} cannot be written.`, {
        hint: `Check the folder's permissions and space; ${n} of ${files.length} files were written.`,
        cause,
      });
    }
  }
}

async function demandNoLink(dir: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (const n of parts.keys()) {
    const part = parts.slice(0, n + 1).join('/');
    const link = await lstat(join(dir, part)).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (!link) continue;
    throw new MusterError('file-link', `The file ${part} is a symbolic link.`, {
      hint: 'Put a regular file or folder in its place: links are not followed.',
    });
  }
}
