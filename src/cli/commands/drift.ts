/** `muster drift`: what is live beside what was applied; what is only in git does not count. Reads, unless it is to revert. */

import type { Drift } from '../../report/drift/drift.ts';
import type { ExitCode } from '../exit.ts';
import { EXIT, UsageError } from '../exit.ts';
import { driftOnly, findDrift } from '../find-drift.ts';
import { formatOf, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { logLabels } from '../log-naming.ts';
import type { PlanningFlags } from '../planning.ts';
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
  const text = await render(found.drift, format, { io, flags });
  const labels = format === 'json' ? undefined : await logLabels({ io, flags }, found.drift.people);
  io.stdout(labels === undefined ? text : labels.clean(text));
  if (found.drift.people.length === 0) return EXIT.done;
  if (!flags.adopt) return EXIT.changes;
  const { adoptHere, spotsOf } = await import('../adopt.ts');
  const whole = await adoptHere(spotsOf(found.drift), found.workspace, { io, flags });
  return whole ? EXIT.done : EXIT.error;
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
