#!/usr/bin/env node
/** The command's entrance: the only place that exits, prints and reads the clock. `--version` loads nothing else. */
import { version } from './version.ts';

const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version()}\n`);
} else {
  // What a library prints by the console goes beside the result, which has standard output for itself.
  const { Console } = await import('node:console');
  globalThis.console = new Console(process.stderr, process.stderr);
  const [{ run }, { systemIo }] = await Promise.all([import('./run.ts'), import('./system.ts')]);
  const code = await run(args, systemIo());
  // Whatever still holds the event loop (a kept-alive socket) must not hold the user; what was printed goes out first.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
