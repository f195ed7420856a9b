/** GitHub as a forge. */
import type { Forge } from '../../model/forge.ts';
import { githubArtifacts } from './artifacts.ts';
import { githubChecks } from './checks.ts';
import { type GithubOptions, githubClient } from './client.ts';
import { githubComments } from './comments.ts';
import { githubIssues } from './issues.ts';
import { githubRequests } from './requests.ts';

export async function createGithub(options: GithubOptions): Promise<Forge> {
  const client = await githubClient(options);
  return {
    request: 'pull request',
    ...githubComments(client),
    ...githubRequests(client),
    ...githubChecks(client),
    ...githubIssues(client),
    ...githubArtifacts(client),
    close: client.close,
  };
}
