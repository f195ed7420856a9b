/** Files as a git tree: bytes exactly as given, whatever the repository's filters and line endings say. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobId } from './blob.ts';
import { problem } from './codes.ts';
import type { Git } from './git.ts';

const LANES = 4;

/** The id of a tree with these files. Nothing but the ledger's commit keeps it from being collected some day. */
export async function writeTree(git: Git, files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const ids = await writeBlobs(git, files);
  const lines = [...ids].map(([path, id]) => `100644 ${id}\t${path}\0`);
  // An index of its own: the user's is not touched.
  const folder = await mkdtemp(join(tmpdir(), 'muster-index-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    await git.run(['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    const taken = (await git.text(['ls-files', '-z'], { env })).split('\0').length - 1;
    if (taken !== files.size) throw unfit(files.size - taken);
    return await git.text(['write-tree'], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Git passes over a path it does not like, with no more than a warning. */
function unfit(count: number) {
  return problem('git-failed', `Git takes ${count} of the files' paths for unfit to be kept.`, {
    hint: 'Look for paths with .. or .git in them, or a file where another file has its folder.',
  });
}

async function writeBlobs(
  git: Git,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, string>> {
  const known = await present(git, [...files.values()].map(blobId));
  const ids = new Map<string, string>();
  const queue = [...files];
  const lane = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [path, bytes] = next;
      const id = blobId(bytes);
      ids.set(path, known.has(id) ? id : await writeBlob(git, bytes));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return ids;
}

/** Most files of a dirty working tree are as they were: one question finds out which need no writing. */
async function present(git: Git, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const output = await git.text(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    input: ids.map((id) => `${id}\n`).join(''),
  });
  const known = output.split('\n').filter((line) => line.endsWith(' blob'));
  return new Set(known.map((line) => line.slice(0, line.indexOf(' '))));
}

/** The id of a blob with these bytes. */
export async function writeBlob(git: Git, bytes: string | Uint8Array): Promise<string> {
  return git.text(['hash-object', '-w', '--stdin', '--no-filters'], { input: bytes });
}
