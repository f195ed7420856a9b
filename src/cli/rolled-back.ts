/** What a rollback left apart: the platform is as it was before the run, and the files still say what the run wrote. */
import type { Provider } from '../model/provider.ts';
import type { Spot } from './adopt.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { type PlanningFlags, planOf, prepare } from './planning.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export interface Apart {
  readonly workspace: Workspace;
  readonly spots: readonly Spot[];
}

/** Everything that the files at hand would write again to people who are held as `rolled-back`; undefined with errors. */
export async function rolledBackSpots(
  provider: Provider,
  how: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<Apart | undefined> {
  const { io } = how;
  const flags: PlanningFlags = {
    ...how.flags,
    allow: ['rolled-back'],
    reason: 'the files are to agree',
  };
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return undefined;
  const prepared = await prepare(workspace, { io, flags });
  try {
    const { plan } = await planOf(prepared, provider, { io, flags });
    const open = prepared.bases?.ledger.open ?? {};
    const spots = Object.values(plan?.users ?? {})
      .filter(({ userId }) => open[userId]?.rolledBack !== undefined)
      .flatMap(({ key, changes }) =>
        changes.map(({ kind, name, before, source }) => {
          const { file, line, col } = source;
          const place = { file, line, col };
          return { key, one: { kind, name, place, ...(before !== undefined && { live: before }) } };
        }),
      );
    return plan === undefined ? undefined : { workspace, spots };
  } finally {
    await prepared.book?.close();
  }
}
