/** Trailers of commit messages: what people said of the commits that are not applied to everybody yet. */
import { problem } from './codes.ts';
import { type Git, GitError } from './git.ts';

/** One line of a commit's trailers: `removals: site closed`. */
export interface Trailer {
  readonly commit: string;
  readonly value: string;
}

export interface Range {
  /** The oldest of these that is an ancestor of all is where the range begins; none: the beginning of the history. */
  readonly after: readonly string[];
  readonly head: string;
}

/** More commits than anybody reviews at once; further back nothing is looked for. */
const MOST_COMMITS = 10_000;
/** Each is a question to a forge. */
const MOST_MOVES = 250;

/** The commits that a branch was moved to, one after another; of a merge the merge commit alone. Newest first. */
export async function movesIn(git: Git, range: Range): Promise<string[]> {
  const listed = await git.text([
    'rev-list',
    '--first-parent',
    `--max-count=${MOST_MOVES}`,
    ...(await ends(git, range)),
  ]);
  return listed.split('\n').filter((line) => line !== '');
}

/** Newest commit first, in the order of each message. `key` is matched in any case, as git does. */
export async function trailersIn(git: Git, range: Range, key: string): Promise<Trailer[]> {
  const format = `%H%x1f%(trailers:key=${key},valueonly,unfold,separator=%x1e)`;
  const listed = await git.text([
    'log',
    `--max-count=${MOST_COMMITS}`,
    `--format=${format}`,
    ...(await ends(git, range)),
  ]);
  return listed.split('\n').flatMap((line) => {
    const [commit = '', values = ''] = line.split('\x1f');
    return values
      .split('\x1e')
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map((value) => ({ commit, value }));
  });
}

async function ends(git: Git, { after, head }: Range): Promise<string[]> {
  if (after.length === 0) return [head];
  const there = await amongThese(git, after);
  // Behind commits that are gone nothing is known to be new: nothing that was said long ago counts again.
  if (there.length === 0) return [`${head}..${head}`];
  try {
    const begin = await git.text(['merge-base', '--octopus', ...there, head]);
    return [`${begin}..${head}`];
  } catch (error) {
    // Histories that have nothing in common: then everything is new.
    if (error instanceof GitError && error.exitCode === 1) return [head];
    throw problem('git-failed', 'The commits since the last apply cannot be listed.', {
      cause: error,
    });
  }
}

/** Those that this clone has, where it has all there is to have. */
async function amongThese(git: Git, commits: readonly string[]): Promise<readonly string[]> {
  if ((await git.text(['rev-parse', '--is-shallow-repository'])) === 'true') return commits;
  const input = `${commits.join('\n')}\n`;
  const answers = await git.run(['cat-file', '--batch-check=%(objecttype)'], { input });
  const types = answers.toString().split('\n');
  return commits.filter((_commit, nth) => types[nth] === 'commit');
}
