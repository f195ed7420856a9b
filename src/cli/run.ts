/** One run of the command: arguments in, exit code out. Every error a person can meet is told here, once. */
import { CommanderError } from 'commander';
import { MusterError } from '../model/error.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import { Interrupted } from './interrupt.ts';
import type { Io } from './io.ts';
import { type Outcome, program } from './program.ts';
import { version } from './version.ts';

export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const outcome: Outcome = { code: EXIT.done };
  const command = program(io, outcome);
  try {
    await command.parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    return await tell(error, io, {
      json: outputOf(args) === 'json',
      verbose: args.includes('--verbose'),
      color: !args.includes('--no-color') && !io.env.NO_COLOR && io.terminal.stderr,
    });
  }
}

/** The wanted format, also where the arguments could not be parsed. */
function outputOf(args: readonly string[]): string | undefined {
  const inline = args.find((arg) => arg.startsWith('--format='));
  return inline?.slice('--format='.length) ?? args[args.indexOf('--format') + 1];
}

async function tell(
  error: unknown,
  io: Io,
  how: { readonly json: boolean; readonly verbose: boolean; readonly color: boolean },
): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  if (error instanceof UsageError) {
    io.stderr(
      `error: ${error.message}\n${error.hint === undefined ? '' : `hint: ${error.hint}\n`}`,
    );
    return EXIT.usage;
  }
  if (error instanceof Interrupted) {
    io.stderr(`${error.message}\n`);
    return EXIT.interrupted;
  }
  const { errorJson, errorText } = await import('../report/error.ts');
  const known = error instanceof MusterError ? error : internal(error);
  if (how.json) io.stdout(errorJson(known));
  else io.stderr(errorText(known, { color: how.color, width: io.terminal.columns }));
  if (known !== error && how.verbose && error instanceof Error) io.stderr(`${error.stack}\n`);
  return EXIT.error;
}

function internal(error: unknown): MusterError {
  const what = error instanceof Error ? error.message : String(error);
  return new MusterError('internal', `This is a fault in muster ${version()}: ${what}`, {
    hint: 'Please report it with the output of the same command and --verbose.',
    cause: error,
  });
}
