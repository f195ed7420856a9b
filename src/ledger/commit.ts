/** Ledger commits: made without an index or a working tree, and with an identity that is always there. */
import type { Environment, Git } from './git.ts';

export interface CommitMaker {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Who and where: `user@host`, or the CI job. */
  readonly by: string;
}

export interface CommitParts {
  readonly tree: string;
  readonly parent: string | null;
  readonly message: string;
}

const NOBODY = { name: 'muster', email: 'muster@localhost' };

export async function writeCommit(
  git: Git,
  { tree, parent, message }: CommitParts,
  maker: CommitMaker,
): Promise<string> {
  const parents = parent === null ? [] : ['-p', parent];
  return git.text(['commit-tree', tree, ...parents, '-F', '-'], {
    input: `${oneLine(message)}\n`,
    env: await identity(git, maker),
  });
}

/** Of the environment, else of git's configuration, else the run's own. */
async function identity(git: Git, { now, by }: CommitMaker): Promise<Environment> {
  const [name, email] = await Promise.all([setting(git, 'user.name'), setting(git, 'user.email')]);
  const date = `@${Math.floor(now() / 1000)} +0000`;
  const whole = name !== '' && email !== '';
  return {
    GIT_AUTHOR_NAME: git.env.GIT_AUTHOR_NAME || (whole ? name : nameFrom(by)),
    GIT_AUTHOR_EMAIL: git.env.GIT_AUTHOR_EMAIL || (whole ? email : NOBODY.email),
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: git.env.GIT_COMMITTER_NAME || (whole ? name : NOBODY.name),
    GIT_COMMITTER_EMAIL: git.env.GIT_COMMITTER_EMAIL || (whole ? email : NOBODY.email),
    GIT_COMMITTER_DATE: date,
  };
}

function setting(git: Git, name: string): Promise<string> {
  return git.text(['config', '--get', name]).catch(() => '');
}

/** Git refuses a name of which nothing is left without the characters that end one. */
function nameFrom(by: string): string {
  const plain = oneLine(by).replace(/[<>]/g, '');
  return /[\p{L}\p{N}]/u.test(plain) ? plain : NOBODY.name;
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
