/** `muster show FILE`: any rendering of a saved plan or result. No network, no credentials, no rosters. */
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf, type GlobalFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { print, renderPlan, renderResult, SAVED_FORMATS } from '../render.ts';
import { readSaved } from '../saved.ts';

export async function show(io: Io, flags: GlobalFlags, file: string): Promise<ExitCode> {
  const format = formatOf(flags, SAVED_FORMATS);
  const saved = await readSaved(io, file);
  const how = { io, flags };
  print(
    io.stdout,
    saved.is === 'plan'
      ? await renderPlan(saved.plan, format, how)
      : await renderResult(saved.result, format, how),
  );
  return EXIT.done;
}
