/**
 * The git binary, run in one folder. No shell is involved, no hook of the user's repository runs, nobody is prompted,
 * and what is large goes through the streams.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { MusterError } from '../model/error.ts';
import { LEDGER_CODES } from './codes.ts';
import { asClause, tellingLine } from './lines.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface GitOptions {
  readonly cwd: string;
  readonly env: Environment;
  /** The program; `git` on the PATH of `env` when left out. */
  readonly binary?: string;
}

interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Beside the environment of every run. */
  readonly env?: Environment;
}

interface Answer {
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface Git {
  readonly cwd: string;
  readonly env: Environment;
  /** The output. Throws GitError when git is missing or ends with anything but 0. */
  run(args: readonly string[], options?: RunOptions): Promise<Buffer>;
  /** The output as text, without its last line break. */
  text(args: readonly string[], options?: RunOptions): Promise<string>;
  answer(args: readonly string[], options?: RunOptions): Promise<Answer>;
  /** A process that goes on until its input ends. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams;
}

interface Failure extends Answer {
  /** Null when a signal ended it, or it never began. */
  readonly exitCode: number | null;
  readonly cause?: unknown;
}

/** Git could not be run, or said no. `line` is what it said, fit to print. */
export class GitError extends MusterError {
  readonly exitCode: number | null;
  readonly line: string;
  readonly stdout: Buffer;

  constructor(code: 'git-failed' | 'git-missing', message: string, failure: Failure) {
    super(code, message, { hint: LEDGER_CODES[code].cure, cause: failure.cause });
    this.exitCode = failure.exitCode;
    this.line = tellingLine(failure.stderr);
    this.stdout = failure.stdout;
  }
}

// What would lead git to another repository, index or history than that of the folder.
const LEFT_OUT: readonly string[] = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
];

const SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'core.fsmonitor=false',
  'core.splitIndex=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'i18n.commitEncoding=UTF-8',
].flatMap((setting) => ['-c', setting]);

export function createGit({ cwd, env: given, binary = 'git' }: GitOptions): Git {
  const env: Environment = {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !LEFT_OUT.includes(name))),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  };
  const start = (args: readonly string[], more: Environment = {}) =>
    spawn(binary, [...SETTINGS, ...args], { cwd, env: { ...env, ...more }, windowsHide: true });
  const answer = async (args: readonly string[], options: RunOptions = {}) => {
    const ended = await finish(start(args, options.env), options.input);
    if (ended.exitCode === 0) return ended;
    throw failed(args[0] ?? '', ended, cwd);
  };
  const run = async (args: readonly string[], options?: RunOptions) =>
    (await answer(args, options)).stdout;
  const text = async (args: readonly string[], options?: RunOptions) =>
    (await run(args, options)).toString().replace(/\n$/, '');
  return { cwd, env, run, text, answer, start: (args) => start(args) };
}

function finish(
  child: ChildProcessWithoutNullStreams,
  input: string | Uint8Array | undefined,
): Promise<Failure> {
  return new Promise((resolve) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let cause: unknown;
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      cause = error;
    });
    // A process that ends before it has read everything says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.on('close', (exitCode) =>
      resolve({
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
        exitCode: cause === undefined ? exitCode : null,
        cause,
      }),
    );
    child.stdin.end(input);
  });
}

function failed(command: string, ended: Failure, cwd: string): GitError {
  if (ended.cause !== undefined && existsSync(cwd)) {
    return new GitError('git-missing', 'The program git cannot be started.', ended);
  }
  const said = asClause(tellingLine(ended.stderr));
  const why = ended.cause === undefined ? said : 'the folder to run it in is not there';
  return new GitError('git-failed', `git ${command} failed${why === '' ? '' : `: ${why}`}.`, ended);
}
