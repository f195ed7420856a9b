/** Everybody and every skill the platform knows, for whoever has names to look up and credentials to do it with. */
import { MusterError } from '../model/error.ts';
import type { LiveState } from '../model/live.ts';
import { type Connection, connect } from './connect.ts';
import { fetchLive } from './fetch-live.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { progress } from './progress.ts';
import type { Workspace } from './workspace.ts';

/** Without these there is no way to ask, which is no error where nobody has to. */
const NO_WAY: ReadonlySet<string> = new Set(['credentials-missing', 'platform-unavailable']);

/** Undefined where the platform cannot be asked. Throws MusterError where it can, and does not answer. */
export async function readDirectory(
  { org, orgs }: Pick<Workspace, 'org' | 'orgs'>,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<LiveState | undefined> {
  const connection = await open({ org, orgs }, { io, flags });
  if (connection === undefined) return undefined;
  try {
    return await fetchLive(connection.provider, { keys: [] }, { io, flags });
  } finally {
    await connection.close();
  }
}

async function open(
  where: Pick<Workspace, 'org' | 'orgs'>,
  { io, flags }: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<Connection | undefined> {
  try {
    return await connect(where, { io, mode: 'read', listener: progress(io, flags) });
  } catch (error) {
    if (error instanceof MusterError && NO_WAY.has(error.code)) return undefined;
    throw error;
  }
}
