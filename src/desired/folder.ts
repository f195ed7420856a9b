/**
 * A folder as a source of files. What cannot be read is an error, never nothing. Symbolic links are not followed:
 * a pull request could point one at a file outside the repository, and a finding would print its text.
 */
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { byCodeUnit } from '../model/assignment.ts';
import { MusterError } from '../model/error.ts';
import type { FileSource } from '../model/source.ts';

const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules', '.muster']);

/** Files below `dir`, without `.git`, `node_modules` and `.muster`. */
export function folder(dir: string): FileSource {
  let linked: readonly string[] = [];
  return {
    async list() {
      const found: Found = { paths: [], linked: [] };
      await walk(dir, '', found);
      linked = found.linked;
      return found.paths.sort(byCodeUnit);
    },
    linkedFolders: () => linked,
    async read(path) {
      const file = join(dir, path);
      try {
        const link = (await lstat(file)).isSymbolicLink();
        if (!link) return await readFile(file);
      } catch (cause) {
        throw new MusterError('file-unreadable', `The file ${path} cannot be read.`, {
          hint: 'Check that it is there and that this account may read it.',
          cause,
        });
      }
      throw new MusterError('file-link', `The file ${path} is a symbolic link.`, {
        hint: 'Put a regular file in its place: links are not followed.',
      });
    },
  };
}

interface Found {
  readonly paths: string[];
  readonly linked: string[];
}

async function walk(dir: string, path: string, found: Found): Promise<void> {
  for (const entry of await entriesOf(dir, path)) {
    if (SKIPPED.has(entry.name)) continue;
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) await walk(dir, inner, found);
    else found.paths.push(inner);
    if (entry.isSymbolicLink() && (await leadsToFolder(join(dir, inner)))) found.linked.push(inner);
  }
}

/** A link that leads nowhere hides nothing. */
async function leadsToFolder(link: string): Promise<boolean> {
  const target = await stat(link).catch(() => undefined);
  return target?.isDirectory() ?? false;
}

async function entriesOf(dir: string, path: string) {
  try {
    return await readdir(join(dir, path), { withFileTypes: true });
  } catch (cause) {
    throw new MusterError('folder-unreadable', `The folder ${join(dir, path)} cannot be read.`, {
      hint: 'Check the path, and that this account may read it.',
      cause,
    });
  }
}
