/** Who runs this, and where: the name a run, a pause and a commit of the ledger are signed with. No e-mail. */
import { hostname } from 'node:os';
import type { Io } from './io.ts';

export function whoAndWhere(env: Io['env']): string {
  const { GITHUB_ACTIONS, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_JOB_URL } = env;
  if (GITHUB_ACTIONS && GITHUB_REPOSITORY && GITHUB_RUN_ID) {
    return `github.com/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  }
  if (CI_JOB_URL) return CI_JOB_URL;
  return `${env.USER || env.USERNAME || env.LOGNAME || 'somebody'}@${hostname()}`;
}
