/** Which files could not be brought back if they were changed: those that differ from the commit, or are in none. */
import { resolve as resolvePath } from 'node:path';
import { openRepository } from '../ledger/repository.ts';
import type { FileSource } from '../model/source.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';

/** Of `paths`, relative to `--dir`. Outside git, and before the first commit, all of them. */
export async function uncommittedAmong(
  paths: readonly string[],
  {
    io,
    flags,
    files,
  }: { readonly io: Io; readonly flags: GlobalFlags; readonly files: FileSource },
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const dir = resolvePath(io.cwd, flags.dir ?? '.');
  const repository = await openRepository({ dir, env: io.env });
  if ('none' in repository) return paths;
  try {
    const head = await repository.head();
    if (head === null) return paths;
    const committed = repository.filesAt(head, repository.folder);
    const known = new Set(await committed.list());
    const different: string[] = [];
    for (const path of paths) {
      const same = known.has(path) && sameText(await committed.read(path), await files.read(path));
      if (!same) different.push(path);
    }
    return different;
  } finally {
    await repository.close();
  }
}

/** Git may keep other line ends than the folder has. */
function sameText(a: Uint8Array, b: Uint8Array): boolean {
  const text = (bytes: Uint8Array) =>
    Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n');
  return text(a) === text(b);
}
