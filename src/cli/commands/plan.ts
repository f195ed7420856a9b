/** `muster plan`: what would change, person by person. Its transport refuses every method that writes. */
import { writeFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import type { Day } from '../../model/day.ts';
import { MusterError } from '../../model/error.ts';
import type { Plan } from '../../model/plan.ts';
import type { Provider } from '../../model/provider.ts';
import { planFor } from '../../reconcile.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf, type GlobalFlags } from '../flags.ts';
import { untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { print, renderPlan, SAVED_FORMATS } from '../render.ts';
import { version } from '../version.ts';
import { openWorkspace, tellFindings, type Workspace } from '../workspace.ts';

export interface PlanFlags extends GlobalFlags {
  readonly out?: string;
  readonly asOf?: Day;
  readonly detailedExitcode?: boolean;
}

export async function plan(io: Io, flags: PlanFlags): Promise<ExitCode> {
  const format = formatOf(flags, SAVED_FORMATS);
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const connection = connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  try {
    const made = await planWorkspace(workspace, connection.provider, { io, flags });
    if (made === undefined) return EXIT.error;
    if (flags.out !== undefined) await save(made, resolvePath(io.cwd, flags.out));
    print(io.stdout, await renderPlan(made, format, { io, flags }));
    return flags.detailedExitcode && made.totals.people > 0 ? EXIT.changes : EXIT.done;
  } finally {
    await connection.close();
  }
}

/**
 * The plan of a workspace; undefined when findings stand in its way, which have then been told. Throws Interrupted.
 */
export async function planWorkspace(
  workspace: Workspace,
  provider: Provider,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<Plan | undefined> {
  const { org, desired } = workspace;
  const work = planFor({
    org,
    head: null,
    desired,
    findings: workspace.findings,
    provider,
    listener: progress(io, flags),
    made: { at: new Date(io.clock.now()).toISOString(), by: `muster ${version()}` },
  });
  const planned = await untilInterrupted(io.signal, work);
  if (planned.plan === undefined) {
    await tellFindings(io, flags, { findings: planned.findings, texts: workspace.texts });
  }
  return planned.plan;
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
