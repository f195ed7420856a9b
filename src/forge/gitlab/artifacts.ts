/** Plans that jobs kept as artifacts: each job that made one of the commit is asked for the file of the org. */
import type { Forge } from '../../model/forge.ts';
import type { GitlabClient } from './client.ts';

interface Job {
  readonly id: number;
  readonly name: string;
  readonly artifacts_file?: unknown;
}

/** Jobs that keep plans have this in their names, and keep them here. */
const NAMED = /plan/i;
const pathOf = (org: string) => `plans/${encodeURIComponent(org)}.json`;

export function gitlabArtifacts(client: GitlabClient): Pick<Forge, 'keptPlans'> {
  const { project } = client;
  return {
    async keptPlans({ org, head }) {
      const what = 'read the artifacts';
      const pipelines = await client.ask<{ readonly id: number }[]>(what, (api) =>
        api.Pipelines.all(project, { sha: head }),
      );
      const plans: unknown[] = [];
      for (const { id: pipelineId } of pipelines) {
        const jobs = await client.ask<Job[]>(what, (api) => api.Jobs.all(project, { pipelineId }));
        for (const { id, name, artifacts_file: file } of jobs) {
          if (file === undefined || file === null || !NAMED.test(name)) continue;
          const plan = await unlessMissing(
            client.file(what, `jobs/${id}/artifacts/${pathOf(org)}`),
          );
          if (plan !== undefined) plans.push(plan);
        }
      }
      return plans;
    },
  };
}

/** A job may have kept the plans of other orgs alone. */
async function unlessMissing(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { code?: string }).code === 'forge-not-found') return undefined;
    throw error;
  }
}
