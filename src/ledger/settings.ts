/**
 * The ledger's settings come out of a file that a pull request can edit: a remote is the name of one that is configured,
 * never an address, and neither it nor a branch can be taken for an option.
 */
import { problem } from './codes.ts';
import type { CommitMaker } from './commit.ts';
import { createRemote, type Remote } from './remote.ts';
import type { Repository } from './repository.ts';

export interface GitStoreOptions extends CommitMaker {
  readonly repository: Repository;
  readonly org: string;
  /** What the org was called before. */
  readonly formerly?: string;
  /** The name of a configured remote; null for a ledger in this clone alone. */
  readonly remote: string | null;
  /** Instead of refs/muster/<org>. */
  readonly branch?: string;
}

/** Where the ledger is, once the settings have been checked. */
export interface Place {
  readonly ref: string;
  /** Where it was under the org's former name. */
  readonly formerRef: string | null;
  readonly remote: Remote | null;
}

const REMOTE_NAME = /^[A-Za-z0-9._][A-Za-z0-9._-]*$/;

/** Throws `ledger-remote-unknown`, `ledger-branch-invalid`. */
export async function checkedPlace(options: GitStoreOptions): Promise<Place> {
  const { repository, org, formerly, remote, branch } = options;
  if (branch !== undefined) await checkBranch(repository, branch);
  if (remote !== null) await checkRemote(repository, remote);
  return {
    ref: branch === undefined ? `refs/muster/${org}` : `refs/heads/${branch}`,
    formerRef: formerly === undefined ? null : `refs/muster/${formerly}`,
    remote: remote === null ? null : createRemote(repository.git, remote),
  };
}

async function checkRemote(repository: Repository, name: string): Promise<void> {
  if (REMOTE_NAME.test(name) && (await repository.remotes()).includes(name)) return;
  throw problem('ledger-remote-unknown', 'The remote of the ledger is not one of this clone.');
}

async function checkBranch({ git }: Repository, name: string): Promise<void> {
  // A short hand such as @{-1} is expanded by git: only what stays as it is names a branch.
  const named = await git.text(['check-ref-format', '--branch', name]).catch(() => undefined);
  if (named === name && !name.startsWith('-')) return;
  throw problem('ledger-branch-invalid', 'The branch of the ledger has a name git does not allow.');
}
