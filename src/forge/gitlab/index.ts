/** GitLab as a forge. */
import type { Forge } from '../../model/forge.ts';
import { gitlabArtifacts } from './artifacts.ts';
import { type GitlabOptions, gitlabClient } from './client.ts';
import { gitlabComments } from './comments.ts';
import { gitlabIssues } from './issues.ts';
import { gitlabRequests } from './requests.ts';

export async function createGitlab(options: GitlabOptions): Promise<Forge> {
  const client = await gitlabClient(options);
  const requests = gitlabRequests(client);
  const web = async (number: number) => (await requests.requestOf(number)).url;
  return {
    request: 'merge request',
    ...requests,
    ...gitlabComments(client, web),
    ...gitlabIssues(client),
    ...gitlabArtifacts(client),
    close: client.close,
  };
}
