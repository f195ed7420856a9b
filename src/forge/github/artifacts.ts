/** Plans that jobs kept as artifacts: listed by name, downloaded as archives, and unpacked within bounds. */
import type { Forge } from '../../model/forge.ts';
import { forgeFailure } from '../failure.ts';
import type { GithubClient } from './client.ts';

interface Artifact {
  readonly id: number;
  readonly expired: boolean;
  readonly size_in_bytes: number;
  readonly workflow_run?: { readonly head_sha?: string } | null;
}

/** A plan of everybody in a large org is smaller; nothing larger is unpacked. */
const MOST_BYTES = 600_000_000;

export function githubArtifacts(client: GithubClient): Pick<Forge, 'keptPlans'> {
  return {
    async keptPlans({ org, head }) {
      const what = 'read the artifacts';
      const list = (name: string) =>
        client.list<Artifact>(what, 'GET /actions/artifacts', { name });
      const name = `muster-plan-${org}`;
      const ofCommit = (await list(name)).filter(({ workflow_run: run }) => run?.head_sha === head);
      // What is planned of a fork is kept by a run of the base, which is of another commit: the name says of which.
      const found = [...ofCommit, ...(await list(`${name}-${head}`))];
      const plans: unknown[] = [];
      for (const { id, expired, size_in_bytes: size } of found) {
        if (expired || size > MOST_BYTES) continue;
        const archive = await client.download(what, `GET /actions/artifacts/${id}/zip`);
        plans.push(...(await plansIn(archive)));
      }
      return plans;
    },
  };
}

/** What is no archive, or no JSON in it, is no plan. */
async function plansIn(archive: Uint8Array): Promise<unknown[]> {
  const { unzipSync } = await import('fflate');
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(archive, {
      filter: ({ name, originalSize }) => name.endsWith('.json') && originalSize <= MOST_BYTES,
    });
  } catch (cause) {
    throw forgeFailure({ what: 'unpack the artifact', cause });
  }
  return Object.values(files).flatMap((bytes) => {
    try {
      return [JSON.parse(new TextDecoder().decode(bytes))];
    } catch {
      return [];
    }
  });
}
