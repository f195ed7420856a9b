/** `muster apply`: the plan, the question, the writes, the read-back. A dry run is the same code, stopped earlier. */
import type { Plan } from '../../model/plan.ts';
import type { Result } from '../../model/result.ts';
import { applyPlan } from '../../reconcile.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import { Interrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { openWorkspace } from '../workspace.ts';
import { planWorkspace, renderPlan } from './plan.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;
type Format = (typeof FORMATS)[number];

export interface ApplyFlags extends GlobalFlags {
  readonly yes?: boolean;
}

export async function applyCommand(io: Io, flags: ApplyFlags): Promise<ExitCode> {
  const format = formatOf(flags, [...FORMATS]);
  if (!flags.yes && !io.terminal.stdin) {
    throw new UsageError(
      'There is no terminal to ask on.',
      'Say --yes to apply without being asked.',
    );
  }
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const connection = connect(workspace, { io, mode: 'write', listener: progress(io, flags) });
  try {
    const made = await planWorkspace(workspace, connection.provider, { io, flags });
    if (made === undefined) return EXIT.error;
    const asks = made.totals.people > 0 && !flags.yes;
    if (asks || (format === 'text' && !flags.quiet)) await show(made, format, { io, flags });
    if (asks && !(await agreed(io, made))) return EXIT.error;
    connection.allowWrites();
    tellInterruption(io);
    const result = await applyPlan(made, {
      provider: connection.provider,
      clock: io.clock,
      listener: progress(io, flags),
      signal: io.signal,
    });
    const silent = flags.quiet && made.totals.held > 0;
    if (format !== 'text' || made.totals.people > 0 || silent) {
      io.stdout(await renderResult(result, format, { io, flags }));
    }
    return exitCode(result);
  } finally {
    await connection.close();
  }
}

/** Nobody is asked about a plan he has not seen: where standard output is for the result, it goes beside it. */
async function show(
  made: Plan,
  format: Format,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<void> {
  const text = await renderPlan(made, 'text', { io, flags });
  if (format === 'text') io.stdout(text);
  else io.stderr(text);
}

function tellInterruption(io: Io): void {
  const text = 'Interrupted: what is in flight is finished first; once more stops at once.\n';
  io.signal.addEventListener('abort', () => io.stderr(text), { once: true });
}

async function agreed(io: Io, made: Plan): Promise<boolean> {
  const answer = await io.ask(`\nApply this to ${made.org}? Only "yes" is taken for a yes: `);
  if (io.signal.aborted) throw new Interrupted();
  if (answer.trim() === 'yes') return true;
  io.stderr('Nothing was applied.\n');
  return false;
}

function exitCode(result: Result): ExitCode {
  if (result.stopped?.code === 'interrupted') return EXIT.interrupted;
  const { applied, unchanged } = result.outcomes;
  const reached = applied + unchanged === result.users.length && result.held.length === 0;
  return reached ? EXIT.done : EXIT.incomplete;
}

async function renderResult(
  result: Result,
  format: Format,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<string> {
  switch (format) {
    case 'text': {
      const { resultText } = await import('../../report/result/text.ts');
      return resultText(result, styleOf(io, flags, 'stdout'));
    }
    case 'json':
      return (await import('../../report/result/json.ts')).resultJson(result);
    case 'markdown':
      return (await import('../../report/result/markdown.ts')).resultMarkdown(result);
  }
}
