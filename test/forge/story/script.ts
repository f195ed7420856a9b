/** A script of a job, run as a runner runs it: a shell of its own, an environment with nothing of ours in it, killed as a whole. */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** Reading back after a lost runner would go on for half a minute. */
const SHORT_SLEEPS = pathToFileURL('test/forge/story/short-sleeps.mjs').href;

export interface Script {
  readonly text: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

interface ScriptEnd {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly printed: string;
}

export interface Running {
  readonly ended: Promise<ScriptEnd>;
  /** SIGKILL to it and all that it has started. */
  kill(): void;
}

export function startScript({ text, cwd, env }: Script): Running {
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', text], {
    cwd,
    env: {
      ...{ PATH: process.env.PATH ?? '', HOME: cwd, NO_COLOR: '1', LC_ALL: 'C' },
      NODE_OPTIONS: `--import ${SHORT_SLEEPS}`,
      ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', CI: 'true' },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      printed += piece;
    });
  }
  return {
    ended: new Promise((done, failed) => {
      child.on('error', failed);
      child.on('close', (code) => done({ code, printed }));
    }),
    kill() {
      if (child.pid === undefined || child.exitCode !== null) return;
      process.kill(-child.pid, 'SIGKILL');
    },
  };
}
