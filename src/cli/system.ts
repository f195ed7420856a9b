/** The real world, as `Io`. */
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Io } from './io.ts';

const DEFAULT_COLUMNS = 100;
const DEFAULT_ROWS = 24;

export function systemIo(): Io {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  // Once each: the second one ends the process, as it would any other.
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return {
    stdout: writer(process.stdout),
    stderr: writer(process.stderr),
    terminal: {
      stdin: process.stdin.isTTY === true,
      stdout: process.stdout.isTTY === true,
      stderr: process.stderr.isTTY === true,
      // Looked at anew each time: a window may be made larger or smaller.
      get columns() {
        return process.stdout.columns || process.stderr.columns || DEFAULT_COLUMNS;
      },
      get rows() {
        return process.stderr.rows || DEFAULT_ROWS;
      },
    },
    cwd: process.cwd(),
    env: process.env,
    clock: {
      now: () => Date.now(),
      sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
    },
    random: Math.random,
    newId: randomUUID,
    signal: interruption.signal,
    ask: (question) => ask(question, interrupt, interruption.signal),
  };
}

/** A reader that went away (`muster apply | head`) silences its stream; what is being done goes on to its end. */
function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let broken = false;
  stream.on('error', () => {
    broken = true;
  });
  return (text) => {
    if (!broken) stream.write(text);
  };
}

async function ask(question: string, interrupt: () => void, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // On a terminal in raw mode Ctrl-C comes as a key and not as a signal.
  lines.on('SIGINT', interrupt);
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return await Promise.race([lines.question(question, { signal }).catch(() => ''), ended]);
  } finally {
    lines.close();
  }
}
