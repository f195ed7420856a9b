/** A git repository with muster in it, a bare remote, clones of it, and a sandbox to write to. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Ledger, RunRecord } from '../../src/model/ledger.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, type Ran, tempFolder, type World } from './shell.ts';

const exec = promisify(execFile);

const ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Tester',
  GIT_AUTHOR_EMAIL: 'tester@example.com',
  GIT_COMMITTER_NAME: 'Tester',
  GIT_COMMITTER_EMAIL: 'tester@example.com',
};

interface Clone {
  readonly path: string;
  git(...args: readonly string[]): Promise<string>;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  /** Writes, commits and, with a remote, pushes. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  muster(args: readonly string[], world?: Partial<World>): Promise<Ran>;
  ledger(): Promise<Ledger>;
  record(): Promise<RunRecord>;
  subjects(): Promise<readonly string[]>;
}

export interface Ground {
  readonly sandbox: Sandbox;
  readonly main: Clone;
  /** A second clone of the remote, as `git clone` makes it. */
  clone(name: string, ...options: readonly string[]): Promise<Clone>;
  close(): Promise<void>;
}

export interface GroundOptions {
  readonly files: (url: string) => Readonly<Record<string, string>>;
  readonly sandbox?: SandboxOptions;
  /** Default: a bare repository beside the clone. */
  readonly remote?: boolean;
}

export async function ground({
  files,
  sandbox: how,
  remote = true,
}: GroundOptions): Promise<Ground> {
  const sandbox = await startSandbox({
    rates: { reads: 0, writes: 0 },
    jobs: { delayMs: 10 },
    users: 60,
    ...how,
  });
  const folder: Folder = await tempFolder();
  const bare = join(folder.path, 'remote.git');
  const main = at(join(folder.path, 'main'), sandbox, remote);
  await exec('git', ['init', '-q', '-b', 'main', main.path], { env: ENV });
  if (remote) {
    await exec('git', ['init', '-q', '--bare', '-b', 'main', bare], { env: ENV });
    await main.git('remote', 'add', 'origin', bare);
  }
  await main.commit(files(sandbox.url));
  return {
    sandbox,
    main,
    async clone(name, ...options) {
      const path = join(folder.path, name);
      await exec('git', ['clone', '-q', ...options, `file://${bare}`, path], { env: ENV });
      return at(path, sandbox, true);
    },
    async close() {
      await sandbox.close();
      await folder.remove();
    },
  };
}

function at(path: string, sandbox: Sandbox, remote: boolean): Clone {
  const git = async (...args: readonly string[]) =>
    (await exec('git', [...args], { cwd: path, env: ENV, maxBuffer: 1e9 })).stdout.trim();
  const write = async (file: string, text: string) => {
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(join(path, file, '..'), { recursive: true });
    await writeFile(join(path, file), text);
  };
  return {
    path,
    git,
    write,
    read: async (file) => (await import('node:fs/promises')).readFile(join(path, file), 'utf8'),
    async commit(files) {
      for (const [file, text] of Object.entries(files)) await write(file, text);
      await git('add', '-A');
      await git('commit', '-q', '--allow-empty', '-m', 'a change');
      if (remote) await git('push', '-q', 'origin', 'HEAD:main');
      return git('rev-parse', 'HEAD');
    },
    muster: (args, world = {}) =>
      muster(args, {
        cwd: path,
        env: { ...ENV, MUSTER_TOKEN: sandbox.token, USER: 'tester' },
        speed: 20,
        ...world,
      }),
    ledger: async () => JSON.parse(await git('show', 'refs/muster/eu:ledger.json')),
    record: async () => JSON.parse(await git('show', 'refs/muster/eu:run.json')),
    subjects: async () => (await git('log', '--format=%s', 'refs/muster/eu')).split('\n'),
  };
}
