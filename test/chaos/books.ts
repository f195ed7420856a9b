/** Git as the people and the machines around a run have it: one remote, clones of it, and the ledger read off the remote. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
export const ORG = 'eu-prod';
const REF = `refs/muster/${ORG}`;

/** No configuration of whoever runs the tests. */
export const GIT_ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};
const ANA = { NAME: 'Ana', EMAIL: 'ana@example.com' };
const AUTHOR = {
  GIT_AUTHOR_NAME: ANA.NAME,
  GIT_AUTHOR_EMAIL: ANA.EMAIL,
  GIT_COMMITTER_NAME: ANA.NAME,
  GIT_COMMITTER_EMAIL: ANA.EMAIL,
};

export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const env = { ...GIT_ENV, ...AUTHOR };
  const { stdout } = await execute('git', [...args], { cwd, env, maxBuffer: 1 << 26 });
  return stdout.trimEnd();
}

/** A place that outlives what is killed with a process and all its children, as a remote on another machine does. */
const APART = '/usr/bin/setsid';

export interface Books {
  readonly remote: string;
  clone(): Promise<string>;
  /** Commits these files in `clone` and pushes them. */
  commit(clone: string, files: Readonly<Record<string, string>>): Promise<void>;
  drop(clone: string): Promise<void>;
  remove(): Promise<void>;
}

export async function openBooks(): Promise<Books> {
  const root = await mkdtemp(join(tmpdir(), 'muster-chaos-'));
  const remote = join(root, 'origin.git');
  await git(root, 'init', '-q', '--bare', '-b', 'main', remote);
  let clones = 0;
  return {
    remote,
    async clone() {
      const dir = join(root, `clone-${++clones}`);
      await git(root, 'clone', '-q', `file://${remote}`, dir);
      if (existsSync(APART)) {
        await git(dir, 'config', 'remote.origin.receivepack', `${APART} -w git-receive-pack`);
      }
      return dir;
    },
    async commit(clone, files) {
      await writeAll(clone, files);
      await git(clone, 'checkout', '-q', '-B', 'main');
      await git(clone, 'add', '-A');
      await git(clone, 'commit', '-q', '-m', 'change');
      await git(clone, 'push', '-q', 'origin', 'main');
    },
    drop: (clone) => rm(clone, { recursive: true, force: true }),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function writeAll(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}

export interface LedgerFacts {
  readonly commit: string;
  readonly parents: readonly string[];
  /** The run that has begun and not ended. */
  readonly running: string | null;
  /** Keys of those who are open. */
  readonly open: readonly string[];
  readonly record: RecordFacts | null;
}

interface RecordFacts {
  readonly id: string;
  readonly ended: string | null;
  readonly users: Readonly<
    Record<string, { readonly key: string; readonly outcome: string | null }>
  >;
}

/** The chain of a repository, newest first; empty when there is none. */
export async function chainOf(repository: string): Promise<LedgerFacts[]> {
  const tip = await git(repository, 'rev-parse', '-q', '--verify', REF).catch(() => '');
  if (tip === '') return [];
  const lines = (await git(repository, 'rev-list', '--parents', REF)).split('\n');
  return Promise.all(lines.map((line) => factsOf(repository, line.split(' '))));
}

async function factsOf(repository: string, [commit = '', ...parents]: readonly string[]) {
  const json = async (file: string) =>
    JSON.parse(await git(repository, 'show', `${commit}:${file}`));
  const ledger = (await json('ledger.json')) as {
    run: { id: string } | null;
    open: Record<string, { key: string }>;
  };
  const record = (await json('run.json').catch(() => null)) as RecordFacts | null;
  return {
    commit,
    parents,
    running: ledger.run?.id ?? null,
    open: Object.values(ledger.open).map(({ key }) => key),
    record,
  };
}
