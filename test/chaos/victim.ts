/** The built command as a process that can be killed, alone or with every git it has started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly output: string;
}

export interface Victim {
  readonly ended: Promise<Ended>;
  /** SIGKILL. False when there was nothing left to kill. */
  kill(how: 'alone' | 'tree'): boolean;
}

const DRAIN_MS = 3_000;

export function startMuster(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Victim {
  const child: ChildProcess = spawn(process.execPath, [resolve('dist/cli/main.js'), ...args], {
    cwd,
    env: { HOME: cwd, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<Ended>((done, failed) => {
    child.on('error', failed);
    // What it printed comes after its end; a git that outlives it may hold the pipes open for longer.
    const closed = new Promise((shut) => child.on('close', shut));
    child.on('exit', async (code) => {
      await Promise.race([closed, delay(DRAIN_MS, undefined, { ref: false })]);
      done({ code, output });
    });
  });
  return {
    ended,
    kill(how) {
      const { pid, exitCode, signalCode } = child;
      if (pid === undefined || exitCode !== null || signalCode !== null) return false;
      process.kill(how === 'tree' ? -pid : pid, 'SIGKILL');
      return true;
    },
  };
}

/** Runs it to its end. */
export async function runMuster(...words: Parameters<typeof startMuster>): Promise<Ended> {
  return startMuster(...words).ended;
}
