/** Whole runs: of the command in this process with a captured world, or of the built command as a process. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What a person answers to each question; without any, there is no terminal. */
  readonly answers?: readonly string[];
  /** How long that person thinks about each, in milliseconds of the run's clock. */
  readonly thinks?: number;
  /** Epoch milliseconds at which the run begins; the real time when left out. */
  readonly at?: number;
  readonly signal?: AbortSignal;
  /** How many times faster than real its clock runs: waiting is not what is tested. */
  readonly speed?: number;
  /** How long a sleep of `ms` really takes, where `speed` does not say it. */
  readonly sleeps?: (ms: number) => number;
  /** Told of each piece of standard error as it comes. */
  readonly onStderr?: (text: string) => void;
}

/** `muster ARGS` in this process. Time goes on from `at`, `speed` times as fast as it does. */
export async function muster(args: readonly string[], world: World): Promise<Ran> {
  const out = { stdout: '', stderr: '' };
  const answers = [...(world.answers ?? [])];
  const { speed = 1, sleeps = (ms: number) => ms / speed } = world;
  const began = Date.now();
  const at = world.at ?? began;
  let ids = 0;
  let thought = 0;
  const io: Io = {
    stdout: (text) => {
      out.stdout += text;
    },
    stderr: (text) => {
      out.stderr += text;
      world.onStderr?.(text);
    },
    terminal: { stdin: world.answers !== undefined, stdout: false, stderr: false, columns: 100 },
    cwd: world.cwd,
    env: world.env ?? {},
    clock: {
      now: () => at + thought + (Date.now() - began) * speed,
      sleep: (ms, signal) =>
        delay(sleeps(ms), undefined, signal ? { signal } : {}).catch(() => undefined),
    },
    random: () => 0.5,
    newId: () => `request-${++ids}`,
    signal: world.signal ?? new AbortController().signal,
    ask: async (question) => {
      out.stderr += question;
      world.onStderr?.(question);
      thought += world.thinks ?? 0;
      return answers.shift() ?? '';
    },
  };
  const code = await run(args, io);
  return { code, ...out };
}

/** The built command as a process of its own. */
export function musterProcess(
  args: readonly string[],
  {
    cwd,
    env = {},
    command = [resolve('dist/cli/main.js')],
  }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
  },
): Promise<Ran> {
  const child = spawn(process.execPath, [...command, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text;
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? -1, ...out }));
  });
}

export interface Folder {
  readonly path: string;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  remove(): Promise<void>;
}

/** A folder of its own with these files, or a copy of another folder. */
export async function tempFolder(
  files: Readonly<Record<string, string>> = {},
  copyOf?: string,
): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'muster-test-'));
  if (copyOf !== undefined) await cp(copyOf, path, { recursive: true });
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  };
  for (const [file, text] of Object.entries(files)) await write(file, text);
  return {
    path,
    write,
    read: (file) => readFile(join(path, file), 'utf8'),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A copy of the quick start whose org is at `url`, with more settings of that org. */
export async function quickStart(url: string, more = ''): Promise<Folder> {
  const folder = await tempFolder({}, 'examples/quickstart');
  const config = await folder.read('muster.yaml');
  await folder.write('muster.yaml', config.replace('http://127.0.0.1:8787', url) + more);
  return folder;
}
