/** The commands between the files and what is live that change no platform. */
import { Command, Option } from 'commander';
import { PLATFORMS } from '../model/platform.ts';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import { collect, day } from './run-commands.ts';

/** `done` is told how each command ended. */
export function rosterCommands(io: Io, done: (code: ExitCode) => void): Command[] {
  return [
    new Command('init')
      .description('begin: write muster.yaml, editor settings and workflows, then pull')
      .addOption(new Option('--platform <name>', 'the platform; asked for').choices(PLATFORMS))
      .option('--region <name>', 'of Genesys Cloud, such as eu_west_1 or mypurecloud.ie')
      .option('--area <name>', 'of CXone, such as na1')
      .option('--base-url <url>', "the API's address, where the platform has no usual one")
      .option('--login-url <url>', 'where to sign in, where that is another address')
      .option('--org-id <id>', 'the tenant; a sign-in that lands elsewhere is refused')
      .option('--levels <list>', 'names for points of the scale: novice=20,skilled=60')
      .option('--no-workflows', 'write no workflows')
      .option('--no-pull', 'write no rosters')
      .option('--profiles', 'make what several people share into profiles')
      .action(async (_flags: unknown, command: Command) => {
        const { init } = await import('./commands/init.ts');
        done(await init(io, command.optsWithGlobals()));
      }),
    new Command('pull')
      .description('write what is live into the rosters (formats: text, json)')
      .option('--profiles', 'make what several new people share into profiles')
      .option('--dry-run', 'say what would be written, and write nothing')
      .option('--yes', 'also change files that are not committed, without being asked')
      .action(async (_flags: unknown, command: Command) => {
        const { pullCommand } = await import('./commands/pull.ts');
        done(await pullCommand(io, command.optsWithGlobals()));
      }),
    new Command('explain')
      .description("where each of a person's values comes from (formats: text, json)")
      .argument('<user>', 'the key, as the files have it')
      .argument('[skill]', 'one skill or language alone')
      .option('--as-of <date>', 'as on this day (YYYY-MM-DD) instead of today', day)
      .option('--offline', 'do not read what is live')
      .action(
        async (user: string, skill: string | undefined, _flags: unknown, command: Command) => {
          const { explain } = await import('./commands/explain.ts');
          done(await explain(io, command.optsWithGlobals(), { user, skill }));
        },
      ),
    new Command('coverage')
      .description('holders of each skill, now and after the plan (formats: text, json)')
      .option('--skill <name>', 'only this skill or language; may be repeated', collect)
      .option('--as-of <date>', 'as on this day (YYYY-MM-DD) instead of today', day)
      .action(async (_flags: unknown, command: Command) => {
        const { coverage } = await import('./commands/coverage.ts');
        done(await coverage(io, command.optsWithGlobals()));
      }),
    new Command('unmanaged')
      .description('who is live and in no roster, or in a roster and gone (formats: text, json)')
      .action(async (_flags: unknown, command: Command) => {
        const { unmanaged } = await import('./commands/unmanaged.ts');
        done(await unmanaged(io, command.optsWithGlobals()));
      }),
  ];
}
