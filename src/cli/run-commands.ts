/** The commands about runs that were begun: what stands, what was done, undo, pause. */
import { Command, InvalidArgumentError } from 'commander';
import { isDay } from '../model/day.ts';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';

/** `done` is told how each command ended. */
export function runCommands(io: Io, done: (code: ExitCode) => void): Command[] {
  return [
    new Command('status')
      .description(
        'who is in doubt, what is short of people, what to type next (formats: text, json)',
      )
      .action(async (_flags: unknown, command: Command) => {
        const { status } = await import('./commands/status.ts');
        done(await status(io, command.optsWithGlobals()));
      }),
    new Command('history')
      .description(
        'what was done, newest first; or one run, person by person (formats: text, json)',
      )
      .argument('[run]', 'the id of a run')
      .option('--limit <n>', 'so many runs, the newest (default: 20)', count)
      .action(async (run: string | undefined, _flags: unknown, command: Command) => {
        const { history } = await import('./commands/history.ts');
        done(await history(io, command.optsWithGlobals(), run));
      }),
    new Command('rollback')
      .description('undo what a run wrote, key by key (formats: text, json, markdown, html)')
      .argument('[run]', 'the id of the run, as muster history lists it')
      .option('--last', 'the newest ended run that wrote somebody')
      .option('--user <key...>', 'only these people; may be repeated', collect)
      .option('--yes', 'do not ask; needed where there is no terminal')
      .option('--adopt', 'then write into the rosters what is there again, so that they agree')
      .option('--allow <guard>', 'let a guard pass; may be repeated, needs --reason', collect)
      .option('--reason <text>', 'why a guard may pass; kept in the ledger')
      .action(async (run: string | undefined, _flags: unknown, command: Command) => {
        const { rollback } = await import('./commands/rollback.ts');
        done(await rollback(io, command.optsWithGlobals(), run));
      }),
    new Command('pause')
      .description('make every apply of an org refuse, saying who and why')
      .requiredOption('--reason <text>', 'why; whoever is refused is told')
      .action(async (_flags: unknown, command: Command) => {
        const { pause } = await import('./commands/pause.ts');
        done(await pause(io, command.optsWithGlobals()));
      }),
    new Command('unpause')
      .description('let an org be applied again')
      .action(async (_flags: unknown, command: Command) => {
        const { unpause } = await import('./commands/pause.ts');
        done(await unpause(io, command.optsWithGlobals()));
      }),
  ];
}

export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

export function count(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}

export function day(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('It must be a date such as 2026-12-01.');
}
