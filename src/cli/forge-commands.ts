/** The commands about a forge: the comment on a pull request, and which orgs it concerns. */
import { Command, Option } from 'commander';
import type { ExitCode } from './exit.ts';
import type { ForgeKind } from './forge/context.ts';
import type { Io } from './io.ts';
import { count } from './run-commands.ts';

const FORGES = [
  ['github', 'GitHub', 'pull request'],
  ['gitlab', 'GitLab', 'merge request'],
] as const;

/** `done` is told how each command ended. */
export function forgeCommands(io: Io, done: (code: ExitCode) => void): Command[] {
  return FORGES.map(([kind, name, request]) =>
    new Command(kind)
      .description(
        `what muster says on ${name}: the comment on a ${request}, its check and labels, the issue about drift`,
      )
      .addCommand(commentOn(kind, request, { io, done }))
      .addCommand(orgsOf(kind, request, { io, done }))
      .addCommand(driftOn(kind, { io, done }))
      .addCommand(adoptOn(kind, request, { io, done })),
  );
}

interface Doing {
  readonly io: Io;
  readonly done: (code: ExitCode) => void;
}

function commentOn(kind: ForgeKind, request: string, { io, done }: Doing): Command {
  const command = compared(new Command('comment'), request)
    .description(`tell saved plans, or results, on the ${request}`)
    .argument('[file...]', 'what `plan --out`, or `apply --format json`, has written: one an org')
    .option('--pr <number>', `the ${request}; of a job that is about one, that one`, count)
    .option('--dry-run', 'print the comment, and say nothing on the forge')
    .option('--plan-url <url>', "where the full plans are kept; the job's page when left out")
    .option('--pages <folder>', 'also write each full plan as a page, for the job to keep')
    .option('--no-labels', 'leave labels alone')
    .option('--no-check', 'add no check')
    .addOption(
      new Option('--state <state>', 'only move the sections on').choices([
        'applying',
        'outdated',
        'refused',
      ]),
    )
    .option('--reason <text>', 'with --state refused: why');
  if (kind === 'gitlab')
    command.option('--code-quality <file>', 'also write the findings as a code-quality report');
  return command.action(async (files: readonly string[], _flags: unknown, self: Command) => {
    const { commentCommand } = await import('./commands/comment.ts');
    done(await commentCommand(kind, io, { flags: self.optsWithGlobals(), files }));
  });
}

function orgsOf(kind: ForgeKind, request: string, { io, done }: Doing): Command {
  return compared(new Command('orgs'), request)
    .description(`print the orgs that the ${request} concerns, as JSON; no network`)
    .action(async (_flags: unknown, self: Command) => {
      const { changedOrgs } = await import('./commands/changed-orgs.ts');
      done(await changedOrgs(kind, io, self.optsWithGlobals()));
    });
}

const DRIFT_FILE = 'what `drift --format json` has printed; without it, it looks itself';

function driftOn(kind: ForgeKind, { io, done }: Doing): Command {
  return new Command('drift')
    .description(
      'one issue an org about what is live and was not applied; closed when that is gone',
    )
    .argument('[drift.json]', DRIFT_FILE)
    .action(async (file: string | undefined, _flags: unknown, self: Command) => {
      const { forgeDrift } = await import('./commands/forge-drift.ts');
      done(await forgeDrift(kind, { io, flags: self.optsWithGlobals() }, file));
    });
}

function adoptOn(kind: ForgeKind, request: string, { io, done }: Doing): Command {
  return new Command('adopt')
    .description(
      `open, or bring up to date, a ${request} that writes what is live into the rosters`,
    )
    .argument('[drift.json]', DRIFT_FILE)
    .option('--rolled-back', 'what a rollback has put back, instead of drift')
    .option('--into <branch>', "the branch it is for; the job's own when left out")
    .action(async (file: string | undefined, _flags: unknown, self: Command) => {
      const { forgeAdopt } = await import('./commands/forge-adopt.ts');
      done(await forgeAdopt(kind, { io, flags: self.optsWithGlobals() }, file));
    });
}

function compared(command: Command, request: string): Command {
  return command
    .option('--base <revision>', `what the ${request} is compared with; of such a job, its base`)
    .option('--head <revision>', 'the newest commit; what the plans were made of when left out');
}
