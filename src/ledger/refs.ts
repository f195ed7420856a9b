/** Refs of this clone, by their full names. */
import { problem } from './codes.ts';
import { type Git, GitError } from './git.ts';

/** Where each of the refs that are there stands. `under` is a ref, or a prefix that ends before a slash. */
export async function localRefs(git: Git, under: string): Promise<ReadonlyMap<string, string>> {
  const { stdout, stderr } = await git.answer([
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    under,
  ]);
  // Git leaves out a ref it cannot make sense of, with a warning; to take it for none would be to forget the ledger.
  if (stderr.includes('broken ref')) {
    throw problem('ledger-incomplete', `The ref ${under} of this clone is broken.`, {
      hint: brokenRefHint(under),
    });
  }
  return refLines(stdout.toString());
}

export function brokenRefHint(ref: string): string {
  return `Delete it with "git update-ref -d ${ref}"; the one on the remote is then fetched again.`;
}

/** Lines of an id, white space and a ref. */
export function refLines(text: string): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [id, ref] = line.split(/\s/, 2);
    if (id && ref) refs.set(ref, id);
  }
  return refs;
}

export async function localRef(git: Git, ref: string): Promise<string | null> {
  return (await localRefs(git, ref)).get(ref) ?? null;
}

export interface RefMove {
  readonly ref: string;
  /** Null: the ref does not exist yet. */
  readonly from: string | null;
  readonly to: string;
}

/** Moves a ref if it still stands where it is thought to: one of two that try at once succeeds. */
export async function moveRef(git: Git, { ref, from, to }: RefMove): Promise<void> {
  await git.run(['update-ref', '-m', 'muster', ref, to, from ?? '0'.repeat(to.length)]);
}

const ATTEMPTS = 4;

/** The same where it is the lock. Throws `ledger-moved`; another holder of git's own lock file is waited for. */
export async function moveRefAsLock(git: Git, move: RefMove): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await moveRef(git, move);
      return;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if ((await localRef(git, move.ref)) !== move.from) {
        throw problem('ledger-moved', 'Another run on this clone has added to the ledger.', {
          cause: error,
        });
      }
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
