/** `muster github orgs` and `muster gitlab orgs`: which orgs a pull request concerns, from git alone. */
import { appendFile } from 'node:fs/promises';
import { EXIT, type ExitCode } from '../exit.ts';
import { contextOf, type ForgeKind } from '../forge/context.ts';
import { gather, type MaterialFlags } from '../forge/material.ts';
import type { Io } from '../io.ts';

/** One JSON list on standard output, and the output `orgs` of the step. */
export async function changedOrgs(
  kind: ForgeKind,
  io: Io,
  flags: MaterialFlags,
): Promise<ExitCode> {
  const context = await contextOf(kind, io);
  const { orgs } = await gather({ io, flags, context, plans: [] });
  const text = JSON.stringify(orgs);
  io.stdout(`${text}\n`);
  const path = io.env.GITHUB_OUTPUT;
  if (path) await appendFile(path, `orgs=${text}\n`);
  return EXIT.done;
}
