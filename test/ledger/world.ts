/** Real git repositories in temporary folders, and ledgers and records with what matters said and the rest filled in. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openRepository, type Repository } from '../../src/ledger/repository.ts';
import type { GitStoreOptions } from '../../src/ledger/settings.ts';
import { gitStore } from '../../src/ledger/store.ts';
import { keyed } from '../../src/model/assignment.ts';
import type { Ledger, LedgerStep, RunRecord } from '../../src/model/ledger.ts';

/** As a CI runner has it: no HOME, no identity but what muster gives. */
export const ENV = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.com',
};

const folders: string[] = [];
const opened: Repository[] = [];

export function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'muster-ledger-'));
  folders.push(path);
  return path;
}

export async function cleanUp(): Promise<void> {
  await Promise.all(opened.splice(0).map((repository) => repository.close()));
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** Git as a person runs it. */
export function sh(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd,
    env: { ...ENV, ...AUTHOR },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();
}

export function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

export function commit(dir: string, files: Readonly<Record<string, string>>): string {
  write(dir, files);
  sh(dir, 'add', '-A');
  sh(dir, 'commit', '-q', '--allow-empty', '-m', 'change');
  return sh(dir, 'rev-parse', 'HEAD');
}

/** A repository with one commit. */
export function repositoryOf(files: Readonly<Record<string, string>> = { 'a.yaml': 'a' }): string {
  const dir = tempFolder();
  sh(dir, 'init', '-q', '-b', 'main');
  commit(dir, files);
  return dir;
}

/** A bare repository with the history of `dir`, which has it as `origin` from now on. */
export function remoteOf(dir: string): string {
  const bare = join(tempFolder(), 'origin.git');
  sh(dir, 'clone', '-q', '--bare', dir, bare);
  sh(dir, 'remote', 'add', 'origin', `file://${bare}`);
  return bare;
}

export function cloneOf(bare: string, ...options: readonly string[]): string {
  const dir = join(tempFolder(), 'clone');
  sh(bare, 'clone', '-q', ...options, `file://${bare}`, dir);
  return dir;
}

export function hook(bare: string, name: string, script: string): void {
  mkdirSync(join(bare, 'hooks'), { recursive: true });
  writeFileSync(join(bare, 'hooks', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bare, 'hooks', name), 0o755);
}

export async function open(dir: string, env = {}): Promise<Repository> {
  const found = await openRepository({ dir, env: { ...ENV, ...env } });
  if ('none' in found) throw new Error(`${dir} is in no repository`);
  opened.push(found);
  return found;
}

export type StoreWords = Partial<Omit<GitStoreOptions, 'repository'>> & { readonly env?: object };

/** A store of the org eu, kept on origin unless said otherwise. */
export async function storeOf(dir: string, { env = {}, ...words }: StoreWords = {}) {
  const repository = await open(dir, env);
  const now = () => Date.parse('2026-11-24T02:00:00Z');
  return gitStore({ repository, org: 'eu', remote: 'origin', now, by: 'ci@runner', ...words });
}

export function ledger(words: Partial<Ledger> = {}): Ledger {
  return {
    formatVersion: '1.0',
    org: 'eu',
    orgId: 't-1',
    platform: 'admin',
    folder: '',
    applied: null,
    names: { skill: keyed([['Billing', 's-1']]), language: keyed() },
    open: keyed(),
    run: null,
    paused: null,
    ...words,
  };
}

export const COMMIT = '1234567890123456789012345678901234567890';

export function record(words: Partial<RunRecord> = {}): RunRecord {
  const point = { commit: COMMIT, day: '2026-11-24' };
  const none = { skill: keyed<string>(), language: keyed<string>() };
  return {
    formatVersion: '1.0',
    id: 'run-1',
    kind: 'apply',
    org: 'eu',
    by: 'ci@runner',
    begun: '2026-11-24T02:00:00.000Z',
    ended: null,
    plan: 'sha256:0',
    point,
    scope: null,
    settles: { point, reach: 'whole', verified: keyed(), left: keyed(), names: none },
    overrides: [],
    users: keyed(),
    outcomes: null,
    ...words,
  };
}

export function step(message: string, words: Partial<LedgerStep> = {}): LedgerStep {
  return { ledger: ledger(), record: record({ id: message }), message, ...words };
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
