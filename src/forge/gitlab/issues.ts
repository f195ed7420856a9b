/** Issues by a label. */
import type { Forge, ForgeIssue } from '../../model/forge.ts';
import type { GitlabClient } from './client.ts';

interface Issue {
  readonly iid: number;
  readonly web_url: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: string;
  readonly author: { readonly id: number };
}

export function gitlabIssues(
  client: GitlabClient,
): Pick<Forge, 'issues' | 'openIssue' | 'editIssue'> {
  const { project } = client;
  return {
    async issues(label) {
      const own = await client.ask<{ readonly id: number }>('tell whose token this is', (api) =>
        api.Users.showCurrentUser(),
      );
      const found = await client.ask<Issue[]>('read the issues', (api) =>
        api.Issues.all({ projectId: project, labels: label, perPage: 100 }),
      );
      return found.map((issue) => asIssue(issue, issue.author.id === own.id));
    },
    openIssue: async ({ title, body: description, label: labels }) =>
      asIssue(
        await client.ask<Issue>('open the issue', (api) =>
          api.Issues.create(project, title, { description, labels }),
        ),
        true,
      ),
    editIssue: async (number, { title, body, open }) =>
      asIssue(
        await client.ask<Issue>('edit the issue', (api) =>
          api.Issues.edit(project, number, {
            ...(title === undefined ? {} : { title }),
            ...(body === undefined ? {} : { description: body }),
            ...(open === undefined ? {} : { stateEvent: open ? 'reopen' : 'close' }),
          }),
        ),
        true,
      ),
  };
}

function asIssue(
  { iid, web_url: url, title, description, state }: Issue,
  mine: boolean,
): ForgeIssue {
  return { number: iid, url, title, body: description ?? '', open: state === 'opened', mine };
}
