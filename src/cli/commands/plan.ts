/** `muster plan`: what would change, person by person. Its transport refuses every method that writes. */
import { writeFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { MusterError } from '../../model/error.ts';
import type { Plan } from '../../model/plan.ts';
import { refusals } from '../../plan/guards/judge.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { tellAllowed } from '../overrides.ts';
import { makePlanFor, type PlanningFlags, type Prepared, prepare } from '../planning.ts';
import { progress } from '../progress.ts';
import { print, renderPlan, SAVED_FORMATS } from '../render.ts';
import { reviewMode } from '../review.ts';
import { standsInTheWay } from '../running.ts';
import { overridesOf } from '../scope.ts';
import { openWorkspace } from '../workspace.ts';

export interface PlanFlags extends PlanningFlags {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

export async function plan(io: Io, flags: PlanFlags): Promise<ExitCode> {
  const format = formatOf(flags, SAVED_FORMATS);
  overridesOf(flags);
  reviewMode(flags);
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const connection = await connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(workspace, { io, flags });
    const made = await makePlanFor(prepared, connection.provider, { io, flags });
    if (made === undefined) return EXIT.error;
    if (flags.out !== undefined) await save(made.plan, resolvePath(io.cwd, flags.out));
    print(io.stdout, await renderPlan(made.plan, format, { io, flags }));
    tellAllowed({ io, flags }, made.plan.guards, prepared.overrides);
    tellStanding(io, flags, prepared);
    if (refusals(made.plan.guards, prepared.overrides).length > 0) return EXIT.refused;
    return flags.detailedExitcode && made.plan.totals.people > 0 ? EXIT.changes : EXIT.done;
  } finally {
    await prepared?.book?.close();
    await connection.close();
  }
}

/** What stands beside the plan and would stop an apply of it. */
function tellStanding(io: Io, flags: PlanFlags, { book, workspace }: Prepared): void {
  if (book === undefined || flags.quiet) return;
  const why = standsInTheWay(book, workspace.org.name, io.clock.now());
  if (why !== undefined) io.stderr(`note: ${why.message} ${why.hint ?? ''}\n`);
}

async function save(made: Plan, path: string): Promise<void> {
  const { planJsonPieces } = await import('../../report/plan/json.ts');
  try {
    await writeFile(path, planJsonPieces(made));
  } catch (error) {
    throw new MusterError('plan-not-saved', `The plan could not be written to ${path}.`, {
      hint: 'Name a file in a folder that exists and can be written to.',
      cause: error,
    });
  }
}
