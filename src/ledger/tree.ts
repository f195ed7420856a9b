/** Commits and trees, taken apart and made. Names in a ledger's trees are muster's own, so they need no quoting. */
import { problem } from './codes.ts';
import type { Git } from './git.ts';
import type { Objects } from './objects.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

export type Tree = ReadonlyMap<string, TreeEntry>;

export const FILE = '100644';
export const FOLDER = '040000';

/** The tree of a commit. Throws `ledger-incomplete`, and `ledger-invalid` when it is no commit. */
export async function treeOf(objects: Objects, commit: string): Promise<Tree> {
  const object = await needed(objects, commit);
  const id = /^tree ([0-9a-f]+)\n/.exec(object.bytes.toString('latin1', 0, 80))?.[1];
  if (object.type === 'commit' && id !== undefined) return readTree(objects, id);
  throw problem('ledger-invalid', `The ref of the ledger leads to a ${object.type}, not a commit.`);
}

export async function readTree(objects: Objects, id: string): Promise<Tree> {
  const { bytes } = await needed(objects, id);
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(' ', at);
    const end = bytes.indexOf(0, space);
    const next = end + 1 + id.length / 2;
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    entries.set(bytes.toString('utf8', space + 1, end), {
      mode,
      id: bytes.toString('hex', end + 1, next),
    });
    at = next;
  }
  return entries;
}

/** An object the ledger cannot do without. Throws `ledger-incomplete`. */
export async function needed(objects: Objects, id: string) {
  const object = await objects.read(id);
  if (object) return object;
  throw problem(
    'ledger-incomplete',
    `The object ${id.slice(0, 12)} of the ledger is not in this clone.`,
  );
}

export async function writeEntries(git: Git, tree: Tree): Promise<string> {
  const lines = [...tree].map(([name, { mode, id }]) => {
    const type = mode === FOLDER ? 'tree' : 'blob';
    return `${mode} ${type} ${id}\t${name}\n`;
  });
  return git.text(['mktree'], { input: lines.join('') });
}
