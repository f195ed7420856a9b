/** `muster apply`: the plan, the question, the writes, the read-back. A dry run is the same code, stopped earlier. */
import type { Org } from '../../model/config.ts';
import { dayAt } from '../../model/day.ts';
import type { Plan } from '../../model/plan.ts';
import type { Provider } from '../../model/provider.ts';
import type { Result } from '../../model/result.ts';
import { checkApplicable } from '../../plan/saved.ts';
import { applyPlan } from '../../reconcile.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, type GlobalFlags } from '../flags.ts';
import { Interrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { print, renderPlan, renderResult, SAVED_FORMATS, type SavedFormat } from '../render.ts';
import { readSaved } from '../saved.ts';
import { openOrg, openWorkspace } from '../workspace.ts';
import { planWorkspace } from './plan.ts';

export interface ApplyFlags extends GlobalFlags {
  readonly yes?: boolean;
}

export async function applyCommand(io: Io, flags: ApplyFlags, file?: string): Promise<ExitCode> {
  const format = formatOf(flags, SAVED_FORMATS);
  if (!flags.yes && !io.terminal.stdin) {
    throw new UsageError(
      'There is no terminal to ask on.',
      'Say --yes to apply without being asked.',
    );
  }
  const listener = progress(io, flags);
  const source = file === undefined ? await freshly(io, flags) : await asSaved(io, flags, file);
  if (source === undefined) return EXIT.error;
  const connection = connect(source, { io, mode: 'write', listener });
  try {
    const made = await source.plan(connection.provider);
    if (made === undefined) return EXIT.error;
    const asks = made.totals.people > 0 && !flags.yes;
    if (asks || (format === 'text' && !flags.quiet)) await showPlan(made, format, { io, flags });
    if (asks && !(await agreed(io, made))) return EXIT.error;
    connection.allowWrites();
    tellInterruption(io);
    const { clock, signal } = io;
    const { provider } = connection;
    const result = await applyPlan(made, { provider, clock, listener, signal });
    const silent = flags.quiet && made.totals.held > 0;
    if (format !== 'text' || made.totals.people > 0 || silent) {
      print(io.stdout, await renderResult(result, format, { io, flags }));
    }
    return exitCode(result);
  } finally {
    await connection.close();
  }
}

/** Where the plan comes from: the org it is for, and the plan itself once there is a provider to read with. */
interface PlanSource {
  readonly org: Org;
  readonly orgs: number;
  plan(provider: Provider): Promise<Plan | undefined>;
}

async function freshly(io: Io, flags: ApplyFlags): Promise<PlanSource | undefined> {
  const workspace = await openWorkspace(io, flags);
  return (
    workspace && {
      ...workspace,
      plan: (provider) => planWorkspace(workspace, provider, { io, flags }),
    }
  );
}

/** A saved plan is applied as it is or not at all; the gate still reads everybody again. */
async function asSaved(io: Io, flags: ApplyFlags, file: string): Promise<PlanSource | undefined> {
  const saved = await readSaved(io, file);
  if (saved.is !== 'plan') throw new UsageError(`${file} is a result, not a plan.`);
  const { plan } = saved;
  if (flags.org !== undefined && flags.org !== plan.org) {
    throw new UsageError(`The plan is for ${plan.org}, and --org says ${flags.org}.`);
  }
  const opened = await openOrg(io, flags, plan.org);
  if (opened === undefined) return undefined;
  const { org } = opened;
  const day = (at: number) => dayAt(at, org.timeZone);
  checkApplicable(plan, { org, today: day(io.clock.now()), madeOn: day(Date.parse(plan.made.at)) });
  return { ...opened, plan: async () => plan };
}

/** Nobody is asked about a plan he has not seen: where standard output is for the result, it goes beside it. */
async function showPlan(
  made: Plan,
  format: SavedFormat,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<void> {
  const text = await renderPlan(made, 'text', { io, flags });
  print(format === 'text' ? io.stdout : io.stderr, text);
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
