/** `muster github drift`, `muster gitlab drift`: one issue an org about what is live and was not applied. */
import { tellDrift } from '../../forge/drift-issue.ts';
import { MusterError } from '../../model/error.ts';
import { DEFAULT_REPORT } from '../../model/report-settings.ts';
import type { Drift } from '../../report/drift/drift.ts';
import { driftMessage } from '../../report/drift/message.ts';
import { proxyOf } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { findDrift } from '../find-drift.ts';
import type { GlobalFlags } from '../flags.ts';
import { contextOf, type ForgeKind } from '../forge/context.ts';
import type { Io } from '../io.ts';
import { openOrgAlone } from '../org-alone.ts';
import { savedDrift } from '../saved-drift.ts';
import { loadFolder } from '../workspace.ts';

interface How {
  readonly io: Io;
  readonly flags: GlobalFlags;
}

/** `file`: what `muster drift --format json` has printed; without one it looks itself. */
export async function forgeDrift(
  kind: ForgeKind,
  { io, flags }: How,
  file?: string,
): Promise<ExitCode> {
  const opened = await openOrgAlone(io, flags);
  if (opened === undefined) return EXIT.error;
  const org = opened.org.name;
  const { config } = await loadFolder(io, flags);
  const { issue: naming, proficiency } = config?.report ?? DEFAULT_REPORT;
  const drift = file === undefined ? await looked({ io, flags }) : await savedDrift(io, file, org);
  const context = await contextOf(kind, io);
  const forge = await context.open();
  try {
    const told = await tellDrift(forge, {
      ...{ org, drift, naming, proficiency },
      at: new Date(io.clock.now()).toISOString(),
      ...(context.jobUrl === undefined ? {} : { url: context.jobUrl }),
    });
    const where = told.issue === undefined ? '' : ` (${told.issue.url})`;
    io.stdout(`Issue about drift in ${org}: ${told.done}${where}.\n`);
    await chat(io, driftMessage(org, told.looks, told.issue?.url ?? context.jobUrl));
  } finally {
    await forge.close();
  }
  return drift === undefined ? EXIT.error : EXIT.done;
}

/** Undefined where it could not be looked; why has been told. */
async function looked({ io, flags }: How): Promise<Drift | undefined> {
  try {
    return (await findDrift(io, flags))?.drift;
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    io.stderr(`note: Drift could not be looked for: ${error.message} ${error.hint ?? ''}\n`);
    return undefined;
  }
}

/** A chat that cannot be reached changes nothing else. */
async function chat(io: Io, message: string | undefined): Promise<void> {
  const address = io.env.MUSTER_WEBHOOK_URL;
  if (message === undefined || address === undefined || address === '') return;
  const { postMessage } = await import('../../http/webhook.ts');
  try {
    await postMessage(address, message, proxyOf(io.env));
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    io.stderr(`note: ${error.message} ${error.hint ?? ''}\n`);
  }
}
