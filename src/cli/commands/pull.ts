/** `muster pull`: what is live, written into the rosters. Its transport refuses every method that writes. */
import { resolve as resolvePath } from 'node:path';
import { folder } from '../../desired/folder.ts';
import { dayAt } from '../../model/day.ts';
import { MusterError } from '../../model/error.ts';
import type { Left, Pulled } from '../../model/pulled.ts';
import type { FileSource } from '../../model/source.ts';
import { pull } from '../../pull/pull.ts';
import { few } from '../../report/words.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import { Interrupted, untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { saveRosters } from '../roster-files.ts';
import { uncommittedAmong } from '../uncommitted.ts';
import { openConfig, tellFindings } from '../workspace.ts';

export interface PullFlags extends GlobalFlags {
  readonly profiles?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function pullCommand(io: Io, flags: PullFlags): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  const opened = await openConfig(io, flags);
  if (opened === undefined) return EXIT.error;
  const { org, config, loaded } = opened;
  const dir = resolvePath(io.cwd, flags.dir ?? '.');
  const files = folder(dir);
  const orgs = Object.keys(config.orgs).length;
  const listener = progress(io, flags);
  const connection = await connect({ org, orgs }, { io, mode: 'read', listener });
  try {
    const { provider } = connection;
    const day = dayAt(io.clock.now(), org.timeZone);
    const profiles = flags.profiles === true;
    const request = { org, config, day, files, loaded, provider, listener, profiles };
    const { pulled, findings } = await untilInterrupted(io.signal, pull(request));
    if (pulled === undefined) {
      await tellFindings(io, flags, { findings, texts: loaded.texts });
      return EXIT.error;
    }
    if (!flags.dryRun) {
      if (!(await mayWrite(pulled, { io, flags, files }))) return EXIT.error;
      await saveRosters(dir, pulled.files, textsBefore(pulled));
    }
    const told = { org: org.name, pulled, written: !flags.dryRun };
    io.stdout(
      format === 'json'
        ? (await import('../../report/pull/json.ts')).pullJson(told)
        : (await import('../../report/pull/text.ts')).pullText(told, styleOf(io, flags, 'stdout')),
    );
    const short = pulled.incomplete !== undefined || pulled.left.some(isShort);
    return short ? EXIT.incomplete : EXIT.done;
  } finally {
    await connection.close();
  }
}

function textsBefore({ files }: Pulled) {
  return files.flatMap(({ path, before: text }) => (text === undefined ? [] : [{ path, text }]));
}

/** Whether somebody is not in the files as he is live, who could be. */
function isShort({ reason }: Left): boolean {
  return reason === 'unread' || reason === 'shared' || reason === 'refused';
}

interface Asking {
  readonly io: Io;
  readonly flags: PullFlags;
  readonly files: FileSource;
}

/** Changing a file that git could not bring back is asked for. Throws MusterError where nobody can be asked. */
async function mayWrite({ files }: Pulled, { io, flags, files: source }: Asking): Promise<boolean> {
  if (flags.yes) return true;
  const changed = files.flatMap(({ state, path }) => (state === 'changed' ? [path] : []));
  const open = await uncommittedAmong(changed, { io, flags, files: source });
  if (open.length === 0) return true;
  const what = `Git could not bring back what this pull changes in ${few(open)}: it is not committed.`;
  if (!io.terminal.stdin) {
    throw new MusterError('uncommitted', what, {
      hint: 'Commit the files first, look with --dry-run, or say --yes.',
    });
  }
  const answer = await io.ask(`${what}\nChange it all the same? Only "yes" is taken for a yes: `);
  if (io.signal.aborted) throw new Interrupted();
  if (answer.trim() === 'yes') return true;
  io.stderr('Nothing was written.\n');
  return false;
}
