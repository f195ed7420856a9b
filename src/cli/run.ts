/** One run of the command: arguments in, exit code out. Every error a person can meet is told here, once. */
import { CommanderError } from 'commander';
import { MusterError } from '../model/error.ts';
import { type Failure, failureOf } from '../model/event.ts';
import { see } from '../report/see.ts';
import { EXIT, type ExitCode, UsageError, WRONG_USAGE } from './exit.ts';
import { INTERRUPTED, Interrupted } from './interrupt.ts';
import type { Io } from './io.ts';
import { type Outcome, program } from './program.ts';
import { type Opened, openSession } from './session.ts';
import { version } from './version.ts';

export async function run(args: readonly string[], world: Io): Promise<ExitCode> {
  const session = await openSession(world);
  return session.run(() => runCommand(args, session));
}

async function runCommand(args: readonly string[], session: Opened): Promise<ExitCode> {
  const { io } = session;
  const outcome: Outcome = { code: EXIT.done };
  const command = program(io, outcome, session.begin);
  try {
    await command.parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    return await tell(error, io, {
      format: outputOf(args, '--format'),
      log: outputOf(args, '--log-format'),
      verbose: args.includes('--verbose'),
      color: !args.includes('--no-color') && !io.env.NO_COLOR && io.terminal.stderr,
    });
  }
}

/** The wanted format, also where the arguments could not be parsed. */
function outputOf(args: readonly string[], flag: string): string | undefined {
  const inline = args.find((arg) => arg.startsWith(`${flag}=`));
  const at = args.indexOf(flag);
  return inline?.slice(flag.length + 1) ?? (at < 0 ? undefined : args[at + 1]);
}

interface How {
  readonly format: string | undefined;
  readonly log: string | undefined;
  readonly verbose: boolean;
  readonly color: boolean;
}

async function tell(error: unknown, io: Io, how: How): Promise<ExitCode> {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  io.session?.listener({})({ type: 'failed', ...failedOf(error) });
  if (error instanceof CommanderError) return EXIT.usage;
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? '' : `hint: ${error.hint}\n`;
    io.stderr(`error: ${error.message}\n${hint}see ${see('errors', WRONG_USAGE)}\n`);
    return EXIT.usage;
  }
  if (error instanceof Interrupted) {
    io.stderr(`${error.message} See ${see('errors', INTERRUPTED)}.\n`);
    return EXIT.interrupted;
  }
  await tellError(error, io, how);
  return EXIT.error;
}

/** Once: where the events are told as JSON, the error was one of them. */
async function tellError(error: unknown, io: Io, how: How): Promise<void> {
  const { errorJson, errorText } = await import('../report/error.ts');
  const known = error instanceof MusterError ? error : internal(error);
  if (how.format === 'json') io.stdout(errorJson(known));
  else if (how.format !== 'ndjson' && how.log !== 'json')
    io.stderr(errorText(known, { color: how.color, width: io.terminal.columns }));
  if (known !== error && how.verbose && error instanceof Error) io.stderr(`${error.stack}\n`);
}

/** Of a fault of the program nothing is told but that it is one: its words may hold anything. */
function failedOf(error: unknown): { failure: Failure; hint?: string } {
  if (error instanceof Interrupted)
    return { failure: { code: INTERRUPTED, message: error.message } };
  if (error instanceof UsageError || error instanceof CommanderError)
    return { failure: { code: WRONG_USAGE, message: error.message } };
  const failure = failureOf(error);
  return error instanceof MusterError && error.hint !== undefined
    ? { failure, hint: error.hint }
    : { failure };
}

function internal(error: unknown): MusterError {
  const what = error instanceof Error ? error.message : String(error);
  return new MusterError('internal', `This is a fault in muster ${version()}: ${what}`, {
    hint: 'Please report it with the output of the same command and --verbose.',
    cause: error,
  });
}
