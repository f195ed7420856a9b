/** The commands and their flags. Everything a command needs is loaded when it runs, not when it is described. */
import { Command, Option } from 'commander';
import { see } from '../report/see.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { type ExitCode, WRONG_USAGE } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import { forgeCommands } from './forge-commands.ts';
import type { Io } from './io.ts';
import type { ApplyFlags } from './plan-source.ts';
import { rosterCommands } from './roster-commands.ts';
import { collect, count, day, runCommands } from './run-commands.ts';
import { tableCommands } from './table-commands.ts';
import { version } from './version.ts';

/** Where a command leaves its exit code. */
export interface Outcome {
  code: ExitCode;
}

/** `begin` is told the command and its flags, before it does anything. */
export function program(
  io: Io,
  outcome: Outcome,
  begin: (command: string, flags: GlobalFlags) => void,
): Command {
  const root = new Command('muster')
    .description('Agent skills as code: plan, review and apply who has which skill.')
    .version(version(), '-V, --version', 'print the version')
    .option('--org <name>', 'the org to work on; needed when muster.yaml has several')
    .option('--dir <folder>', 'the folder of muster.yaml', '.')
    .option('--format <name>', 'how the result is printed (see each command)')
    .option('--quiet', 'print results and errors only')
    .option('--verbose', 'tell every step')
    .option('--no-color', 'print without colours (also: NO_COLOR)')
    .addOption(
      new Option('--log-format <name>', 'how progress and warnings are printed').choices([
        'text',
        'json',
      ]),
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => io.terminal.columns,
      getErrHelpWidth: () => io.terminal.columns,
    })
    .showHelpAfterError(`(muster --help lists the commands; see ${see('errors', WRONG_USAGE)})`)
    .exitOverride();

  root.hook('preAction', (_root, command) => begin(command.name(), command.optsWithGlobals()));

  const add = (command: Command) => root.addCommand(inherit(command, root));

  add(
    new Command('validate')
      .description(
        'check the files: schema and rules, no network (formats: text, json, github, sarif)',
      )
      .action(async (_flags: unknown, command: Command) => {
        const { validate } = await import('./commands/validate.ts');
        outcome.code = await validate(io, command.optsWithGlobals());
      }),
  );
  add(
    narrowed(new Command('plan'))
      .description(
        'show what would change, person by person (formats: text, json, ndjson, markdown, html)',
      )
      .option('--out <file>', 'also write the plan as JSON to a file')
      .option('--as-of <date>', 'resolve windows as on this day (YYYY-MM-DD) instead of today', day)
      .option('--base <revision>', 'compare with this revision instead of what was last applied')
      .option('--detailed-exitcode', 'exit with 2 when there are changes')
      .action(async (_flags: unknown, command: Command) => {
        const { plan } = await import('./commands/plan.ts');
        outcome.code = await plan(io, command.optsWithGlobals());
      }),
  );
  add(
    new Command('show')
      .description('render a saved plan or result (formats: text, json, markdown, html)')
      .argument('<file>', 'what `plan --out`, or --format json, has written')
      .action(async (file: string, _flags: unknown, command: Command) => {
        const { show } = await import('./commands/show.ts');
        outcome.code = await show(io, command.optsWithGlobals(), file);
      }),
  );
  add(
    narrowed(new Command('apply'))
      .description('plan, ask, write complete lists for the changed people only, read them back')
      .argument('[plan.json]', 'a saved plan, applied as it is or not at all')
      .option('--yes', 'do not ask; needed where there is no terminal')
      .option('--canary <n>', 'write so many people first, and the others if that went well', count)
      .option('--wait <minutes>', 'let another run end first, for so long at most', count)
      .option('--resume <run>', 'settle what a killed run sent, then go on with it')
      .option('--take-over', 'leave a begun run that nobody ends, and plan anew')
      .action(async (file: string | undefined, _flags: unknown, command: Command) => {
        const given: ApplyFlags = command.optsWithGlobals();
        const { applyCommand } = await import('./commands/apply.ts');
        const { resume } = await import('./commands/resume.ts');
        outcome.code = await (given.resume === undefined ? applyCommand : resume)(io, given, file);
      }),
  );
  add(
    allowing(people(new Command('drift')))
      .description('what is live beside what was applied (formats: text, json, markdown)')
      .option('--revert', 'put back what was applied; asks, or needs --yes')
      .option('--adopt', 'write what is live into the rosters; the platform is left as it is')
      .option('--yes', 'with --revert: do not ask')
      .action(async (_flags: unknown, command: Command) => {
        const { drift } = await import('./commands/drift.ts');
        outcome.code = await drift(io, command.optsWithGlobals());
      }),
  );
  const done = (code: ExitCode) => {
    outcome.code = code;
  };
  for (const command of runCommands(io, done)) add(command);
  for (const command of rosterCommands(io, done)) add(command);
  for (const command of tableCommands(io, done)) add(command);
  add(
    new Command('doctor')
      .description(
        'look at everything a run stands on, changing nothing: credentials, scopes, clock, proxy (formats: text, json)',
      )
      .action(async (_flags: unknown, command: Command) => {
        const { doctor } = await import('./commands/doctor.ts');
        outcome.code = await doctor(io, command.optsWithGlobals());
      }),
  );
  for (const command of forgeCommands(io, done)) add(command);
  add(sandboxCommand(io));
  add(
    new Command('demo')
      .description(
        'a guided tour on an embedded platform; writes nothing outside a temporary folder',
      )
      .action(async (_flags: unknown, command: Command) => {
        const { demo } = await import('./commands/demo.ts');
        outcome.code = await demo(io, command.optsWithGlobals());
      }),
  );
  return root;
}

/** The flags that narrow a plan, that let a guard pass, and that ask for a review. */
function narrowed(command: Command): Command {
  return allowing(people(command))
    .option('--changed', 'only people of whom the files say something else than at base')
    .option('--cause <name...>', 'only changes of these causes; may be repeated', collect)
    .addOption(new Option('--at <point>', "the base's files, today").choices(['base']))
    .option(
      '--require-review [mode]',
      'hold what no reviewed plan has (changes, the default), or refuse it all (all)',
    )
    .option('--reviewed <plan.json>', 'a plan that was reviewed; may be repeated', collect);
}

function people(command: Command): Command {
  return command
    .option('--user <key...>', 'only these people; may be repeated', collect)
    .option('--team <name...>', 'only these teams; may be repeated', collect);
}

function allowing(command: Command): Command {
  return command
    .option('--allow <guard>', 'let a guard pass; may be repeated, needs --reason', collect)
    .option('--reason <text>', 'why a guard may pass; kept in the ledger');
}

/** Sub-commands made elsewhere take over how the root prints and ends. */
function inherit(command: Command, root: Command): Command {
  for (const below of command.commands) inherit(below, root);
  return command.copyInheritedSettings(root).allowExcessArguments(command.commands.length > 0);
}
