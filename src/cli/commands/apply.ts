/** `muster apply`: the plan, the question, the writes, the read-back. A dry run is the same code, stopped earlier. */
import { dayAt } from '../../model/day.ts';
import type { Override } from '../../model/guard.ts';
import type { GuardVerdict, Plan } from '../../model/plan.ts';
import type { Result } from '../../model/result.ts';
import { refusals } from '../../plan/guards/judge.ts';
import { checkCurrent } from '../../plan/saved.ts';
import { see } from '../../report/see.ts';
import { type Connection, connect } from '../connect.ts';
import type { Ran } from '../ending.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf } from '../flags.ts';
import { Interrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { planForLog } from '../log-naming.ts';
import { tellAllowed } from '../overrides.ts';
import { type ApplyFlags, asSaved, freshly, type PlanSource } from '../plan-source.ts';
import type { Made } from '../planning.ts';
import { progress } from '../progress.ts';
import { print, renderPlan, renderResult, SAVED_FORMATS, type SavedFormat } from '../render.ts';
import { reviewMode } from '../review.ts';
import { runPlan } from '../running.ts';
import { overridesOf } from '../scope.ts';
import { waiting } from '../waiting.ts';

export async function applyCommand(io: Io, flags: ApplyFlags, file?: string): Promise<ExitCode> {
  overridesOf(flags);
  reviewMode(flags);
  demandTerminal(io, flags);
  if (flags.wait === undefined) return applyOnce(io, flags, file);
  if (file !== undefined || !flags.yes) {
    throw new UsageError(
      '--wait plans anew once the way is free: it needs --yes, and no saved plan.',
    );
  }
  return waiting(io, flags.wait, () => applyOnce(io, flags));
}

async function applyOnce(io: Io, flags: ApplyFlags, file?: string): Promise<ExitCode> {
  const format = formatOf(flags, SAVED_FORMATS);
  const source = file === undefined ? await freshly(io, flags) : await asSaved(io, flags, file);
  if (source === undefined) return EXIT.error;
  const connection = await connect(source, { io, mode: 'write', listener: progress(io, flags) });
  try {
    const made = await source.plan(connection.provider);
    if (made === undefined) return EXIT.error;
    return await applyMade({ io, flags, format, source, connection }, made);
  } finally {
    await source.book?.close();
    await connection.close();
  }
}

/** Throws UsageError where somebody would have to be asked, and nobody can be. */
export function demandTerminal(io: Io, flags: Pick<ApplyFlags, 'yes'>): void {
  if (flags.yes || io.terminal.stdin) return;
  throw new UsageError(
    'There is no terminal to ask on.',
    'Say --yes to apply without being asked.',
  );
}

interface Applying {
  readonly io: Io;
  readonly flags: ApplyFlags;
  readonly format: SavedFormat;
  readonly source: Omit<PlanSource, 'plan' | 'orgs'>;
  readonly connection: Connection;
}

async function applyMade(applying: Applying, { plan, ids }: Made): Promise<ExitCode> {
  const { io, flags, format, source, connection } = applying;
  const { overrides } = source;
  const asks = plan.totals.people > 0 && !flags.yes;
  const refusing = refusals(source.verdicts(plan), overrides);
  const refused = refusing.length > 0;
  if (asks || refused || (format === 'text' && !flags.quiet)) {
    await showPlan(plan, format, { io, flags });
  }
  if (refused) return refusePlan(plan, refusing, { io, flags });
  tellAllowed({ io, flags }, source.verdicts(plan), overrides);
  if (asks) {
    if (!(await agreed(io, plan))) return EXIT.error;
    // Whoever is asked may think about it past midnight, or into a freeze.
    checkCurrent(plan, dayAt(io.clock.now(), source.org.timeZone));
    const late = refusals(source.verdicts(plan), overrides);
    if (late.length > 0) return refusePlan(plan, late, { io, flags });
  }
  connection.allowWrites();
  tellInterruption(io);
  const ran = await runPlan(plan, {
    ...{ io, flags, book: source.book, kind: 'apply' as const, ids, still: source.still },
    overrides: usedOf(overrides, source.verdicts(plan), flags),
    options: {
      provider: connection.provider,
      clock: io.clock,
      listener: progress(io, flags),
      signal: io.signal,
      ...(flags.canary === undefined ? {} : { canary: flags.canary }),
    },
  });
  const silent = flags.quiet && plan.totals.held > 0;
  const tells = format !== 'text' || plan.totals.people > 0 || silent;
  return tellRan(ran, tells ? format : undefined, { io, flags });
}

async function refusePlan(
  plan: Plan,
  guards: readonly GuardVerdict[],
  how: { readonly io: Io; readonly flags: ApplyFlags },
): Promise<ExitCode> {
  return refuse(how.io, (await planForLog({ ...plan, guards }, how)).guards);
}

/** What goes into the record: what was said by flag, and the trailers that let something pass. */
function usedOf(
  overrides: readonly Override[],
  verdicts: readonly GuardVerdict[],
  { allow = [] }: ApplyFlags,
): Override[] {
  const refused = new Set(verdicts.filter(({ passed }) => !passed).map(({ guard }) => guard));
  return overrides.filter(({ guard }) => allow.includes(guard) || refused.has(guard));
}

/** The result, and what the ledger could not be told. Without a format only the latter. */
export async function tellRan(
  { result, unended }: Ran,
  format: SavedFormat | undefined,
  how: { readonly io: Io; readonly flags: ApplyFlags },
): Promise<ExitCode> {
  if (format !== undefined) print(how.io.stdout, await renderResult(result, format, how));
  if (unended === undefined) return exitCode(result);
  const { code, message, hint } = unended;
  how.io.stderr(`error: The run has ended, but the ledger could not be told. ${message}\n`);
  how.io.stderr(
    `hint: ${hint ?? ''} Then close the run: muster apply --resume ${result.run ?? ''}\n`,
  );
  how.io.stderr(`see ${see('errors', code)}\n`);
  return EXIT.incomplete;
}

/** The numbers and the very flag; the plan above has been printed. */
export function refuse(io: Io, verdicts: readonly GuardVerdict[]): ExitCode {
  for (const { guard, message, hint } of verdicts) {
    io.stderr(`refused by guard ${guard}: ${message}\n`);
    if (hint !== undefined) io.stderr(`hint: ${hint}\n`);
  }
  io.stderr('see docs/guards.md#the-guards\nNothing was applied.\n');
  return EXIT.refused;
}

/** Nobody is asked about a plan he has not seen: where standard output is for the result, it goes beside it. */
export async function showPlan(
  made: Plan,
  format: SavedFormat,
  { io, flags }: { readonly io: Io; readonly flags: ApplyFlags },
): Promise<void> {
  const text = await renderPlan(made, 'text', { io, flags });
  print(format === 'text' ? io.stdout : io.stderr, text);
}

export function tellInterruption(io: Io): void {
  const text = 'Interrupted: what is in flight is finished first; once more stops at once.\n';
  io.signal.addEventListener('abort', () => io.stderr(text), { once: true });
}

export async function agreed(io: Io, made: Plan): Promise<boolean> {
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
