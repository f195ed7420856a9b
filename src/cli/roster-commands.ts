/** The commands between the files and what is live that change no platform. */
import { Command } from 'commander';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';

/** `done` is told how each command ended. */
export function rosterCommands(io: Io, done: (code: ExitCode) => void): Command[] {
  return [
    new Command('pull')
      .description('write what is live into the rosters (formats: text, json)')
      .option('--profiles', 'make what several new people share into profiles')
      .option('--dry-run', 'say what would be written, and write nothing')
      .option('--yes', 'also change files that are not committed, without being asked')
      .action(async (_flags: unknown, command: Command) => {
        const { pullCommand } = await import('./commands/pull.ts');
        done(await pullCommand(io, command.optsWithGlobals()));
      }),
  ];
}
