/** A plan with what it saw: the reading it was made of, and whom and what the names of the files meant in it. */
import type { Finding } from '../model/finding.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { Targets } from '../model/target.ts';
import { connect } from './connect.ts';
import type { Io } from './io.ts';
import { type PlanningFlags, type Prepared, planOf, prepare } from './planning.ts';
import { progress } from './progress.ts';
import type { Workspace } from './workspace.ts';

export interface Witnessed {
  readonly plan: Plan;
  readonly live: LiveState;
  readonly targets: Targets;
}

/** Findings instead, where they stand in the way of a plan. Throws MusterError as planning does. */
export async function witness(
  workspace: Workspace,
  { io, flags }: { readonly io: Io; readonly flags: PlanningFlags },
): Promise<Witnessed | { readonly findings: readonly Finding[] }> {
  const connection = await connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(workspace, { io, flags });
    const { provider, seen } = attended(connection.provider);
    const { plan, findings } = await planOf(prepared, provider, { io, flags });
    const { live, targets } = seen;
    return plan && live && targets ? { plan, live, targets } : { findings };
  } finally {
    await prepared?.book?.close();
    await connection.close();
  }
}

interface Seen {
  live?: LiveState;
  targets?: Targets;
}

/** The files at hand are put beside the first reading; what comes later is of their past, or of more people. */
function attended(provider: Provider): { readonly provider: Provider; readonly seen: Seen } {
  const seen: Seen = {};
  return {
    seen,
    provider: {
      ...provider,
      async fetch(scope) {
        const live = await provider.fetch(scope);
        seen.live ??= live;
        return live;
      },
      normalize(desired, live) {
        const targets = provider.normalize(desired, live);
        seen.targets ??= targets;
        return targets;
      },
    },
  };
}
