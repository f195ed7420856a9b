/** A run of the command in this process, on a clock that is handed in. */
import type { Io } from '../src/cli/io.ts';
import { run } from '../src/cli/run.ts';

interface World extends Pick<Io, 'cwd' | 'env' | 'clock'> {}

export async function inProcess(args: readonly string[], world: World) {
  const out = { stdout: '', stderr: '' };
  let ids = 0;
  const code = await run(args, {
    ...world,
    stdout: (text) => {
      out.stdout += text;
    },
    stderr: (text) => {
      out.stderr += text;
    },
    terminal: { stdin: false, stdout: false, stderr: false, columns: 100 },
    random: Math.random,
    newId: () => `bench-${++ids}`,
    signal: new AbortController().signal,
    ask: async () => '',
  });
  return { code, ...out };
}
