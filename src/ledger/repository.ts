/** The git repository around a folder. That there is none is told apart from one that cannot be looked at. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FileSource } from '../model/source.ts';
import { problem } from './codes.ts';
import { createGit, type Environment, type Git, GitError } from './git.ts';
import { isObjectId, type Objects, openObjects } from './objects.ts';
import { revision } from './revision.ts';
import { writeTree } from './snapshot.ts';

export interface RepositoryOptions {
  readonly dir: string;
  readonly env: Environment;
  /** The git program; the one on the PATH when left out. */
  readonly binary?: string;
}

export interface Repository {
  /** The absolute path of its working tree. */
  readonly root: string;
  /** The folder asked for, relative to the root and '/'-separated; empty for the root itself. */
  readonly folder: string;
  /** Runs in the root. */
  readonly git: Git;
  readonly objects: Objects;
  /** The commit that is checked out; null while there is none. */
  head(): Promise<string | null>;
  isShallow(): Promise<boolean>;
  /** Names of the configured remotes. */
  remotes(): Promise<readonly string[]>;
  has(commit: string): Promise<boolean>;
  /** unknown: a commit is not here, or the clone is too shallow to tell. */
  ancestry(base: string, head: string): Promise<'ancestor' | 'not-ancestor' | 'unknown'>;
  /** The commit that two branches share; undefined when none is here. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** The commit a revision names; undefined when it names none. */
  resolve(revision: string): Promise<string | undefined>;
  /** Fetches a commit that is not here, where the remote has it; whether it is here then. */
  bring(commit: string, remote: string): Promise<boolean>;
  /** The id of the tree of `folder` at a commit; undefined where it is not here. Equal ids: equal files. */
  treeOf(commit: string, folder: string): Promise<string | undefined>;
  /**
   * The files of `folder` at a commit or tree. Throws, when used, `commit-missing`, and as a folder on disk does
   * `folder-unreadable`, `file-unreadable` and `file-link`.
   */
  filesAt(treeish: string, folder: string): FileSource;
  /** Writes the files as a tree, byte for byte, and returns its id. Paths are '/'-separated. */
  snapshot(files: ReadonlyMap<string, Uint8Array>): Promise<string>;
  /** Ends the process that reads objects. */
  close(): Promise<void>;
}

export interface NoRepository {
  readonly none: 'not-a-repository';
}

/** Throws MusterError: `git-missing`, `git-failed`. */
export async function openRepository(
  options: RepositoryOptions,
): Promise<Repository | NoRepository> {
  const { env, binary } = options;
  const withBinary = binary === undefined ? {} : { binary };
  const there = createGit({ cwd: options.dir, env, ...withBinary });
  const found = await find(there);
  if (found === null) return { none: 'not-a-repository' };
  const git = createGit({ cwd: found.root, env, ...withBinary });
  const objects = openObjects(git);
  return {
    ...found,
    git,
    objects,
    head: () => unlessNo(git.text(['rev-parse', '--verify', '-q', 'HEAD']), [1]),
    isShallow: () => isShallow(git),
    remotes: async () => (await git.text(['remote'])).split('\n').filter((name) => name !== ''),
    has: (commit) => has(git, commit),
    ancestry: (base, head) => ancestry(git, base, head),
    mergeBase: (a, b) => mergeBase(git, a, b),
    resolve: (name) => resolveRevision(git, name),
    bring: (commit, remote) => bring(git, commit, remote),
    treeOf: (commit, folder) => treeOf(git, commit, folder),
    filesAt: (treeish, folder) => revision(git, objects, { treeish, folder }),
    snapshot: (files) => writeTree(git, files),
    close: () => objects.close(),
  };
}

async function find(git: Git): Promise<{ root: string; folder: string } | null> {
  try {
    const output = await git.text(['rev-parse', '--show-toplevel', '--show-prefix']);
    const [root = '', prefix = ''] = output.split('\n');
    return { root, folder: prefix.replace(/\/$/, '') };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (isOutside(git, error)) return null;
    throw unusable(git, error);
  }
}

/** Git's word is not enough: of a repository that is broken it says the same as of none. */
function isOutside(git: Git, error: GitError): boolean {
  const saidSo = error.line.startsWith('not a git repository (or any');
  const bounded = git.env.GIT_CEILING_DIRECTORIES !== undefined && saidSo;
  const asked = error.code === 'git-missing' || saidSo;
  return bounded || (asked && !hasGitAbove(git.cwd));
}

function unusable(git: Git, error: GitError): GitError | Error {
  if (error.code === 'git-missing') return error;
  const hint = error.line.includes('dubious ownership')
    ? `If the repository is to be trusted: git config --global --add safe.directory ${dubious(error.line) ?? git.cwd}`
    : undefined;
  return problem('git-failed', error.message, {
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

function dubious(line: string): string | undefined {
  return /at '(.+)'/.exec(line)?.[1];
}

function hasGitAbove(dir: string): boolean {
  const here = resolve(dir);
  if (existsSync(join(here, '.git'))) return true;
  const parent = dirname(here);
  return parent !== here && hasGitAbove(parent);
}

async function isShallow(git: Git): Promise<boolean> {
  return (await git.text(['rev-parse', '--is-shallow-repository'])) === 'true';
}

async function has(git: Git, commit: string): Promise<boolean> {
  if (!isObjectId(commit)) return false;
  return (await unlessNo(git.run(['cat-file', '-e', `${commit}^{commit}`]), [1, 128])) !== null;
}

async function ancestry(git: Git, base: string, head: string) {
  if (!(await has(git, base)) || !(await has(git, head))) return 'unknown';
  try {
    await git.run(['merge-base', '--is-ancestor', base, head]);
    return 'ancestor';
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // Of a history with a hole git may say no as well, but not in silence.
    const certain = error.exitCode === 1 && error.line === '' && !(await isShallow(git));
    return certain ? 'not-ancestor' : 'unknown';
  }
}

async function mergeBase(git: Git, a: string, b: string): Promise<string | undefined> {
  return (await unlessNo(git.text(['merge-base', a, b]), [1])) ?? undefined;
}

async function resolveRevision(git: Git, name: string): Promise<string | undefined> {
  if (name.startsWith('-')) return undefined;
  const question = git.text(['rev-parse', '--verify', '-q', `${name}^{commit}`]);
  return (await unlessNo(question, [1, 128])) ?? undefined;
}

async function bring(git: Git, commit: string, remote: string): Promise<boolean> {
  if (!isObjectId(commit) || (await has(git, commit))) return isObjectId(commit);
  const asked = git.run(['fetch', '-q', '--no-tags', '--no-write-fetch-head', remote, commit]);
  await unlessNo(asked, [1, 128]);
  return has(git, commit);
}

async function treeOf(git: Git, commit: string, folder: string): Promise<string | undefined> {
  if (!isObjectId(commit)) return undefined;
  const question = git.text(['rev-parse', '--verify', '-q', `${commit}:${folder}`]);
  return (await unlessNo(question, [1, 128])) ?? undefined;
}

/** For questions that git answers by its exit code: null for those that mean no; all else is not an answer. */
async function unlessNo<T>(answer: Promise<T>, no: readonly number[]): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitError && no.includes(error.exitCode ?? 0)) return null;
    throw error;
  }
}
