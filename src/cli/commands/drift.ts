/** `muster drift`: what is live beside what was applied; what is only in git does not count. Reads, unless it is to revert. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Drift } from '../../report/drift/drift.ts';
import type { ExitCode } from '../exit.ts';
import { EXIT, UsageError } from '../exit.ts';
import { driftOnly, type Found, findDrift } from '../find-drift.ts';
import { formatOf, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import type { PlanningFlags } from '../planning.ts';
import { dirOf } from '../running.ts';
import { tellFindings } from '../workspace.ts';
import { applyCommand } from './apply.ts';

export interface DriftFlags extends PlanningFlags {
  readonly revert?: boolean;
  readonly adopt?: boolean;
  readonly yes?: boolean;
}

const FORMATS = ['text', 'json', 'markdown'] as const;
type Format = (typeof FORMATS)[number];

export async function drift(io: Io, flags: DriftFlags): Promise<ExitCode> {
  if (flags.revert && flags.adopt) {
    throw new UsageError('--revert changes the platform, --adopt the files: say one of them.');
  }
  if (flags.revert) return applyCommand(io, { ...driftOnly(flags), looksPast: true });
  if (flags.yes) throw new UsageError('--yes is for --revert: looking at drift asks nothing.');
  const format = formatOf(flags, [...FORMATS]);
  const found = await findDrift(io, flags);
  if (found === undefined) return EXIT.error;
  io.stdout(await render(found.drift, format, { io, flags }));
  if (found.drift.people.length === 0) return EXIT.done;
  return flags.adopt ? takeOver(found, { io, flags }) : EXIT.changes;
}

/** Writes what is live into the rosters on the disk; the platform is left as it is. */
async function takeOver(
  { drift: found, workspace }: Found,
  { io, flags }: { readonly io: Io; readonly flags: DriftFlags },
): Promise<ExitCode> {
  const { adopt } = await import('../adopt.ts');
  const { changed, findings } = await adopt(found, workspace);
  for (const { path, text } of changed) await writeFile(join(dirOf({ io, flags }), path), text);
  if (findings.length > 0) await tellFindings(io, flags, { findings, texts: workspace.texts });
  const files = changed.map(({ path }) => path).join(', ');
  if (changed.length > 0) {
    io.stderr(`Taken over into ${files}. Look at it (git diff), commit it, have it reviewed.\n`);
  }
  return findings.length > 0 ? EXIT.error : EXIT.done;
}

async function render(
  found: Drift,
  format: Format,
  { io, flags }: { readonly io: Io; readonly flags: DriftFlags },
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('../../report/drift/text.ts')).driftText(
        found,
        styleOf(io, flags, 'stdout'),
      );
    case 'json':
      return (await import('../../report/drift/json.ts')).driftJson(found);
    case 'markdown':
      return (await import('../../report/drift/markdown.ts')).driftMarkdown(found);
  }
}
