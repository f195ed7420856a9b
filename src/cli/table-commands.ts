/** The commands that bring spreadsheets into the rosters, and the rosters into spreadsheets. */
import { Command, Option } from 'commander';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import { collect } from './run-commands.ts';

type Done = (code: ExitCode) => void;

/** `done` is told how each command ended. */
export function tableCommands(io: Io, done: Done): Command[] {
  return [importing(io, done), exporting(io, done)];
}

function importing(io: Io, done: Done): Command {
  return new Command('import')
    .description(
      'write what a spreadsheet says into the rosters; previews, asks (formats: text, json)',
    )
    .argument('<file>', 'a table as CSV, with any separator and encoding, or as .xlsx')
    .option('--sheet <name>', 'the sheet of an .xlsx file (default: the first that is shown)')
    .addOption(
      new Option(
        '--dates <order>',
        'what comes first in 01/02/2027; unsaid, it is an error',
      ).choices(['dmy', 'mdy']),
    )
    .option('--new', 'take in people and skills that neither rosters nor platform know')
    .option('--into <roster>', 'where people go whom no roster names')
    .option('--empty-removes', 'an empty cell of a matrix takes the skill away')
    .option('--offline', 'ask the platform nothing')
    .option('--dry-run', 'preview, and write nothing')
    .option('--yes', 'do not ask; needed where there is no terminal')
    .action(async (file: string, _flags: unknown, command: Command) => {
      const { importCommand } = await import('./commands/import.ts');
      done(await importCommand(io, command.optsWithGlobals(), file));
    });
}

function exporting(io: Io, done: Done): Command {
  return new Command('export')
    .description('who has which skill, as a table (formats: csv, json, bulk-csv)')
    .option('--live', 'what the platform has, instead of what the files say')
    .option('--wide', 'one row a person and one column a skill, instead of one row each')
    .addOption(
      new Option('--separator <name>', 'what stands between the cells of CSV')
        .choices(['comma', 'semicolon', 'tab'])
        .default('comma'),
    )
    .option('--bom', 'begin with a byte order mark, by which Excel tells UTF-8')
    .option('--out <file>', 'write it to a file instead')
    .option('--user <key...>', 'only these people; may be repeated', collect)
    .option('--team <name...>', 'only these teams; may be repeated', collect)
    .action(async (_flags: unknown, command: Command) => {
      const { exportCommand } = await import('./commands/export.ts');
      done(await exportCommand(io, command.optsWithGlobals()));
    });
}
